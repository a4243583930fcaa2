import { LEDGER_SIGN } from '@/core/ledger';
import type { BalanceGap } from '@/core/reconciliation';
import type { ReportLine } from '../gateways/port';

/** Money as our ledger has it. `eventMinor` is what the event about it said; null where no event told of it. */
export type Here = Omit<ReportLine, 'id'> & { eventMinor: number | null };
/** Money as the gateway tells it. `isOurs`: the reference is an attempt of ours; `neverTaken`: one that we took no money for. */
export type There = Omit<ReportLine, 'id'> & { neverTaken: boolean };

export type Totals = {
  gatewayMinor: number;
  ledgerMinor: number;
  eventsMinor: number;
  gapCount: number;
  gaps: BalanceGap[];
};

/** Gaps of one kind and currency that are kept word for word; beyond them they are only counted. */
const MOST_GAPS = 200;

type Side = 'here' | 'there';
type Waiting = { here: Here[]; there: There[] };
type Told = Pick<ReportLine, 'kind' | 'reference' | 'currency' | 'amountMinor'>;

const keyOf = ({ kind, reference, currency, amountMinor }: Told): string =>
  [kind, reference, currency, amountMinor].join(' ');
const groupOf = ({ kind, reference, currency }: Told): string => [kind, reference, currency].join(' ');

/**
 * Holds one day of a gateway's account against ours. Both sides are fed in order of time, from the day before to the day
 * after; what agrees is let go at once, so memory holds only what has no counterpart yet. Money that agrees counts for
 * the day of our entry, whatever side of midnight the gateway has it on.
 */
export class Tally {
  readonly #totals = new Map<string, Totals>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #kept = new Map<string, number>();
  #waitingCount = 0;
  /** The most that waited for a counterpart at one time. */
  mostWaiting = 0;

  constructor(
    private readonly from: Date,
    private readonly to: Date,
  ) {}

  here(entry: Here): void {
    const other = this.#meet('here', entry);
    if (other) this.#agree(entry);
  }

  there(line: There): void {
    const other = this.#meet('there', line);
    if (other) this.#agree(other);
  }

  /** What is left has no exact counterpart. The totals by currency, of every currency in which anything moved that day. */
  finish(): Map<string, Totals> {
    const groups = new Map<string, Waiting>();
    for (const { here, there } of this.#waiting.values())
      for (const [side, one] of [
        ...here.map((entry) => ['here', entry] as const),
        ...there.map((line) => ['there', line] as const),
      ]) {
        const group = groups.get(groupOf(one)) ?? { here: [], there: [] };
        groups.set(groupOf(one), group);
        if (side === 'here') group.here.push(one);
        else group.there.push(one);
      }
    const back = givenBack([...groups.values()].flatMap(({ there }) => there));
    for (const { here, there } of groups.values()) {
      const pairs = Math.min(here.length, there.length);
      for (let i = 0; i < pairs; i++) this.#differ(here[i], there[i]);
      for (const entry of here.slice(pairs)) this.#onlyHere(entry);
      for (const line of there.slice(pairs)) if (!back.has(line.reference)) this.#onlyThere(line);
    }
    return this.#totals;
  }

  /** Takes the entry of the other side that waits for this one; else lets this one wait. */
  #meet(side: 'here', one: Here): There | undefined;
  #meet(side: 'there', one: There): Here | undefined;
  #meet(side: Side, one: Here | There): Here | There | undefined {
    const key = keyOf(one);
    const waiting = this.#waiting.get(key) ?? { here: [], there: [] };
    const other = side === 'here' ? waiting.there.shift() : waiting.here.shift();
    if (!other) (waiting[side] as (Here | There)[]).push(one);
    if (waiting.here.length + waiting.there.length > 0) this.#waiting.set(key, waiting);
    else this.#waiting.delete(key);
    this.#waitingCount += other ? -1 : 1;
    this.mostWaiting = Math.max(this.mostWaiting, this.#waitingCount);
    return other;
  }

  #isOfDay = ({ at }: { at: Date }): boolean => at >= this.from && at < this.to;

  #of(currency: string): Totals {
    const known = this.#totals.get(currency);
    if (known) return known;
    const fresh = { gatewayMinor: 0, ledgerMinor: 0, eventsMinor: 0, gapCount: 0, gaps: [] };
    this.#totals.set(currency, fresh);
    return fresh;
  }

  #gap(of: Told, kind: BalanceGap['kind'], hereMinor: number | null, gatewayMinor: number | null): void {
    const totals = this.#of(of.currency);
    totals.gapCount += 1;
    const kept = this.#kept.get(`${of.currency} ${kind}`) ?? 0;
    this.#kept.set(`${of.currency} ${kind}`, kept + 1);
    if (kept < MOST_GAPS)
      totals.gaps.push({ kind, entry: of.kind, reference: of.reference, hereMinor, gatewayMinor });
  }

  #enter(entry: Here): void {
    const totals = this.#of(entry.currency);
    totals.ledgerMinor += LEDGER_SIGN[entry.kind] * entry.amountMinor;
    totals.eventsMinor += LEDGER_SIGN[entry.kind] * (entry.eventMinor ?? 0);
    if (entry.eventMinor !== entry.amountMinor) this.#gap(entry, 'missing_event', entry.amountMinor, null);
  }

  #agree(entry: Here): void {
    if (!this.#isOfDay(entry)) return;
    this.#enter(entry);
    this.#of(entry.currency).gatewayMinor += LEDGER_SIGN[entry.kind] * entry.amountMinor;
  }

  #differ(entry: Here | undefined, line: There | undefined): void {
    if (!entry || !line || !this.#isOfDay(entry)) return;
    this.#enter(entry);
    this.#of(entry.currency).gatewayMinor += LEDGER_SIGN[line.kind] * line.amountMinor;
    this.#gap(entry, 'amount', entry.amountMinor, line.amountMinor);
  }

  #onlyHere(entry: Here): void {
    if (!this.#isOfDay(entry)) return;
    this.#enter(entry);
    this.#gap(entry, 'missing_at_gateway', entry.amountMinor, null);
  }

  #onlyThere(line: There): void {
    if (!this.#isOfDay(line)) return;
    this.#of(line.currency).gatewayMinor += LEDGER_SIGN[line.kind] * line.amountMinor;
    this.#gap(line, 'missing_here', null, line.amountMinor);
  }
}

/** References under which the gateway took money that we refused to take and gave it back: nothing is owed either way. */
function givenBack(lines: There[]): Set<string> {
  const sums = new Map<string, number>();
  for (const { neverTaken, kind, reference, amountMinor } of lines)
    if (neverTaken) sums.set(reference, (sums.get(reference) ?? 0) + LEDGER_SIGN[kind] * amountMinor);
  return new Set([...sums].filter(([, sum]) => sum === 0).map(([reference]) => reference));
}
