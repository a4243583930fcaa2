/** The one way in which the gateway's ledger changes: durable first, then told, then followed up when its time comes. */
import { Notifier, notificationsOf } from './gateway-notifications';
import { newId } from './ids';
import { type Dispute, type LedgerRecord, type Payment, type Refund, statusAt } from './ledger-records';
import type { Timers } from './timers';
import type { World } from './world';

export type Gateway = World & { books: Books };

const LONGEST_TIMER_MS = 2 ** 31 - 1;
const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();

/** The payment once all of it, or `amountMinor`, was taken. The rest of a hold is released. */
export function captured(world: World, payment: Payment, amountMinor = payment.amountMinor): Payment {
  const now = world.now();
  const disputeAt = payment.disputed ? { disputeAt: later(now, world.settings.disputeAfterMs) } : {};
  const capturedAt = now.toISOString();
  return { ...payment, status: 'captured', capturedMinor: amountMinor, capturedAt, ...disputeAt };
}

/** The payment once the issuer has said yes: captured, or held until someone captures it. */
export function accepted(world: World, payment: Payment): Payment {
  if (payment.capture) return captured(world, payment);
  const holdUntil = later(world.now(), world.settings.holdDays * 86_400_000);
  return { ...payment, status: 'authorized', holdUntil };
}

export const newDispute = (world: World, payment: Payment, amountMinor: number, reason: string): Dispute => ({
  id: newId('gwd'),
  payment: payment.id,
  amountMinor,
  currency: payment.currency,
  reason,
  status: 'open',
  createdAt: world.now().toISOString(),
});

export class Books {
  #world: World;
  #timers: Timers;
  #notifier: Notifier;

  constructor(world: World, timers: Timers) {
    this.#world = world;
    this.#timers = timers;
    this.#notifier = new Notifier(world, timers);
  }

  /** Applies the records at once, resolves when they are on the disk together with what the portal will be told. */
  async commit(records: LedgerRecord[]): Promise<void> {
    const told = notificationsOf(this.#world, records);
    const lines = told.map((notification): LedgerRecord => ({ type: 'notification', notification }));
    await this.#world.ledger.commit([...records, ...lines]);
    for (const notification of told) this.#notifier.follow(notification);
    for (const record of records) {
      if (record.type === 'payment') this.#plan(record.payment);
      if (record.type === 'refund') this.#planRefund(record.refund);
    }
  }

  /** Takes up what a stop or crash interrupted. */
  resume(): void {
    this.#notifier.resume();
    for (const payment of this.#world.ledger.payments()) this.#plan(payment);
    for (const refund of this.#world.ledger.refunds()) this.#planRefund(refund);
  }

  #plan(payment: Payment): void {
    const { id, status, challenge, holdUntil, disputeAt } = payment;
    if (status === 'requires_action' && challenge) this.#at(challenge.expiresAt, () => this.#lapse(id));
    if (status === 'authorized' && holdUntil) this.#at(holdUntil, () => this.#lapse(id));
    if (status === 'captured' && disputeAt) this.#at(disputeAt, () => this.#dispute(id));
  }

  #planRefund({ id, status, settles }: Refund): void {
    if (status === 'pending' && settles) this.#at(settles.at, () => this.#settle(id));
  }

  #at(iso: string, work: () => Promise<void>): void {
    const ms = Date.parse(iso) - this.#world.now().getTime();
    this.#timers.later(Math.min(Math.max(ms, 0), LONGEST_TIMER_MS), work);
  }

  /** Writes down that a challenge or a hold is over; asks again later when it is not yet. */
  async #lapse(id: string): Promise<void> {
    const payment = this.#world.ledger.payment(id);
    if (!payment || (payment.status !== 'requires_action' && payment.status !== 'authorized')) return;
    if (statusAt(payment, this.#world.now()) === 'expired')
      return this.commit([{ type: 'payment', payment: { ...payment, status: 'expired' } }]);
    this.#plan(payment);
  }

  async #dispute(id: string): Promise<void> {
    const payment = this.#world.ledger.payment(id);
    if (!payment || this.#world.ledger.disputesOf(id).length > 0) return;
    const dispute = newDispute(this.#world, payment, payment.capturedMinor, 'fraudulent');
    await this.commit([{ type: 'dispute', dispute }]);
  }

  async #settle(id: string): Promise<void> {
    const refund = this.#world.ledger.refundById(id);
    if (refund?.status !== 'pending' || !refund.settles) return;
    const { settles, ...rest } = refund;
    const { at: _, ...end } = settles;
    const settledAt = this.#world.now().toISOString();
    await this.commit([{ type: 'refund', refund: { ...rest, ...end, settledAt } }]);
  }
}
