import { queryOf, staffRoute } from '@/app/_server/staff';
import { readNotices } from '@/app/(staff)/(desk)/admin/money/notices/read';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readNotices(ctx, queryOf(request)));
