import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../client';
import { ledgerEntries as e } from '../schema';

/** Money of a link that came, or was given back by the merchant: what its receipt tells. Oldest first. */
export async function listReceiptEntries(tx: Executor, merchantId: number, link: string) {
  return tx
    .select({ kind: e.kind, amountMinor: e.amountMinor, at: e.at, paymentAttemptId: e.paymentAttemptId })
    .from(e)
    .where(
      and(eq(e.merchantId, merchantId), eq(e.paymentLinkId, link), inArray(e.kind, ['payment', 'refund'])),
    )
    .orderBy(asc(e.id));
}
export type ReceiptEntry = Awaited<ReturnType<typeof listReceiptEntries>>[number];
