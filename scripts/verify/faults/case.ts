/** One payment of the matrix: driven to a column, held there while its fault happens, and judged by what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidFromId } from '@/core/ids';
import { readLedger } from './books';
import { type CardKind, cardOf } from './cards';
import { type Column, HELD_AT, type Held, type Outcome, stepOf } from './columns';
import type { House } from './house';
import type { Merchant } from './merchant';
import { becomes, type Lanes, untilAnswered } from './patience';
import { type BankAnswer, type Link, Payer, pageOf, type Told } from './payer';
import type { Point } from './points';
import type { Random } from './random';
import type { Receipts } from './receipts';
import { type Act, isEvent, type Only } from './switchboard';

const REACHED_MS = 40_000;
const AGAIN_MS = 1_000;
export const DECIDED_MS = 120_000;
/** A webhook whose worker was killed is sent again when its lease is over. */
export const TOLD_MS = 90_000;
const RETRY_MS = 90_000;
/** A process that was killed is up again by then, however busy the machine. */
const SHOWN_MS = 60_000;

/** What a scenario works with. */
export type Bench = {
  house: House;
  merchant: Merchant;
  receipts: Receipts;
  random: Random;
  cases: Case[];
  lanes: Lanes;
  /** True where cards that are keyed are left out, for each takes its caller's time. */
  unkeyed?: boolean;
};
/** A busy machine may run past the time to send: that word is of no charge, and the press is made again. */
const wasSent = (): Only => (exchange) => !exchange.body.includes('"not_sent"');
const ONLY: Record<string, (toldBy: string) => Only> = { webhook: isEvent, result: wasSent };
export type CaseOptions = { card?: CardKind; bank?: BankAnswer };

export class Case implements Held {
  readonly payers: Payer[] = [];
  readonly cardNumbers: string[] = [];
  /** Its reference at the merchant. */
  readonly name: string;
  link: Link = { id: '', url: '', amountMinor: 0, currency: '' };
  /** Canceled, expired or locked on purpose: it need not be payable afterwards. */
  closed = false;
  isSteady = false;
  private isHeld = false;
  /** The event that the last column holds back. */
  protected readonly toldBy: string = 'payment_link.paid';
  protected readonly random: Random;
  protected done: Promise<unknown> = Promise.resolve();
  private letGo: (act?: Act) => void = () => {};

  constructor(
    readonly bench: Bench,
    readonly row: string,
    readonly column: Column,
    private readonly options: CaseOptions = {},
  ) {
    const same = bench.cases.filter((one) => one.row === row && one.column === column).length;
    this.name = `${row} ${column.replaceAll('–', '-')} ${same}`;
    this.random = bench.random.fork(this.name);
    bench.cases.push(this);
  }

  payer(url = this.link.url): Payer {
    const { urls } = this.bench.house.config;
    const { bank = 'accept' } = this.options;
    const link = { ...this.link, url };
    const payer = new Payer(
      { portal: urls.portal, card: urls.card },
      link,
      this.name,
      this.switchboard,
      bank,
    );
    this.payers.push(payer);
    return payer;
  }

  protected get step() {
    return stepOf(this.column);
  }

  get switchboard() {
    return this.bench.house.switchboard;
  }

  card(kind: CardKind = this.options.card ?? 'approved') {
    const card = cardOf(kind, this.random);
    this.cardNumbers.push(card.number);
    return card;
  }

  /** The link, the first time; it owes a round hundred, so that its refund is not one that the sandbox treats otherwise. */
  async issue(): Promise<this> {
    if (this.link.id) return this;
    await this.bench.lanes.enter(this);
    const amountMinor = 100 * (5 + this.random.int(500));
    this.link = await this.bench.merchant.issue(this.name, { amountMinor, currency: 'GBP' });
    return this;
  }

  /** Begins to pay, without waiting. */
  pay(): this {
    this.done = this.payer().payOnce(this.card(), DECIDED_MS);
    return this;
  }

  /** Pays up to the column's moment, and is held there. Throws when it does not come so far. */
  async drive(point: Point = HELD_AT[this.column]): Promise<this> {
    await this.issue();
    return this.driveTo(point, () => {
      this.done = this.press();
    });
  }

  /** Pays; a press that another row's fault has turned away before its moment is made again, as a person would. */
  protected async press(): Promise<Told | null> {
    for (const end = performance.now() + REACHED_MS; ; await sleep(AGAIN_MS)) {
      const payer = this.payer();
      const told = await payer.payOnce(this.card(), DECIDED_MS);
      const isFree = told === null || told.page === 'ready';
      if (this.isHeld || !isFree || performance.now() > end) return told;
      if (payer.attempts.length === 0) this.payers.splice(this.payers.indexOf(payer), 1);
    }
  }

  protected async driveTo(point: Point, begin: () => unknown): Promise<this> {
    const only = ONLY[point.split('.')[0] ?? '']?.(this.toldBy);
    const { reached, release } = this.switchboard.hold(this.name, point, only);
    this.letGo = release;
    reached.then(() => {
      this.isHeld = true;
    });
    begin();
    const late = sleep(REACHED_MS).then(() =>
      Promise.reject(
        new Error(`${this.name} never came to ${point}: ${this.causes.join() || 'nothing refused'}`),
      ),
    );
    await Promise.race([reached, late]);
    return this;
  }

