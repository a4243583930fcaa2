import { queryOf, staffRoute } from '@/app/_server/staff';
import { withPeriod } from '@/core/link-period';
import { readChangedLinks } from '@/lib/payment-links';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx, { timeZone }) => readChangedLinks(ctx, withPeriod(queryOf(request), timeZone)));
