/** Races of verbs on a real database: whatever ran at once must end as one of the ways of taking turns would have. */
import { inject } from 'vitest';
import type { Outcome } from '@/core/outcome';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../../payment-attempts';
import { createPaymentLink } from '../../payment-links';
import { paidBy, VISA } from '../../payment-links/testing';
import type { TestHouse } from '../../testing';
import { copyLink, countBroken, standings } from './books';
import { type Layer, withOnly } from './layers';

/** One act of a runner: `ok`, or the code of the refusal, after which this runner stops. */
export type Step = () => Promise<string>;
export type Race = {
  house: TestHouse;
  /** The link as it stands before: each run is on a copy of its own. */
  pattern: string;
  /** What the copies need beyond the database, before anybody runs. */
  prepare?: (links: string[]) => Promise<void>;
  /** What others hold of the links, which ends as much as our own books do. */
  outside?: (links: string[]) => Promise<Map<string, string>>;
  /** Who runs on a link, each with their steps. */
  runners: (link: string) => Step[][];
};
export type Seen = {
  /** What was seen and no way of taking turns leads to. */
  strange: string[];
  /** How many different ends were seen. */
  ends: number;
  /** On how many links money stands as it must never stand. */
  broken: number;
};

export const told = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code);

export async function issued(house: TestHouse, more: object = {}): Promise<string> {
  const input = { amountMinor: 1240, currency: 'GBP', description: 'Order 7', ...more };
  const link = await createPaymentLink(house.as('agent'), input);
  if (!link.ok) throw new Error(link.error.message);
  return link.value.id;
}

/** A payer: presses Pay, has the card sent, and is told the gateway's yes. */
export function payer(house: TestHouse, link: string): Step[] {
  const as = house.as('payer');
  let call = { attempt: '', amountMinor: 0, currency: '' };
  const press = async () => {
    const ticket = await startPaymentAttempt(as, link);
    if (!ticket.ok) return ticket.error.code;
    const { attempt, amountMinor, currency } = ticket.value;
    call = { attempt, amountMinor, currency };
    return 'ok';
  };
  const send = async () => told(await submitPaymentAttempt(as, { ...call, card: VISA }));
  const pay = async () => told(await recordAttemptResult(as, { ...call, result: paidBy(call.attempt) }));
  return [press, send, pay];
}
declare module 'vitest' {
  interface ProvidedContext {
    raceRounds: number;
  }
}
/** A thousand rounds take minutes. */
export const RACE_TIMEOUT_MS = 300_000;
/** How often each race is run. Between two changes some hundred times; `npm run verify:races` asks for a thousand. */
export const ROUNDS = inject('raceRounds');
/** A round at the sandbox's gateway takes several times as long. */
export const GATEWAY_ROUNDS = Math.round(ROUNDS / 3);
const AT_ONCE = 4;
/** Those with as many steps as the others start nearly, but never quite, together. */
const APART_MS = 3;

class Runner {
  readonly told: string[] = [];
  #next = 0;
  constructor(readonly steps: Step[]) {}

  async step(): Promise<boolean> {
    const step = this.steps[this.#next++];
    if (!step || this.told.some((one) => one !== 'ok')) return false;
    this.told.push(await step().catch((error) => `error: ${causeOf(error)}`));
    return true;
  }

  /** Starts within so many milliseconds; how long it ran. */
  async run(withinMs: number): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * withinMs));
    const from = performance.now();
    while (await this.step());
    return performance.now() - from;
  }
}

/** A constraint of the database is a refusal too, when it is the last layer that is left. */
function causeOf(error: unknown): string {
  const { constraint_name, code, cause } = error as Record<string, unknown>;
  return cause ? causeOf(cause) : String(constraint_name ?? code ?? error);
}

/** Every order in which runners with so many steps left can take turns. */
export function turns(left: number[]): number[][] {
  if (left.every((steps) => steps === 0)) return [[]];
  const after = (i: number) => turns(left.map((steps, j) => (i === j ? steps - 1 : steps)));
  return left.flatMap((steps, i) => (steps === 0 ? [] : after(i).map((rest) => [i, ...rest])));
}

type Run = { link: string; runners: Runner[] };
/** Runners on so many copies of the pattern, each on their own. */
async function runsOn(race: Race, count: number): Promise<Run[]> {
  const links = await copyLink(race.house, race.pattern, count);
  await race.prepare?.(links);
  return links.map((link) => ({ link, runners: race.runners(link).map((steps) => new Runner(steps)) }));
}

/** What everybody was told, and how the links stand. */
async function endsOf({ house, outside }: Race, runs: Run[]): Promise<Set<string>> {
  const links = runs.map(({ link }) => link);
  const lines = await standings(house, links);
  const others = await outside?.(links);
  const end = ({ link, runners }: Run) =>
    [...runners.map((one) => one.told.join(', ')), lines.get(link), others?.get(link)]
      .filter((part) => part !== undefined)
      .join(' | ');
  return new Set(runs.map(end));
}

/** The ends of every way of taking turns, each on a link of its own. */
export async function endsInTurn(race: Race): Promise<Set<string>> {
  const orders = turns(race.runners(race.pattern).map((steps) => steps.length));
  const runs = await runsOn(race, orders.length);
  for (const [i, { runners }] of runs.entries())
    for (const who of orders[i] ?? []) await runners[who]?.step();
  return endsOf(race, runs);
}

type AtHouse<H> = (own: H) => Promise<Race>;

/** The same race at a house of its own, with these layers only. */
export const racedWith = <H extends TestHouse>(
  kept: readonly Layer[],
  make: AtHouse<H>,
  times: number,
  open: () => Promise<H>,
): Promise<Seen> => atOwnHouse(kept, make, open, (run) => run(times));

/** For controls: runs a race without what keeps it right, until that is seen; false when it never is. */
export const isCaught = <H extends TestHouse>(
  kept: readonly Layer[],
  make: AtHouse<H>,
  isWrong: (seen: Seen) => boolean,
  open: () => Promise<H>,
): Promise<boolean> =>
  atOwnHouse(kept, make, open, async (run) => {
    for (let i = 0; i < 20; i++) if (isWrong(await run(20))) return true;
    return false;
  });

async function atOwnHouse<H extends TestHouse, T>(
  kept: readonly Layer[],
  make: AtHouse<H>,
  open: () => Promise<H>,
  work: (run: (times: number) => Promise<Seen>) => Promise<T>,
): Promise<T> {
  const own = await open();
  try {
    const race = await make(own);
    const known = await endsInTurn(race);
    return await withOnly(own, kept, () => work((times) => raced(race, known, times)));
  } finally {
    await own.close();
  }
}

/**
 * Runs the race so many times, and looks at it afterwards. `known`: the ends that it may have. Who has fewer steps starts
 * anywhere on the way of who has more, and one time in eight before them.
 */
export async function raced(race: Race, known: Set<string>, times: number): Promise<Seen> {
  const runs = await runsOn(race, times);
  const waiting = runs.values();
  let paceMs = 20;
  const lane = async () => {
    for (const { runners } of waiting) {
      const counts = runners.map(({ steps }) => steps.length);
      const most = Math.max(...counts);
      const longest = Math.min(...counts) < most ? paceMs / 4 : APART_MS;
      const ran = await Promise.all(
        runners.map((one) => one.run(one.steps.length < most ? paceMs : longest)),
      );
      paceMs = 0.9 * paceMs + 0.1 * Math.max(...ran);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const ends = await endsOf(race, runs);
  const strange = [...ends].filter((end) => !known.has(end));
  return { strange, ends: ends.size, broken: await countBroken(race.house) };
}
