import { staffRoute } from '@/app/_server/staff';
import { readWebhookDelivery } from '@/lib/webhooks';

type Context = { params: Promise<{ id: string }> };

export const GET = (request: Request, { params }: Context): Promise<Response> =>
  staffRoute(request, async (ctx) => readWebhookDelivery(ctx, (await params).id));
