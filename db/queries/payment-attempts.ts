import { and, asc, count, countDistinct, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { isId } from '@/core/ids';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import type { Executor } from '../client';
import { gatewayAccounts, paymentAttempts, paymentLinks, paymentProfiles } from '../schema';
import { behind, type Part } from './part';

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

/** A fresh attempt and its account, where the profile wants its gateway to be told before the card is sent. */
export async function findPreparation(tx: Executor, key: Key) {
  const [l, p, g] = [paymentLinks, paymentProfiles, gatewayAccounts];
  const rows = await tx
    .select({ attempt: a, account: g })
    .from(a)
    .innerJoin(l, and(eq(l.merchantId, a.merchantId), eq(l.id, a.paymentLinkId)))
    .innerJoin(p, and(eq(p.merchantId, l.merchantId), eq(p.id, l.profileId)))
    .innerJoin(g, and(eq(g.merchantId, a.merchantId), eq(g.id, a.gatewayAccountId)))
    .where(and(keyed(key), eq(a.state, 'created'), eq(p.prepareFirst, true)));
  return rows[0];
}

/** The link and amount of these attempts, of this merchant's alone; what is no attempt's id is left out. */
export async function findAttemptsBriefly(
  tx: Executor,
  merchantId: number,
  ids: string[],
): Promise<Map<string, { paymentLink: string; amountMinor: number; currency: string }>> {
  const known = [...new Set(ids)].filter((id) => isId('paymentAttempt', id));
  if (known.length === 0) return new Map();
  const rows = await tx
    .select({ id: a.id, paymentLink: a.paymentLinkId, amountMinor: a.amountMinor, currency: a.currency })
    .from(a)
    .where(and(eq(a.merchantId, merchantId), inArray(a.id, known)));
  return new Map(rows.map(({ id, ...brief }) => [id, brief]));
}

/** The merchant of an attempt: the card process knows attempts only by their id. */
export async function findAttemptMerchant(tx: Executor, id: string): Promise<number | undefined> {
  return (await tx.select({ merchantId: a.merchantId }).from(a).where(eq(a.id, id)))[0]?.merchantId;
}

/** The attempts of a link, oldest first. */
export async function listAttempts(
  tx: Executor,
  merchantId: number,
  link: string,
  part?: Part,
): Promise<PaymentAttemptRow[]> {
  const rows = tx
    .select()
    .from(a)
    .where(and(ofLink(merchantId, link), behind(a.id, part)))
    .orderBy(asc(a.id));
  return part ? rows.limit(part.limit) : rows;
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

/** The attempt of a link that was begun and not submitted, if any: a newer one abandons it. */
export async function findCreatedAttempt(
  tx: Executor,
  merchantId: number,
  link: string,
): Promise<PaymentAttemptRow | undefined> {
  const rows = await tx
    .select()
    .from(a)
    .where(and(ofLink(merchantId, link), eq(a.state, 'created')));
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

/** A try that counts against a link's limits: submitted, and not proven never to have been sent. */
const counted = sql`${a.submittedAt} is not null and ${a.state} <> 'abandoned'`;

/** How often Pay was pressed on a link within the last hour. */
export async function countStarts(tx: Executor, merchantId: number, link: string): Promise<number> {
  const rows = await tx
    .select({ starts: count() })
    .from(a)
    .where(and(ofLink(merchantId, link), sql`${a.createdAt} > cf_now() - interval '1 hour'`));
  return rows[0]?.starts ?? 0;
}

/** How many tries of a link count since it was issued or last unlocked, and with how many cards. */
export async function countTries(
  tx: Executor,
  link: { merchantId: number; id: string; unlockedAt: Date | null },
): Promise<{ tries: number; cards: number }> {
  const rows = await tx
    .select({
      tries: count(),
      cards: countDistinct(sql`(${a.brand}, ${a.last4}, ${a.expMonth}, ${a.expYear})`),
    })
    .from(a)
    .where(and(ofLink(link.merchantId, link.id), counted, since(link.unlockedAt)));
  return rows[0] ?? { tries: 0, cards: 0 };
}

const since = (unlockedAt: Date | null) => (unlockedAt ? gt(a.submittedAt, unlockedAt) : undefined);

/** What the link's submissions since its last unlock used up: tries, distinct cards other than this one, seconds since the last. */
export async function spentOnLink(
  tx: Executor,
  link: { merchantId: number; id: string; unlockedAt: Date | null },
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
    .where(and(ofLink(link.merchantId, link.id), counted, since(link.unlockedAt)));
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
    .set({ reads: sql`${a.reads} + 1`, lastReadAt: sql`cf_now()` })
    .where(keyed(key))
    .returning({ reads: a.reads });
  return rows[0]?.reads ?? 0;
}

/** The payer's turn to have the gateway read: taken once a second by all of a link's pages together; false when it was. */
export async function takePayerRead(tx: Executor, key: Key): Promise<boolean> {
  const isFree = sql`(${a.lastReadAt} is null or ${a.lastReadAt} < cf_now() - interval '1 second')`;
  const rows = await tx
    .update(a)
    .set({ lastReadAt: sql`cf_now()` })
    .where(and(keyed(key), isFree))
    .returning({ id: a.id });
  return rows.length > 0;
}

/** What of a capture was given back: each amount is added, a negative one taken off. */
export type GivenBack = { refundingMinor?: number; refundedMinor?: number; disputedMinor?: number };

/** Changes what was given back of an attempt; undefined when that would be more than was captured. */
export async function giveBack(
  tx: Executor,
  key: Key,
  { refundingMinor = 0, refundedMinor = 0, disputedMinor = 0 }: GivenBack,
): Promise<PaymentAttemptRow | undefined> {
  const more = refundingMinor + refundedMinor + disputedMinor;
  const rows = await tx
    .update(a)
    .set({
      refundingMinor: sql`${a.refundingMinor} + ${refundingMinor}`,
      refundedMinor: sql`${a.refundedMinor} + ${refundedMinor}`,
      disputedMinor: sql`${a.disputedMinor} + ${disputedMinor}`,
    })
    .where(
      and(
        keyed(key),
        sql`${a.refundingMinor} + ${a.refundedMinor} + ${a.disputedMinor} + ${more} <= ${a.capturedMinor}`,
      ),
    )
    .returning();
  return rows[0];
}

/** Notes that an attempt's money must go back; false when that was noted already. */
export async function markReversal(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(a)
    .set({ reversalDueAt: sql`cf_now()` })
    .where(and(keyed(key), sql`${a.reversalDueAt} is null`))
    .returning({ id: a.id });
  return rows.length > 0;
}

/** Notes that an attempt's money went back; false when none was due or it was noted already. */
export async function endReversal(tx: Executor, key: Key): Promise<boolean> {
  const due = sql`${a.reversalDueAt} is not null and ${a.reversedAt} is null`;
  const rows = await tx
    .update(a)
    .set({ reversedAt: sql`cf_now()` })
    .where(and(keyed(key), due))
    .returning({ id: a.id });
  return rows.length > 0;
}

/** Notes that the gateway has told of what a person had decided. */
export async function markDecisionTold(tx: Executor, key: Key): Promise<void> {
  await tx
    .update(a)
    .set({ decisionToldAt: sql`cf_now()` })
    .where(and(keyed(key), isNull(a.decisionToldAt)));
}

/** Notes that an operator must look at an attempt; false when it was noted already. */
export async function flagAttempt(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(a)
    .set({ operatorSince: sql`cf_now()` })
    .where(and(keyed(key), sql`${a.operatorSince} is null`))
    .returning({ id: a.id });
  return rows.length > 0;
}
