import { listWebhookDeliveries } from '@/lib/webhooks';
import { apiRead, otherMethods, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listWebhookDeliveries(ctx, queryOf(request)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
