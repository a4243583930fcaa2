import { rotateWebhookSecret } from '@/lib/webhooks';
import { apiWrite, otherMethods } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/webhook-endpoints/[id]/rotate-secret'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, (ctx, input) => rotateWebhookSecret(ctx, id, input));
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
