import { queryOf, staffRoute } from '@/app/_server/staff';
import { readLedger } from '@/app/(staff)/(desk)/admin/money/ledger/read';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readLedger(ctx, queryOf(request)));
