/** The layers that keep acts apart, each of which a control can leave out: to see that the race is one without them. */
import { and, eq, sql } from 'drizzle-orm';
import { LINK_ACCESS } from '@/core/payment-link';
import { REFUND_STATES } from '@/core/refund';
import type * as Attempts from '@/db/queries/payment-attempts';
import type * as Links from '@/db/queries/payment-links';
import type * as Refunds from '@/db/queries/refunds';
import { paymentAttempts, paymentLinks } from '@/db/schema';
import type { TestHouse } from '../../testing';

/** `rowLock`: a link is decided under its row's lock. `compare`: what is written repeats what it was decided on. */
export const layers = { rowLock: true, compare: true };

export const linksWithLayers = (real: typeof Links): typeof Links => ({
  ...real,
  lockPaymentLink: (tx, key) =>
    layers.rowLock ? real.lockPaymentLink(tx, key) : real.findPaymentLink(tx, key),
  changePaymentLink: async (tx, key, from, change) => {
    if (layers.compare) return real.changePaymentLink(tx, key, from, change);
    const { access } = change;
    const one = and(eq(paymentLinks.merchantId, key.merchantId), eq(paymentLinks.id, key.id));
    if (access) await tx.update(paymentLinks).set({ access }).where(one);
    return real.changePaymentLink(tx, key, LINK_ACCESS, change);
  },
});

export const attemptsWithLayers = (real: typeof Attempts): typeof Attempts => ({
  ...real,
  giveBack: async (tx, key, more) => {
    if (layers.compare) return real.giveBack(tx, key, more);
    const { refundingMinor, refundedMinor } = paymentAttempts;
    const rows = await tx
      .update(paymentAttempts)
      .set({
        refundingMinor: sql`${refundingMinor} + ${more.refundingMinor ?? 0}`,
        refundedMinor: sql`${refundedMinor} + ${more.refundedMinor ?? 0}`,
      })
      .where(and(eq(paymentAttempts.merchantId, key.merchantId), eq(paymentAttempts.id, key.id)))
      .returning();
    return rows[0];
  },
});

export const refundsWithLayers = (real: typeof Refunds): typeof Refunds => ({
  ...real,
  moveRefund: (tx, key, from, to, change) =>
    real.moveRefund(tx, key, layers.compare ? from : REFUND_STATES, to, change),
});

/** What the database itself holds: the one open attempt of a link, a refund's one entry, and that no more goes back than came. */
const CONSTRAINTS = `
  drop index payment_attempts_one_open;
  drop index ledger_entries_one_refund;
  alter table payment_attempts drop constraint payment_attempts_given_back;
  alter table payment_links drop constraint payment_links_owed;`;

export type Layer = 'rowLock' | 'compare' | 'constraints';
export const LAYERS: readonly Layer[] = ['rowLock', 'compare', 'constraints'];

/** Does the work with these layers only; the house loses its constraints for ever where they are not among them. */
export async function withOnly<T>(
  house: TestHouse,
  kept: readonly Layer[],
  work: () => Promise<T>,
): Promise<T> {
  if (!kept.includes('constraints')) await house.database.sql.unsafe(CONSTRAINTS);
  layers.rowLock = kept.includes('rowLock');
  layers.compare = kept.includes('compare');
  try {
    return await work();
  } finally {
    Object.assign(layers, { rowLock: true, compare: true });
  }
}
