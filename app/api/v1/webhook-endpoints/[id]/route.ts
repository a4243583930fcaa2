import { deleteWebhookEndpoint, prepareEndpointUpdate, readWebhookEndpoint } from '@/lib/webhooks';
import { apiRead, apiWrite, otherMethods, versionOf } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/webhook-endpoints/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readWebhookEndpoint(ctx, id));
};

export const PATCH = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, {
    prepare: (ctx, input) => prepareEndpointUpdate(ctx, id, input, versionOf(request)),
  });
};

export const DELETE = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, (ctx) => deleteWebhookEndpoint(ctx, id));
};

export const { POST, PUT, OPTIONS } = otherMethods('GET', 'PATCH', 'DELETE');
