/** One refund of the matrix: its payment is made first, without a fault; then it is driven, held and judged like one. */
import { uuidFromId } from '@/core/ids';
import { type LedgerEntry, readLedger } from './books';
import { type Bench, Case, DECIDED_MS, TOLD_MS } from './case';
import { HELD_AT, type Outcome, type RefundColumn } from './columns';
import type { RefundAsked } from './merchant';
import { untilAnswered } from './patience';
import { pageOf } from './payer';
import type { Point } from './points';

/** Nothing left of these cents makes the sandbox treat a refund otherwise. */
const ORDINARY = 50;

/** How much of the payment is asked for: all, or a part; `cents` say how the sandbox treats that: docs/sandbox.md. */
export type RefundOptions = { whole?: boolean; cents?: 13 | 17 | 19 };

export class RefundCase extends Case {
  protected override readonly toldBy = 'refund.succeeded';
  asked: Promise<RefundAsked> | null = null;

  constructor(
    bench: Bench,
    row: string,
    override readonly column: RefundColumn,
    private readonly refund: RefundOptions = {},
  ) {
    super(bench, row, column);
  }

  /** Pays the link, as without a fault of its own. */
  async payFirst(): Promise<this> {
    await this.issue();
    const told = await this.press();
    if (told?.page !== 'paid') throw new Error(`${this.name} could not be paid first: ${pageOf(told)}`);
    return this;
  }

  private get wish() {
    const { whole, cents = ORDINARY } = this.refund;
    return { paymentLink: this.link.id, ...(!whole && { amountMinor: 200 + cents }) };
  }

  /** Asks for the refund, without waiting. */
  ask(): this {
    this.asked = this.askAs('');
    return this;
  }

  /** The same once more, under another key or, with an empty one, the same. */
  askAs(key: string): Promise<RefundAsked> {
    return this.bench.merchant.refund(`${this.name} refund ${key}`, this.wish);
  }

  override async drive(point: Point = HELD_AT[this.column]): Promise<this> {
    await this.payFirst();
    return this.driveTo(point, () => this.ask());
  }

  /** What the gateway has given back of this payment, all of it or under one refund's id. */
  async given(id?: string): Promise<LedgerEntry[]> {
    const ledger = await readLedger(this.bench.house);
    return ledger.filter(
      ({ kind, paymentLink, status, idempotencyKey }) =>
        kind === 'refund' &&
        paymentLink === this.link.id &&
        status !== 'failed' &&
        (id === undefined || idempotencyKey === id),
    );
  }

  override async judge(toldMs = TOLD_MS): Promise<Outcome> {
    this.steady();
    const asked = await (this.asked ?? this.ask().asked);
    if (!asked) return 'broken: no refund was asked for';
    return asked.id === null ? this.judgeRefused(asked) : this.judgeBegun(asked, asked.id, toldMs);
  }

  private async judgeRefused({ refusal }: RefundAsked): Promise<Outcome> {
    const given = await this.given();
    return given.length === 0 ? 'F' : `broken: refused with ${refusal}, and ${given.length} were given`;
  }

  private async judgeBegun(asked: RefundAsked, id: string, toldMs: number): Promise<Outcome> {
    const state = await this.bench.merchant.untilDecided(asked, DECIDED_MS);
    const given = await this.given(id);
    const told = await this.payer().see();
    if (told?.page !== 'paid') return `broken: the page of a refunded payment says ${pageOf(told)}`;
    if (state === 'failed') return this.judgeFailed(given.length, toldMs);
    if (state !== 'succeeded') return `broken: the refund was still ${state} after 120 s`;
    const [only] = given;
    if (given.length !== 1 || only?.amountMinor !== asked.amountMinor)
      return `broken: ${asked.amountMinor} were to be given back once, and the gateway gave ${given.map(({ amountMinor }) => amountMinor)}`;
    if (!(await this.isTold(this.toldBy, toldMs)))
      return 'broken: given back, and the receiver was not told once';
    if (this.column === 'R4–R5') return 'E';
    if (this.column === 'R0–R1' || this.column === 'R1–R2') return 'A';
    return (await this.wasAskedAgain(id)) ? 'C→D' : 'D';
  }

  private async judgeFailed(given: number, toldMs: number): Promise<Outcome> {
    if (given > 0) return `broken: the refund is called failed, and ${given} were given`;
    return (await this.isTold('refund.failed', toldMs))
      ? 'F'
      : 'broken: failed, and the receiver was not told';
  }

  /** C: the gateway had to be asked more than once. */
  private async wasAskedAgain(id: string): Promise<boolean> {
    const { sql } = this.bench.house;
    const rows = await untilAnswered(
      async () =>
        await sql`select reads from refunds where payment_link_id = ${this.linkUuid}
        and id = ${uuidFromId('refund', id) ?? ''}`,
    );
    return Number(rows[0]?.reads) > 0;
  }
}
