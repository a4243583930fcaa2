import { queryOf, staffRoute } from '@/app/_server/staff';
import { readUnknown } from '@/app/(staff)/(desk)/admin/money/unknown/read';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readUnknown(ctx, queryOf(request)));
