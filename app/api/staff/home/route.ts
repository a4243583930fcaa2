import { queryOf, staffRoute } from '@/app/_server/staff';
import { readHome } from '@/lib/home';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readHome(ctx, queryOf(request)));
