import { queryOf, staffRoute } from '@/app/_server/staff';
import { readAlerts } from '@/app/(staff)/(desk)/admin/money/alerts/read';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => readAlerts(ctx, queryOf(request)));
