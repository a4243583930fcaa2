import { queryOf, staffRoute } from '@/app/_server/staff';
import { readRequests } from '@/app/(staff)/(desk)/admin/money/requests/read';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readRequests(ctx, queryOf(request)));
