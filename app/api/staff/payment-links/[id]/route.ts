import { staffRoute } from '@/app/_server/staff';
import { readLinkHistory } from '@/lib/payment-links';

type Context = { params: Promise<{ id: string }> };

export const GET = (request: Request, { params }: Context): Promise<Response> =>
  staffRoute(request, async (ctx) => readLinkHistory(ctx, (await params).id));
