/** True stories of a payment: what happens at the real sandbox gateway, how news of it comes, and how it must end here. */
import fc from 'fast-check';
import type { AttemptState, GatewayResult } from '@/core/payment-attempt';
import type { RefundState } from '@/core/refund';
import type { Json } from '@/sandbox/testing';
import type { Refund } from '../../contracts/refunds';
import { control, fault, type Inbound, issue, type MoneyHouse, submit, unwrap } from '../../gateways/testing';
import { resolveAttempt } from '../../payment-attempts';
import { createRefund, resolveRefund } from '../../refunds';
import { receiveNotification } from '..';
import { apply } from '.';

export const AMOUNT = 5_000;
const CARDS = {
  approved: '4242424242424242',
  no_answer: '4000000000000341',
  declined: '4000000000000002',
  challenged: '4000002500003155',
} as const;

type Back =
  | { kind: 'refund'; by: 'provider' | 'us' | 'us, whose answer is lost'; amountMinor: number }
  | { kind: 'dispute'; amountMinor: number; end: 'open' | 'won' | 'lost' };
export type Story = {
  card: keyof typeof CARDS;
  bank: 'accept' | 'refuse' | 'time_out';
  /** Null: captured at once. Else what becomes of the hold. */
  hold: null | 'stays' | 'capture' | 'void' | 'expire';
  back: Back[];
};

/** 13: pending, then back. 17: pending, then failed. 19: failed at once. Else: back at once. */
const amountMinor = fc.constantFrom(113, 217, 319, 500, 1_240, 2_013, 2_000, AMOUNT);
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 3 }, fc.constantFrom(...others));

export const story: fc.Arbitrary<Story> = fc.record({
  card: often<Story['card']>('approved', 'no_answer', 'declined', 'challenged'),
  bank: often<Story['bank']>('accept', 'refuse', 'time_out'),
  hold: often<Story['hold']>(null, 'stays', 'capture', 'capture', 'void', 'expire'),
  back: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('refund' as const),
        by: fc.constantFrom('provider' as const, 'us' as const, 'us, whose answer is lost' as const),
        amountMinor,
      }),
      fc.record({
        kind: fc.constant('dispute' as const),
        amountMinor,
        end: fc.constantFrom('open' as const, 'won' as const, 'lost' as const),
      }),
    ),
    { maxLength: 4 },
  ),
});

/** How a story must end, in whatever order it was told. */
export type End = {
  state: AttemptState;
  /** Refunds and disputes as they ended, with their amounts. */
  refunds: [RefundState, number][];
  disputes: ['open' | 'won' | 'lost', number][];
};

const tail = (amount: number): number => amount % 100;
const endOfRefund = (amount: number): RefundState =>
  [17, 19].includes(tail(amount)) ? 'failed' : 'succeeded';

/** One story on its way: acts happen at the gateway in their order; news of them is kept until somebody delivers it. */
export class Telling {
  readonly acts: (() => Promise<void>)[];
  readonly news: Inbound[] = [];
  readonly delivered = new Set<Inbound>();
  answer: GatewayResult | null = null;
  readonly end: End = { state: 'submitted', refunds: [], disputes: [] };
  /** What the gateway still holds of the capture. */
  #room = 0;
  readonly #from: number;
  readonly #ours: string[] = [];

  private constructor(
    readonly house: MoneyHouse,
    readonly link: string,
    readonly tried: Awaited<ReturnType<typeof submit>>,
    story: Story,
  ) {
    this.#from = house.inbound.length;
    this.acts = [() => this.#send(story), ...story.back.map((back) => () => this.#giveBack(back))];
  }

  /** A fresh link of which Pay was pressed; nothing was sent yet. */
  static async begin(house: MoneyHouse, story: Story): Promise<Telling> {
    const link = await issue(house, AMOUNT);
    const tried = await submit(house, link, { number: CARDS[story.card] });
    tried.grant.capture = story.hold === null;
    return new Telling(house, link, tried, story);
  }

  get attempt(): string {
    return this.tried.attempt;
  }

  /** Everything that may come next, besides an act: any news again or for the first time, an answer, a look. */
  get deliveries(): (() => Promise<unknown>)[] {
    const { answer } = this;
    return [
      ...this.news.map((message) => () => this.deliver(message)),
      ...(answer ? [() => this.tried.record(answer), () => this.look()] : []),
    ];
  }

  /** The gateway posts it, and the job that applies it runs at once. */
  async deliver(message: Inbound): Promise<void> {
    this.delivered.add(message);
    unwrap(await receiveNotification(this.house.services, 'req_test', message));
    await apply(this.house, message.headers['webhook-id'] ?? '');
  }

  /** The jobs that read the gateway. */
  async look(): Promise<void> {
    const system = this.house.as('system');
    unwrap(await resolveAttempt(system, this.attempt));
    for (const refund of this.#ours) unwrap(await resolveRefund(system, refund));
  }

  async #send({ card, bank, hold }: Story): Promise<void> {
    if (hold === 'expire') await control(this.house, 'PUT', 'settings', { holdDays: 0.02 / 86_400 });
    this.answer = await this.tried.send();
    const isNo = card === 'declined';
    await this.#told(
      isNo ? 'payment.declined' : card === 'challenged' ? 'payment.requires_action' : this.#taken(hold),
    );
    this.end.state = isNo
      ? 'declined'
      : card === 'challenged'
        ? await this.#atBank(bank, hold)
        : this.#held(hold);
    await this.#endHold(hold);
    await control(this.house, 'PUT', 'settings', { holdDays: 7 });
  }

