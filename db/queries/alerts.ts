import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { AlertKind } from '@/core/reconciliation';
import type { Executor } from '../client';
import { alerts } from '../schema';
import type { Given } from '../statement';

export type AlertRow = typeof alerts.$inferSelect;
type Raised = Pick<AlertRow, 'merchantId' | 'kind' | 'subject' | 'message' | 'paymentLinkId'>;

/** Raises an alert, or opens it again when it was put away; false when it stands open already. */
export async function upsertAlert(tx: Executor, values: Raised): Promise<boolean> {
  const rows = await tx
    .insert(alerts)
    .values(values)
    .onConflictDoUpdate({
      target: [alerts.merchantId, alerts.kind, alerts.subject],
      set: { message: values.message, raisedAt: sql`cf_now()`, settledAt: null, settledByName: null },
      setWhere: sql`${alerts.settledAt} is not null`,
    })
    .returning({ kind: alerts.kind });
  return rows.length > 0;
}

/** Open alerts of a merchant, newest first, older than `before`, which may have been put away since. */
export async function listOpenAlerts(
  tx: Executor,
  merchantId: number,
  limit: number,
  before?: Pick<AlertRow, 'kind' | 'subject'>,
): Promise<AlertRow[]> {
  const rest =
    before &&
    sql`(${alerts.raisedAt}, ${alerts.kind}, ${alerts.subject}) < (select b.raised_at, b.kind, b.subject from alerts b
      where b.merchant_id = ${merchantId} and b.kind = ${before.kind} and b.subject = ${before.subject})`;
  return tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.merchantId, merchantId), isNull(alerts.settledAt), rest))
    .orderBy(desc(alerts.raisedAt), desc(alerts.kind), desc(alerts.subject))
    .limit(limit);
}

/** Open alerts of a merchant, of one kind or of all, up to `most`. */
export function openAlerts(
  tx: Executor,
  merchantId: Given<number>,
  kind: AlertKind | undefined,
  most: number,
) {
  const open = and(eq(alerts.merchantId, merchantId), isNull(alerts.settledAt));
  return tx
    .select({ kind: alerts.kind })
    .from(alerts)
    .where(and(open, kind && eq(alerts.kind, kind)))
    .limit(most)
    .as('open');
}

/** Compare-and-set: puts an open alert away; false when it was not open. */
export async function settleAlert(
  tx: Executor,
  merchantId: number,
  kind: AlertKind,
  subject: string,
  by: string,
): Promise<boolean> {
  const rows = await tx
    .update(alerts)
    .set({ settledAt: sql`cf_now()`, settledByName: by })
    .where(
      and(
        eq(alerts.merchantId, merchantId),
        eq(alerts.kind, kind),
        eq(alerts.subject, subject),
        isNull(alerts.settledAt),
      ),
    )
    .returning({ kind: alerts.kind });
  return rows.length > 0;
}

/** Changes what an alert says, open or put away: what was the matter has gone on. */
export async function rewordAlert(
  tx: Executor,
  { merchantId, kind, subject, message }: Pick<AlertRow, 'merchantId' | 'kind' | 'subject' | 'message'>,
): Promise<void> {
  await tx
    .update(alerts)
    .set({ message })
    .where(and(eq(alerts.merchantId, merchantId), eq(alerts.kind, kind), eq(alerts.subject, subject)));
}
