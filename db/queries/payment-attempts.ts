import { and, asc, count, countDistinct, eq, inArray, ne, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import type { Executor } from '../client';
import { ledgerEntries, paymentAttempts } from '../schema';

export type PaymentAttemptRow = typeof paymentAttempts.$inferSelect;
type Key = { merchantId: number; id: string };

const a = paymentAttempts;
const keyed = ({ merchantId, id }: Key) => and(eq(a.merchantId, merchantId), eq(a.id, id));
const ofLink = (merchantId: number, link: string) =>
  and(eq(a.merchantId, merchantId), eq(a.paymentLinkId, link));

export async function insertPaymentAttempt(tx: Executor, values: typeof a.$inferInsert): Promise<void> {
  await tx.insert(a).values(values);
}

export async function findPaymentAttempt(tx: Executor, key: Key): Promise<PaymentAttemptRow | undefined> {
  return (await tx.select().from(a).where(keyed(key)))[0];
}

/** The merchant of an attempt: the card process knows attempts only by their id. */
export async function findAttemptMerchant(tx: Executor, id: string): Promise<number | undefined> {
  return (await tx.select({ merchantId: a.merchantId }).from(a).where(eq(a.id, id)))[0]?.merchantId;
}

export async function listAttempts(
  tx: Executor,
  merchantId: number,
  link: string,
): Promise<PaymentAttemptRow[]> {
  return tx.select().from(a).where(ofLink(merchantId, link)).orderBy(asc(a.id));
}

/** The attempt that holds the link's lease, if any. */
export async function findOpenAttempt(
  tx: Executor,
  merchantId: number,
  link: string,
): Promise<PaymentAttemptRow | undefined> {
  const rows = await tx
    .select()
    .from(a)
    .where(and(ofLink(merchantId, link), inArray(a.state, [...OPEN_ATTEMPT_STATES])));
  return rows[0];
}

/** Abandons every attempt of a link that was never submitted, except one; returns their ids. */
export async function abandonCreated(
  tx: Executor,
  merchantId: number,
  link: string,
  except?: string,
): Promise<string[]> {
  const rows = await tx
    .update(a)
    .set({ state: 'abandoned', endedAt: sql`cf_now()` })
    .where(and(ofLink(merchantId, link), eq(a.state, 'created'), except ? ne(a.id, except) : undefined))
    .returning({ id: a.id });
  return rows.map((row) => row.id);
}

type AttemptChange = Omit<
  PgUpdateSetSource<typeof paymentAttempts>,
  'merchantId' | 'id' | 'paymentLinkId' | 'state'
>;

/** Compare-and-set: moves an attempt to `to` if it is still in one of `from`; the new row, or undefined. */
export async function moveAttempt(
  tx: Executor,
  key: Key,
  from: readonly AttemptState[],
  to: AttemptState,
  change: AttemptChange = {},
): Promise<PaymentAttemptRow | undefined> {
  const rows = await tx
    .update(a)
    .set({ ...change, state: to })
    .where(and(keyed(key), inArray(a.state, [...from])))
    .returning();
  return rows[0];
}

/** What the link's earlier submissions used up: tries, distinct cards other than this one, seconds since the last. */
export async function spentOnLink(
  tx: Executor,
  merchantId: number,
  link: string,
  card: { brand: string; last4: string; expMonth: number; expYear: number },
): Promise<{ tries: number; otherCards: number; secondsSinceLast: number | null }> {
  const sameCard = sql`(${a.brand} = ${card.brand} and ${a.last4} = ${card.last4} and ${a.expMonth} = ${card.expMonth} and ${a.expYear} = ${card.expYear})`;
  const rows = await tx
    .select({
      tries: count(),
      otherCards: countDistinct(
        sql`case when ${sameCard} then null else (${a.brand}, ${a.last4}, ${a.expMonth}, ${a.expYear}) end`,
      ),
      secondsSinceLast: sql<string | null>`extract(epoch from cf_now() - max(${a.submittedAt}))`,
    })
    .from(a)
    .where(and(ofLink(merchantId, link), sql`${a.submittedAt} is not null`));
  const row = rows[0];
  return {
    tries: row?.tries ?? 0,
    otherCards: row?.otherCards ?? 0,
    secondsSinceLast: row?.secondsSinceLast == null ? null : Number(row.secondsSinceLast),
  };
}

/** Counts one more read of the gateway; returns how many there were. */
export async function countRead(tx: Executor, key: Key): Promise<number> {
  const rows = await tx
    .update(a)
    .set({ reads: sql`${a.reads} + 1` })
    .where(keyed(key))
    .returning({ reads: a.reads });
  return rows[0]?.reads ?? 0;
}

export async function insertLedgerEntry(
  tx: Executor,
  values: typeof ledgerEntries.$inferInsert,
): Promise<void> {
  await tx.insert(ledgerEntries).values(values);
}
