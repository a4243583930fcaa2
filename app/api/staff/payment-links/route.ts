import { staffRoute } from '@/app/_server/staff';
import { listPaymentLinks } from '@/lib/payment-links';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => listPaymentLinks(ctx, Object.fromEntries(new URL(request.url).searchParams)));