  /** Lets what was held go on, or meet `act`. */
  release(act?: Act): void {
    this.letGo(act);
  }

  /** The attempts that its payers were given tickets for. */
  get attempts(): string[] {
    return this.payers.flatMap(({ attempts }) => attempts);
  }

  get attempt(): string {
    return this.attempts.at(-1) ?? '';
  }

  /** The link as the database knows it. */
  get linkUuid(): string {
    return uuidFromId('paymentLink', this.link.id) ?? '';
  }

  private isDecided(): Promise<boolean> {
    const { sql } = this.bench.house;
    return untilAnswered(async () => {
      const open = await sql`select 1 from payment_attempts where payment_link_id = ${this.linkUuid}
        and state in ('submitted', 'requires_action', 'unknown')`;
      return open.length === 0;
    });
  }

  /** Moves the link's end to this moment, as the database counts time. */
  async expireNow(): Promise<void> {
    const { sql } = this.bench.house;
    await sql`update payment_links set expires_at = cf_now() where id = ${this.linkUuid}`;
  }

  /** Whether the link's money is flagged as having come after its end. */
  async isLate(): Promise<boolean> {
    const { sql } = this.bench.house;
    const entries = await untilAnswered(
      async () =>
        await sql`select late from ledger_entries
        where payment_link_id = ${this.linkUuid} and kind = 'payment'`,
    );
    return entries[0]?.late === true;
  }

  /** Whether operators were told of the link's money. */
  async isAlarmed(kind: string): Promise<boolean> {
    const { sql } = this.bench.house;
    const alerts = await untilAnswered(
      async () => await sql`select 1 from alerts where payment_link_id = ${this.linkUuid} and kind = ${kind}`,
    );
    return alerts.length > 0;
  }

  /** Its fault has happened: what another row does to the house may delay its outcome, and not change it. */
  steady(): void {
    this.isSteady = true;
    this.bench.lanes.leave(this);
  }

  /** What the gateway holds for this link. */
  async charges(): Promise<number> {
    const ledger = await readLedger(this.bench.house);
    const { id } = this.link;
    return ledger.filter(
      (one) =>
        one.paymentLink === id && one.kind === 'payment' && ['authorized', 'captured'].includes(one.status),
    ).length;
  }

  /** Waits for the end and names it by its letter; a paid link's receiver must have heard of it within `toldMs`. */
  async judge(toldMs = TOLD_MS): Promise<Outcome> {
    this.steady();
    await this.done;
    if (!(await becomes(() => this.isDecided(), DECIDED_MS))) return 'broken: undecided after 120 s';
    const charges = await this.charges();
    if (charges > 1) return `broken: charged ${charges} times`;
    return charges === 1 ? this.judgePaid(toldMs) : this.judgeFree();
  }

  /** C: the payer had to wait for the word of the portal, because no answer to the card was final. */
  private get waited(): boolean {
    return this.payers.some(({ told }) =>
      told.some(({ page }) => page === 'processing' || page === 'confirming'),
    );
  }

  private async judgePaid(toldMs: number): Promise<Outcome> {
    const told = await this.payer().wait(undefined, SHOWN_MS);
    if (told?.page !== 'paid') return `broken: paid, and the page says ${pageOf(told)}`;
    if (!(await this.isTold(this.toldBy, toldMs))) return 'broken: paid, and the receiver was not told once';
    if (this.step === 'S6–S7') return 'E';
    if (this.step === 'S0–S1' || this.step === 'S1–S2') return 'A';
    return this.waited ? 'C→D' : 'D';
  }

  /** Whether exactly one event of this type about the link reaches the receiver. */
  async isTold(type: string, toldMs = TOLD_MS): Promise<boolean> {
    const found = () =>
      [...this.bench.receipts.byId.values()].filter(
        (one) => one.type === type && one.paymentLink === this.link.id && one.taken > 0,
      );
    await becomes(() => found().length > 0, toldMs);
    return found().length === 1;
  }

  /** Why payers were refused, as far as they were told. */
  get causes(): string[] {
    return this.payers.flatMap(({ refusals }) => refusals).filter((code) => code !== 'no answer');
  }

  protected async judgeFree(): Promise<Outcome> {
    const { causes, waited } = this;
    const declined = this.payers.some(({ told }) =>
      told.some(({ attemptState }) => attemptState === 'declined'),
    );
    if (!this.closed) {
      const ended = await this.payer().pay([this.card('approved')], RETRY_MS);
      const charges = await this.charges();
      if (ended !== 'paid' || charges !== 1)
        return `broken: nothing was charged, and a new try ended ${ended} with ${charges} charges`;
    }
    if (this.step === 'S0–S1') return causes.length > 0 ? 'F' : 'A';
    if (declined) return 'F';
    return waited && this.step !== 'S1–S2' ? 'C→B' : 'B';
  }
}
