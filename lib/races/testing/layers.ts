/** The layers that keep acts apart, each of which a control can leave out: to see that the race is one without them. */
import { and, eq, sql } from 'drizzle-orm';
import { vi } from 'vitest';
import { LINK_ACCESS } from '@/core/payment-link';
import { REFUND_STATES } from '@/core/refund';
import * as Attempts from '@/db/queries/payment-attempts';
import * as Links from '@/db/queries/payment-links';
import * as Refunds from '@/db/queries/refunds';
import { paymentAttempts, paymentLinks } from '@/db/schema';
import type { TestHouse } from '../../testing';

const one = (table: typeof paymentLinks | typeof paymentAttempts, key: { merchantId: number; id: string }) =>
  and(eq(table.merchantId, key.merchantId), eq(table.id, key.id));

const changeUncompared: typeof Links.changePaymentLink = async (tx, key, _from, change) => {
  const { access } = change;
  if (access) await tx.update(paymentLinks).set({ access }).where(one(paymentLinks, key));
  return real.changePaymentLink(tx, key, LINK_ACCESS, change);
};

const giveBackUncompared: typeof Attempts.giveBack = async (tx, key, more) => {
  const { refundingMinor, refundedMinor } = paymentAttempts;
  const rows = await tx
    .update(paymentAttempts)
    .set({
      refundingMinor: sql`${refundingMinor} + ${more.refundingMinor ?? 0}`,
      refundedMinor: sql`${refundedMinor} + ${more.refundedMinor ?? 0}`,
    })
    .where(one(paymentAttempts, key))
    .returning();
  return rows[0];
};

/** As they are while nothing is left out. */
const real = { ...Links, moveRefund: Refunds.moveRefund };

/**
 * What takes a layer of our code out. `rowLock`: a link is decided under its row's lock. `compare`: what is written
 * repeats what it was decided on.
 */
const LEFT_OUT = {
  rowLock: () => [vi.spyOn(Links, 'lockPaymentLink').mockImplementation(real.findPaymentLink)],
  compare: () => [
    vi.spyOn(Links, 'changePaymentLink').mockImplementation(changeUncompared),
    vi.spyOn(Attempts, 'giveBack').mockImplementation(giveBackUncompared),
    vi
      .spyOn(Refunds, 'moveRefund')
      .mockImplementation((tx, key, _from, to, change) =>
        real.moveRefund(tx, key, REFUND_STATES, to, change),
      ),
  ],
};

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
  const without = (['rowLock', 'compare'] as const).filter((layer) => !kept.includes(layer));
  const spies = without.flatMap((layer) => LEFT_OUT[layer]());
  try {
    return await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
