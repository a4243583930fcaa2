import { queryOf, staffRoute } from '@/app/_server/staff';
import { readBalances } from '@/app/(staff)/(desk)/admin/money/balance/read';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readBalances(ctx, queryOf(request)));
