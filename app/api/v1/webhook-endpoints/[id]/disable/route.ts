import { disableWebhookEndpoint } from '@/lib/webhooks';
import { apiWrite, otherMethods } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/webhook-endpoints/[id]/disable'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, (ctx) => disableWebhookEndpoint(ctx, id));
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