  #taken = (hold: Story['hold']): string => (hold === null ? 'payment.captured' : 'payment.authorized');
  #held = (hold: Story['hold']): AttemptState => (hold === null ? 'succeeded' : 'authorized');

  async #atBank(bank: Story['bank'], hold: Story['hold']): Promise<AttemptState> {
    const payments = (await this.house.box.call('GET', `/gateway/payments?reference=${this.attempt}`)).body
      .data;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await this.house.box.call('POST', `/acs/${(payments as Json[])[0]?.id}`, `answer=${bank}`, form);
    if (bank === 'accept') await this.#told(this.#taken(hold));
    else await this.#told(bank === 'refuse' ? 'payment.declined' : 'payment.expired');
    return bank === 'accept' ? this.#held(hold) : bank === 'refuse' ? 'declined' : 'failed';
  }

  async #endHold(hold: Story['hold']): Promise<void> {
    if (this.end.state === 'authorized' && hold !== 'stays') {
      if (hold === 'capture' || hold === 'void')
        await control(this.house, 'POST', `gateway/${hold}`, { reference: this.attempt });
      await this.#told(
        `payment.${{ capture: 'captured', void: 'voided', expire: 'expired' }[hold ?? 'capture']}`,
      );
      this.end.state = ({ capture: 'succeeded', void: 'voided', expire: 'failed' } as const)[
        hold ?? 'capture'
      ];
    }
    if (this.end.state === 'succeeded') this.#room = AMOUNT;
  }

  async #giveBack(back: Back): Promise<void> {
    const amount = Math.min(back.amountMinor, this.#room);
    if (amount === 0) return;
    if (back.kind === 'dispute') return this.#dispute(amount, back.end);
    const end = endOfRefund(amount);
    if (back.by === 'provider')
      await control(this.house, 'POST', 'gateway/refund', { reference: this.attempt, amountMinor: amount });
    else await this.#refundOfOurs(amount, back.by === 'us');
    if ([13, 17].includes(tail(amount))) await this.#told('refund.pending');
    await this.#told(`refund.${end}`);
    this.end.refunds.push([end, amount]);
    if (end === 'succeeded') this.#room -= amount;
  }

  /** We can give back only what we know of: what was told until then is delivered first. */
  async #refundOfOurs(amount: number, isAnswered: boolean): Promise<void> {
    for (const message of this.news) await this.deliver(message);
    const order = { paymentLink: this.link, amountMinor: amount };
    const refund = unwrap(await createRefund(this.house.as('owner'), order)) as Refund;
    this.#ours.push(refund.id);
    if (!isAnswered) await fault(this.house, 'refund', 'reset_after', refund.id);
    unwrap(await resolveRefund(this.house.as('system'), refund.id));
  }

  async #dispute(amount: number, end: 'open' | 'won' | 'lost'): Promise<void> {
    const order = { reference: this.attempt, amountMinor: amount };
    const { id } = await control(this.house, 'POST', 'gateway/dispute', order);
    await this.#told('dispute.opened');
    if (end !== 'open') {
      await control(this.house, 'POST', `gateway/dispute/${id}/close`, { outcome: end });
      await this.#told(`dispute.${end}`);
    }
    this.end.disputes.push([end, amount]);
    if (end !== 'won') this.#room -= amount;
  }

  /** Waits until the gateway has told this of the payment, once more than before. */
  async #told(type: string): Promise<void> {
    for (let i = 0; i < 2_000; i++) {
      const message = this.house.inbound
        .slice(this.#from)
        .find((one) => !this.news.includes(one) && this.#is(one, type));
      if (message) return void this.news.push(message);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`no ${type}`);
  }

  #is({ body }: Inbound, type: string): boolean {
    const told = JSON.parse(body) as { type: string; data: Json };
    return told.type === type && (told.data.paymentReference ?? told.data.reference) === this.attempt;
  }
}

/** The tries of stories that were told before are long ago: a test of many is nobody who tests cards. */
export const longAgo = (house: MoneyHouse) =>
  house.database.sql`update payment_attempts set submitted_at = submitted_at - interval '1 hour'
    where submitted_at > cf_now() - interval '30 minutes'`;
