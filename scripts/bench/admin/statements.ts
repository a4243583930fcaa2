/** What the statements of the list take: each filter with each order, and each search. */
import type { Connection } from '@/db/client';
import { readForDesk } from '@/db/queries/link-desk';
import { type LinkFilter, listPaymentLinks, type Walk } from '@/db/queries/link-list';
import { findMeant, listMeant } from '@/db/queries/link-search';
import { listProfiles } from '@/db/queries/merchants';
import { stretchesFor } from '@/lib/payment-links/list';
import { percentile } from '../rounds';
import { combinations, middleOf, SEARCHES } from './combinations';

const PAGE = 26;

export type Times = {
  first: number;
  deep: number;
  search: number;
  /** The slowest of each, with what was asked for. */
  slowest: string[];
};
type Taken = { ms: number; what: unknown };

/** At its best of `rounds`: what else the machine does is not what is asked for. */
async function best(rounds: number, what: unknown, ask: () => Promise<unknown>): Promise<Taken> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now();
    await ask();
    taken.push(performance.now() - begun);
  }
  return { ms: Math.min(...taken), what };
}

const inMs = (taken: Taken[]): number =>
  percentile(
    taken.map(({ ms }) => ms),
    0.95,
  );
const slowestOf = (taken: Taken[]): string[] =>
  [...taken]
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 3)
    .map(({ ms, what }) => `${ms.toFixed(1)} ms: ${JSON.stringify(what)}`);

/** A page of what somebody's words mean, as the screen is given it: looked further until it is full. */
async function searched(
  { db }: Connection,
  own: number,
  wanted: (typeof SEARCHES)[number],
  from: Walk['from'],
): Promise<void> {
  const meant = await findMeant(db, own, wanted);
  const filter: LinkFilter = {};
  const most = stretchesFor(meant);
  let [at, missing]: [Walk['from'], number] = [from, PAGE];
  for (let asked = 0; asked < most && missing > 0; asked++) {
    const walk: Walk = { sort: 'newest', from: at, back: false, limit: missing };
    const { rows, reached } = await listMeant(db, own, filter, meant, walk, readForDesk);
    if (!reached) return;
    [at, missing] = [reached, missing - rows.length];
  }
}

export async function timesOf(connection: Connection, own: number, rounds: number): Promise<Times> {
  const { db } = connection;
  const profiles = (await listProfiles(db, own)).map(({ id }) => id);
  const middle = await middleOf(connection, own);
  const [first, deep, search]: [Taken[], Taken[], Taken[]] = [[], [], []];
  for (const { sort, filter } of combinations(profiles, true)) {
    const page = (from?: Walk['from']) => () =>
      listPaymentLinks(db, own, filter, { sort, from, back: false, limit: PAGE }, readForDesk);
    first.push(await best(rounds, { sort, filter }, page()));
    deep.push(await best(rounds, { sort, filter, deep: true }, page(middle[sort])));
  }
  for (const wanted of SEARCHES)
    for (const from of [undefined, middle.newest])
      search.push(
        await best(rounds, { search: wanted.text, deep: Boolean(from) }, () =>
          searched(connection, own, wanted, from),
        ),
      );
  return {
    ...{ first: inMs(first), deep: inMs(deep), search: inMs(search) },
    slowest: [first, deep, search].flatMap(slowestOf),
  };
}
