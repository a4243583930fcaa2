import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import { listAlerts } from '@/lib/alerts';
import { readBreaker } from '@/lib/card-testing';
import type { Ctx } from '@/lib/context';
import type { Alert, Breaker, PageCheck } from '@/lib/contracts/reconciliation';
import { lastPageCheck } from '@/lib/page-checks';
import { type Named, named } from '../_parts/named';

export type AlertsPage = Named<Alert> & { breaker: Breaker; check: PageCheck | null };

/** A page of open alerts, newest first, with the names of their links, whether payments are paused, and how the payer's page was. */
export async function readAlerts(ctx: Ctx, query: object): Promise<Outcome<AlertsPage>> {
  const page = await named(ctx, await listAlerts(ctx, query), (one) => one.paymentLink);
  if (!page.ok) return page;
  const breaker = await readBreaker(ctx);
  if (!breaker.ok) return breaker;
  const check = await lastPageCheck(ctx);
  return check.ok ? ok({ ...page.value, breaker: breaker.value, check: check.value }) : check;
}
