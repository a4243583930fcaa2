import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { RefundState } from '@/core/refund';
import type { Executor } from '../client';
import { refunds as r } from '../schema';
import { behind, type Part } from './part';

export type RefundRow = typeof r.$inferSelect;
type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(r.merchantId, merchantId), eq(r.id, id));

export async function insertRefund(
  tx: Executor,
  values: typeof r.$inferInsert,
): Promise<RefundRow | undefined> {
  return (await tx.insert(r).values(values).returning())[0];
}

export async function findRefund(tx: Executor, key: Key): Promise<RefundRow | undefined> {
  return (await tx.select().from(r).where(keyed(key)))[0];
}

/** A refund of an attempt by the gateway's own reference. */
export async function findRefundAtGateway(
  tx: Executor,
  merchantId: number,
  attempt: string,
  gatewayReference: string,
): Promise<RefundRow | undefined> {
  const rows = await tx
    .select()
    .from(r)
    .where(
      and(
        eq(r.merchantId, merchantId),
        eq(r.paymentAttemptId, attempt),
        eq(r.gatewayReference, gatewayReference),
      ),
    );
  return rows[0];
}

/** The refunds of a link, oldest first. */
export async function listRefunds(
  tx: Executor,
  merchantId: number,
  link: string,
  part?: Part,
): Promise<RefundRow[]> {
  const rows = tx
    .select()
    .from(r)
    .where(and(eq(r.merchantId, merchantId), eq(r.paymentLinkId, link), behind(r.id, part)))
    .orderBy(asc(r.id));
  return part ? rows.limit(part.limit) : rows;
}

type RefundChange = Omit<PgUpdateSetSource<typeof r>, 'merchantId' | 'id' | 'amountMinor' | 'state'>;

/** Compare-and-set: moves a refund to `to` if it is still in one of `from`; the new row, or undefined. */
export async function moveRefund(
  tx: Executor,
  key: Key,
  from: readonly RefundState[],
  to: RefundState,
  change: RefundChange = {},
): Promise<RefundRow | undefined> {
  const rows = await tx
    .update(r)
    .set({ ...change, state: to })
    .where(and(keyed(key), inArray(r.state, [...from])))
    .returning();
  return rows[0];
}

/** Counts one more question to the gateway; how many there were, and how old the refund is. */
export async function countRefundRead(
  tx: Executor,
  key: Key,
): Promise<{ reads: number; ageSeconds: number }> {
  const rows = await tx
    .update(r)
    .set({ reads: sql`${r.reads} + 1`, lastReadAt: sql`cf_now()` })
    .where(keyed(key))
    .returning({
      reads: r.reads,
      ageSeconds: sql<number>`extract(epoch from cf_now() - ${r.createdAt})::float8`,
    });
  return rows[0] ?? { reads: 0, ageSeconds: 0 };
}

/** Seconds since a refund was asked for, by the database's clock. */
export async function refundAgeSeconds(tx: Executor, key: Key): Promise<number> {
  const age = sql<number>`extract(epoch from cf_now() - ${r.createdAt})::float8`;
  return (await tx.select({ age }).from(r).where(keyed(key)))[0]?.age ?? 0;
}

/** Notes that an operator must look; false when it was noted already. */
export async function flagRefund(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(r)
    .set({ operatorSince: sql`cf_now()` })
    .where(and(keyed(key), sql`${r.operatorSince} is null`))
    .returning({ id: r.id });
  return rows.length > 0;
}
