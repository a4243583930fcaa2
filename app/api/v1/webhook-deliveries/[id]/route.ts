import { readWebhookDelivery } from '@/lib/webhooks';
import { apiRead, otherMethods } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/webhook-deliveries/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readWebhookDelivery(ctx, id));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
