import { type Outcome, ok } from '@/core/outcome';
import { COUNTED_TO, LONG_UNKNOWN_SECONDS } from '@/core/reconciliation';
import { countOpenAlerts } from '@/db/queries/alerts';
import { countQuarantined } from '@/db/queries/gateway-notifications';
import { countPendingRequests } from '@/db/queries/link-requests';
import { countUnknown } from '@/db/queries/unknown';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Needs } from '../contracts/reconciliation';
import { executor } from '../transact';

/** How much of the money waits for a person, by list. A difference and a notice set aside have an alert as well. */
export async function readNeeds(ctx: Ctx): Promise<Outcome<Needs>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const [tx, { merchantId }] = [executor(ctx), ctx];
  const [unknown, unknownLong, notices, differences, alerts, requests] = await Promise.all([
    countUnknown(tx, merchantId, 0, COUNTED_TO),
    countUnknown(tx, merchantId, LONG_UNKNOWN_SECONDS, COUNTED_TO),
    countQuarantined(tx, merchantId, COUNTED_TO),
    countOpenAlerts(tx, merchantId, 'balance_difference', COUNTED_TO),
    countOpenAlerts(tx, merchantId, undefined, COUNTED_TO),
    countPendingRequests(tx, merchantId, COUNTED_TO),
  ]);
  return ok({ unknown, unknownLong, notices, differences, alerts, requests });
}
