import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import { listAlerts } from '@/lib/alerts';
import { readBreaker } from '@/lib/card-testing';
import type { Ctx } from '@/lib/context';
import type { Alert, Breaker } from '@/lib/contracts/reconciliation';
import { type Named, named } from '../_parts/named';

export type AlertsPage = Named<Alert> & { breaker: Breaker };

/** A page of open alerts, newest first, with the names of their links, and whether payments are paused. */
export async function readAlerts(ctx: Ctx, query: object): Promise<Outcome<AlertsPage>> {
  const page = await named(ctx, await listAlerts(ctx, query), (one) => one.paymentLink);
  if (!page.ok) return page;
  const breaker = await readBreaker(ctx);
  return breaker.ok ? ok({ ...page.value, breaker: breaker.value }) : breaker;
}
