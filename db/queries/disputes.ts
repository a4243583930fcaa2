import { and, asc, eq } from 'drizzle-orm';
import type { Executor } from '../client';
import { dbNow } from '../clock';
import { disputes as d } from '../schema';

export type DisputeRow = typeof d.$inferSelect;
type Key = { merchantId: number; id: string };

export async function insertDispute(
  tx: Executor,
  values: typeof d.$inferInsert,
): Promise<DisputeRow | undefined> {
  return (await tx.insert(d).values(values).returning())[0];
}

/** A dispute of an attempt by the gateway's own reference. */
export async function findDispute(
  tx: Executor,
  merchantId: number,
  attempt: string,
  gatewayReference: string,
): Promise<DisputeRow | undefined> {
  const rows = await tx
    .select()
    .from(d)
    .where(
      and(
        eq(d.merchantId, merchantId),
        eq(d.paymentAttemptId, attempt),
        eq(d.gatewayReference, gatewayReference),
      ),
    );
  return rows[0];
}

/** The disputes of a link, oldest first. */
export async function listDisputes(tx: Executor, merchantId: number, link: string): Promise<DisputeRow[]> {
  return tx
    .select()
    .from(d)
    .where(and(eq(d.merchantId, merchantId), eq(d.paymentLinkId, link)))
    .orderBy(asc(d.id));
}

/** Compare-and-set: closes an open dispute; the new row, or undefined when it was closed. */
export async function closeDispute(
  tx: Executor,
  { merchantId, id }: Key,
  to: 'won' | 'lost',
): Promise<DisputeRow | undefined> {
  const rows = await tx
    .update(d)
    .set({ state: to, closedAt: dbNow })
    .where(and(eq(d.merchantId, merchantId), eq(d.id, id), eq(d.state, 'open')))
    .returning();
  return rows[0];
}
