/** The list of links at ten thousand and at a million: its statements, its page, its export, and what it costs to keep. */
import { type Connection, connect } from '@/db/client';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { type Installation, install } from '../installation';
import { homePage, listPage, signedIn } from './desk';
import { exportOf } from './export';
import { faultsOfCounts, faultsOfFilters, faultsOfSearches } from './plans';
import { seedLinks } from './seed';
import { type Times, timesOf } from './statements';
import { taxOf } from './tax';

const [FEW, MANY] = [10_000, 1_000_000];
const MOST_SQL_MS = 5;
const MOST_SEARCH_MS = 15;
const MOST_GROWTH = 1.5;

type Seeded = { made: Installation; connection: Connection; own: number };

async function seeded(around: Surroundings, links: number): Promise<Seeded> {
  const made = await install(around, ['portal']);
  const connection = connect(made.plan.databaseUrl, { max: 1 });
  around.onClose(connection.close);
  const own = made.owner.merchantId;
  around.say(`  ${links.toLocaleString('en')} links`);
  await seedLinks(connection.sql, own, links);
  return { made, connection, own };
}

/** A statement that reads more than it may is no matter of milliseconds: nothing is measured then. */
async function refuseFaults({ connection, own }: Seeded): Promise<void> {
  const faults = [
    ...(await faultsOfFilters(connection, own)),
    ...(await faultsOfSearches(connection, own)),
    ...(await faultsOfCounts(connection, own)),
  ];
  if (faults.length > 0) throw new Error(`statements read too much:\n${faults.join('\n')}`);
}

const boundsOf = (few: Times, many: Times): Result['bounds'] => [
  { what: 'first page, 95 of 100 filters and orders, ms', value: many.first, atMost: MOST_SQL_MS },
  { what: 'deep page, 95 of 100, ms', value: many.deep, atMost: MOST_SQL_MS },
  { what: 'deep page beside first', value: many.deep / many.first, atMost: MOST_GROWTH },
  { what: 'first page beside 10,000 links', value: many.first / few.first, atMost: MOST_GROWTH },
  { what: 'search, first and deep, 95 of 100, ms', value: many.search, atMost: MOST_SEARCH_MS },
];

async function admin(around: Surroundings): Promise<Result[]> {
  const links = Math.round(MANY * around.scale);
  const small = await seeded(around, FEW);
  const few = await timesOf(small.connection, small.own, around.rounds);
  const large = await seeded(around, links);
  const { made, connection, own } = large;
  await refuseFaults(large);
  const many = await timesOf(connection, own, around.rounds);
  for (const line of many.slowest) around.say(`  ${line}`);
  const [counted] =
    await connection.sql`select count(*)::int as links from payment_links where merchant_id = ${own}`;
  const cookie = await signedIn(made);
  const page = await listPage(around, made, cookie);
  const home = await homePage(made, cookie);
  const taken = await exportOf(around, made, counted?.links);
  const { first } = many;
  const list: Result = {
    name: `the list at ${links.toLocaleString('en')} links`,
    ...{ unit: 'ms', moreIsBetter: false, peers: [], targets: [] },
    ours: { name: 'ours', median: first, min: first, max: first, rounds: [first] },
    bounds: [...boundsOf(few, many), ...home, ...taken],
  };
  return [list, page, await taxOf(around, made)];
}

export const ADMIN: Benchmark = {
  name: 'admin',
  about:
    'the list of links: every filter and order, search, page, home and export at 1,000,000 links, and what they cost',
  run: admin,
};
