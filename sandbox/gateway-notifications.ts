/** What the gateway tells the portal of payments, refunds and disputes, and the ways in which it may go wrong. */
import type { Fault } from './faults';
import { disputeView, paymentView, refundView } from './gateway-views';
import { newId } from './ids';
import type { LedgerRecord, Notification, Payment } from './ledger-records';
import { type Delivery, RESUME_WITHIN_MS, SignedPosts } from './signed-posts';
import type { Timers } from './timers';
import type { World } from './world';

const HOLD_MS = 2_000;
const AFTER_GARBLED_MS = 250;

type Told = { payment: Payment; type: string; data: object; refundReference?: string | null };

/** What a record changes that the portal is told of; asked before the record is applied. */
function toldOf(world: World, record: LedgerRecord): Told | null {
  const { ledger } = world;
  if (record.type === 'payment') {
    const { payment } = record;
    if (ledger.payment(payment.id)?.status === payment.status) return null;
    return { payment, type: `payment.${payment.status}`, data: paymentView(payment, world) };
  }
  if (record.type === 'refund') {
    const { refund } = record;
    const payment = ledger.payment(refund.payment);
    if (!payment || ledger.refundById(refund.id)?.status === refund.status) return null;
    const data = refundView(refund, payment);
    return { payment, type: `refund.${refund.status}`, data, refundReference: refund.reference };
  }
  if (record.type !== 'dispute') return null;
  const payment = ledger.payment(record.dispute.payment);
  if (!payment) return null;
  const type = `dispute.${record.dispute.status === 'open' ? 'opened' : record.dispute.status}`;
  return { payment, type, data: disputeView(record.dispute, payment) };
}

/** The notifications that belong into the same line as these records. None where the payment has no account. */
export function notificationsOf(world: World, records: readonly LedgerRecord[]): Notification[] {
  if (world.env.gatewayWebhookSecret === null) return [];
  const at = world.now().toISOString();
  return records.flatMap((record) => {
    const told = toldOf(world, record);
    if (!told) return [];
    const { type, data, payment, refundReference } = told;
    const { id: paymentId, account, reference, paymentLink } = payment;
    if (account === undefined) return [];
    const id = newId('gwn');
    const payload = JSON.stringify({ id, type, createdAt: at, data });
    const alias = refundReference ? { refundReference } : {};
    return [{ id, type, account, payment: paymentId, reference, paymentLink, ...alias, payload, at }];
  });
}

/** The same body with one unit more: what a signature is there to catch. */
function changed(payload: string): string {
  const body = JSON.parse(payload) as { data: { amountMinor: number } };
  body.data.amountMinor += 1;
  return JSON.stringify(body);
}

export class Notifier {
  #world: World;
  #timers: Timers;
  #posts: SignedPosts;
  /** By payment: what a `reorder` holds back until the next one has been tried. */
  #held = new Map<string, (() => void)[]>();

  constructor(world: World, timers: Timers) {
    this.#world = world;
    this.#timers = timers;
    this.#posts = new SignedPosts(world, timers);
  }

  /** Tells it. Only for what is on the disk already. */
  follow(notification: Notification): void {
    const { type, reference, paymentLink, refundReference } = notification;
    const operation = type.split('.')[0] ?? '';
    const subject = { reference, paymentLink, alias: refundReference ?? null };
    const fault = this.#world.faults.pick('gateway_webhooks', operation, subject);
    this.#timers.now(() => this.#told(notification, fault));
  }

  /** Takes up what a stop or crash left untold. */
  resume(): void {
    if (this.#world.env.gatewayWebhookSecret === null) return;
    const since = new Date(this.#world.now().getTime() - RESUME_WITHIN_MS).toISOString();
    for (const notification of this.#world.ledger.untold())
      if (notification.at >= since) this.follow(notification);
  }

  async #told(notification: Notification, fault: Fault | null): Promise<void> {
    const { id, payment } = notification;
    const delivery = this.#delivery(notification);
    const send = () => this.#posts.deliver(delivery);
    if (fault?.kind === 'lose') return this.#settle(id);
    if (fault?.kind === 'delay') return this.#timers.later(fault.delayMs ?? 0, send);
    if (fault?.kind === 'reorder') return this.#hold(payment, send);
    if (fault?.kind === 'garble') {
      await this.#posts.post(delivery, changed(delivery.payload));
      return this.#timers.later(AFTER_GARBLED_MS, send);
    }
    if (fault?.kind === 'duplicate')
      this.#timers.now(() => this.#posts.deliver({ ...delivery, wanted: () => true }));
    const held = this.#held.get(payment) ?? [];
    this.#held.delete(payment);
    await send();
    for (const release of held) release();
  }

  #delivery({ id, account, payload }: Notification): Delivery {
    return {
      id,
      path: `/api/inbound/gateways/${account}`,
      secret: this.#world.env.gatewayWebhookSecret ?? '',
      payload,
      wanted: () => this.#world.ledger.isUntold(id),
      done: () => this.#settle(id),
    };
  }

  async #settle(id: string): Promise<void> {
    if (this.#world.ledger.isUntold(id)) await this.#world.ledger.commit([{ type: 'notified', id }]);
  }

  #hold(payment: string, send: () => Promise<void>): void {
    let waiting = true;
    const release = () => {
      if (waiting) this.#timers.now(send);
      waiting = false;
    };
    this.#held.set(payment, [...(this.#held.get(payment) ?? []), release]);
    this.#timers.later(HOLD_MS, async () => {
      release();
      const left = this.#held.get(payment)?.filter((one) => one !== release) ?? [];
      if (left.length > 0) this.#held.set(payment, left);
      else this.#held.delete(payment);
    });
  }
}
