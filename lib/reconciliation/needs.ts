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
  return ok({
    unknown: await countUnknown(tx, merchantId, 0, COUNTED_TO),
    unknownLong: await countUnknown(tx, merchantId, LONG_UNKNOWN_SECONDS, COUNTED_TO),
    notices: await countQuarantined(tx, merchantId, COUNTED_TO),
    differences: await countOpenAlerts(tx, merchantId, 'balance_difference', COUNTED_TO),
    alerts: await countOpenAlerts(tx, merchantId, undefined, COUNTED_TO),
    requests: await countPendingRequests(tx, merchantId, COUNTED_TO),
  });
}
