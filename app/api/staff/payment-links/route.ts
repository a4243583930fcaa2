import { queryOf, staffRoute } from '@/app/_server/staff';
import { listDeskLinks } from '@/lib/payment-links';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => listDeskLinks(ctx, queryOf(request)));
