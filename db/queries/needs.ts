import { sql } from 'drizzle-orm';
import { COUNTED_TO, LONG_UNKNOWN_SECONDS } from '@/core/reconciliation';
import type { Executor } from '../client';
import { builtOnce } from '../statement';
import { openAlerts } from './alerts';
import { rowsOf } from './count';
import { quarantined } from './gateway-notifications';
import { pendingRequests } from './link-requests';
import { unknownOutcomes } from './unknown';

const given = sql.placeholder('merchantId');

function countUnknown(tx: Executor, ageSeconds: number) {
  const { attempts, refunds } = unknownOutcomes(tx, given, ageSeconds, COUNTED_TO);
  return sql<number>`${rowsOf(attempts)} + ${rowsOf(refunds)}`;
}

const counts = builtOnce((tx) =>
  tx
    .select({
      unknown: countUnknown(tx, 0),
      unknownLong: countUnknown(tx, LONG_UNKNOWN_SECONDS),
      notices: rowsOf(quarantined(tx, given, COUNTED_TO)),
      differences: rowsOf(openAlerts(tx, given, 'balance_difference', COUNTED_TO)),
      alerts: rowsOf(openAlerts(tx, given, undefined, COUNTED_TO)),
      requests: rowsOf(pendingRequests(tx, given, COUNTED_TO)),
    })
    .from(sql`(select) as one`),
);

/** How much of a merchant's money waits for a person, by list, each counted up to `COUNTED_TO`. */
export async function countNeeds(tx: Executor, merchantId: number) {
  const [counted] = await counts(tx, { merchantId });
  if (!counted) throw new Error('a statement without a table gave no row');
  return counted;
}
