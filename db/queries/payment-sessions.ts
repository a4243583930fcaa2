import { and, desc, eq, getTableColumns, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { OFF_STATES, SESSION_TRANSITIONS, type SessionState } from '@/core/payment-session';
import { canMove } from '@/core/transitions';
import type { Executor } from '../client';
import { paymentSessions } from '../schema';

const s = paymentSessions;
/** A session as the database tells it now; ages in seconds by its clock. */
const columns = {
  ...getTableColumns(s),
  now: sql<Date>`cf_now()`.mapWith(s.createdAt),
};
export type PaymentSessionRow = typeof s.$inferSelect & { now: Date };

type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(s.merchantId, merchantId), eq(s.id, id));

export async function insertPaymentSession(
  tx: Executor,
  values: typeof s.$inferInsert,
): Promise<PaymentSessionRow> {
  const row = (await tx.insert(s).values(values).returning(columns))[0];
  if (!row) throw new Error('the new session is not there');
  return row;
}

export async function findPaymentSession(tx: Executor, key: Key): Promise<PaymentSessionRow | undefined> {
  return (await tx.select(columns).from(s).where(keyed(key)))[0];
}

/** The session with its row locked until the transaction ends. Whoever needs its link's lock too takes that one first. */
export async function lockPaymentSession(tx: Executor, key: Key): Promise<PaymentSessionRow | undefined> {
  await tx.select({ id: s.id }).from(s).where(keyed(key)).for('update');
  return findPaymentSession(tx, key);
}

/** A session of whatever merchant: the card process knows it by its id alone. */
export async function findSessionMerchant(tx: Executor, id: string): Promise<number | undefined> {
  return (await tx.select({ merchantId: s.merchantId }).from(s).where(eq(s.id, id)))[0]?.merchantId;
}

export type SessionChange = Omit<
  PgUpdateSetSource<typeof s>,
  'merchantId' | 'id' | 'revision' | 'updatedAt' | 'stateAt' | 'state'
> & { state?: SessionState };

/**
 * Compare-and-set: changes the session if its state is still one of `from` and may move to the new one, where there is one;
 * the new row, or undefined.
 */
export async function changePaymentSession(
  tx: Executor,
  key: Key,
  from: readonly SessionState[],
  change: SessionChange,
): Promise<PaymentSessionRow | undefined> {
  const { state } = change;
  const movable = from.filter((one) => !state || one === state || canMove(SESSION_TRANSITIONS, one, state));
  if (movable.length === 0) return undefined;
  const rows = await tx
    .update(s)
    .set({
      ...change,
      revision: sql`${s.revision} + 1`,
      updatedAt: sql`cf_now()`,
      ...(state && { stateAt: sql`case when ${s.state} = ${state} then ${s.stateAt} else cf_now() end` }),
      ...(change.recording && { recordingAt: sql`cf_now()` }),
    })
    .where(and(keyed(key), inArray(s.state, movable)))
    .returning(columns);
  return rows[0];
}

/** The card process was heard of: by a count that is above the last one of this very capture. */
export async function noteReport(
  tx: Executor,
  key: Key,
  capture: string,
  count: number,
  change: Pick<SessionChange, 'fields' | 'activeField' | 'brand'>,
): Promise<PaymentSessionRow | undefined> {
  const { fields, activeField, brand } = change;
  const same = sql`${s.fields} = ${JSON.stringify(fields)}::jsonb
    and ${s.activeField} is not distinct from ${activeField} and ${s.brand} is not distinct from ${brand}`;
  const rows = await tx
    .update(s)
    .set({
      ...change,
      reportCount: count,
      heardAt: sql`cf_now()`,
      revision: sql`${s.revision} + case when ${same} then 0 else 1 end`,
      updatedAt: sql`cf_now()`,
    })
    .where(and(keyed(key), eq(s.captureId, capture), lt(s.reportCount, count)))
    .returning(columns);
  return rows[0];
}

/** All sessions of a call that have not let go of it, locked in one order: two of them never turn a recording at once. */
export async function lockSessionsOfCall(
  tx: Executor,
  merchantId: number,
  call: string,
): Promise<PaymentSessionRow[]> {
  return tx
    .select(columns)
    .from(s)
    .where(and(eq(s.merchantId, merchantId), eq(s.callId, call)))
    .orderBy(s.id)
    .for('update');
}

/**
 * The sessions of a call that its news concern: those that have not ended, and those whose recording is not on again, or was turned on
 * so lately that what they asked before may still be done.
 */
export async function listLiveOfCall(
  tx: Executor,
  merchantId: number,
  call: string,
): Promise<PaymentSessionRow[]> {
  return tx
    .select(columns)
    .from(s)
    .where(
      and(
        eq(s.merchantId, merchantId),
        eq(s.callId, call),
        or(
          isNull(s.endedAt),
          inArray(s.recording, [...OFF_STATES]),
          sql`${s.recordingAt} > cf_now() - interval '60 seconds'`,
        ),
      ),
    );
}

/** An agent's sessions, the newest first. */
export async function listSessionsOfAgent(
  tx: Executor,
  merchantId: number,
  agentId: string,
  limit: number,
): Promise<PaymentSessionRow[]> {
  return tx
    .select(columns)
    .from(s)
    .where(and(eq(s.merchantId, merchantId), eq(s.agentId, agentId)))
    .orderBy(desc(s.id))
    .limit(limit);
}
