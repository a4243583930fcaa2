import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { NotificationState } from '@/core/reconciliation';
import type { Executor } from '../client';
import { gatewayNotifications as n } from '../schema';
import type { Given } from '../statement';

export type NotificationRow = typeof n.$inferSelect;
export type NotificationKey = { merchantId: number; profileId: string; gatewayId: string };

const keyed = ({ merchantId, profileId, gatewayId }: NotificationKey) =>
  and(eq(n.merchantId, merchantId), eq(n.profileId, profileId), eq(n.gatewayId, gatewayId));
/** What is still to be applied. */
const OPEN = inArray(n.state, ['received', 'waiting']);

/** Stores a notification; false when it is here already. */
export async function insertNotification(tx: Executor, values: typeof n.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(n)
    .values(values)
    .onConflictDoNothing({ target: [n.merchantId, n.profileId, n.gatewayId] })
    .returning({ gatewayId: n.gatewayId });
  return rows.length > 0;
}

export type KnownNotification = NotificationRow & { ageSeconds: number };

/** A notification and how long ago it came, by the database's clock. */
export async function findNotification(
  tx: Executor,
  key: NotificationKey,
): Promise<KnownNotification | undefined> {
  const rows = await tx
    .select({
      row: n,
      ageSeconds: sql<number>`extract(epoch from cf_now() - ${n.receivedAt})::float8`,
    })
    .from(n)
    .where(keyed(key));
  return rows[0] && { ...rows[0].row, ageSeconds: rows[0].ageSeconds };
}

/** Notifications about an attempt that wait for something. */
export async function listWaiting(
  tx: Executor,
  merchantId: number,
  attempt: string,
): Promise<NotificationKey[]> {
  return tx
    .select({ merchantId: n.merchantId, profileId: n.profileId, gatewayId: n.gatewayId })
    .from(n)
    .where(and(eq(n.merchantId, merchantId), eq(n.paymentAttemptId, attempt), eq(n.state, 'waiting')));
}

/** Notifications of a merchant that were set aside, newest first, older than `before`, which may have been decided since. */
export async function listQuarantined(
  tx: Executor,
  merchantId: number,
  limit: number,
  before?: Pick<NotificationKey, 'profileId' | 'gatewayId'>,
): Promise<NotificationRow[]> {
  const rest =
    before &&
    sql`(${n.receivedAt}, ${n.profileId}, ${n.gatewayId}) < (select b.received_at, b.profile_id, b.gateway_id
      from gateway_notifications b where b.merchant_id = ${merchantId}
      and b.profile_id = ${sql.param(before.profileId, n.profileId)} and b.gateway_id = ${before.gatewayId})`;
  return tx
    .select()
    .from(n)
    .where(and(eq(n.merchantId, merchantId), eq(n.state, 'quarantined'), rest))
    .orderBy(desc(n.receivedAt), desc(n.profileId), desc(n.gatewayId))
    .limit(limit);
}

/** Notifications of a merchant that were set aside, counted up to `most`. */
export const quarantined = (tx: Executor, merchantId: Given<number>, most: number) =>
  tx
    .select({ gatewayId: n.gatewayId })
    .from(n)
    .where(and(eq(n.merchantId, merchantId), eq(n.state, 'quarantined')))
    .limit(most)
    .as('aside');

/** Compare-and-set: moves a notification on from one of `from`; false when it had moved. */
export async function moveNotification(
  tx: Executor,
  key: NotificationKey,
  from: readonly NotificationState[],
  to: NotificationState,
  reason: string | null,
): Promise<NotificationRow | undefined> {
  const ended = to === 'applied' || to === 'ignored' ? sql`cf_now()` : null;
  const again = to === 'received';
  const rows = await tx
    .update(n)
    .set({
      state: to,
      reason,
      endedAt: ended,
      tries: to === 'waiting' ? sql`${n.tries} + 1` : again ? 0 : n.tries,
      ...(again && { receivedAt: sql`cf_now()` }),
    })
    .where(and(keyed(key), inArray(n.state, [...from])))
    .returning();
  return rows[0];
}

/** Notifications of all merchants that are still to be applied, in order of their keys, after `after`. */
export async function listOpenNotifications(
  tx: Executor,
  after: NotificationKey | undefined,
  limit: number,
): Promise<NotificationKey[]> {
  const rest =
    after &&
    sql`(${n.merchantId}, ${n.profileId}, ${n.gatewayId}) > (${after.merchantId}, ${sql.param(after.profileId, n.profileId)}, ${after.gatewayId})`;
  return tx
    .select({ merchantId: n.merchantId, profileId: n.profileId, gatewayId: n.gatewayId })
    .from(n)
    .where(and(OPEN, rest))
    .orderBy(asc(n.merchantId), asc(n.profileId), asc(n.gatewayId))
    .limit(limit);
}
