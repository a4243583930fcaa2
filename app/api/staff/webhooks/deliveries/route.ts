import { queryOf, staffRoute } from '@/app/_server/staff';
import { listWebhookDeliveries } from '@/lib/webhooks';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => listWebhookDeliveries(ctx, queryOf(request)));
