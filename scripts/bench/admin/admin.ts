/** The list of links at ten thousand and at a million: its statements, its search, its page and its export. */
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { type Connection, connect } from '@/db/client';
import { listPaymentLinks } from '@/db/queries/link-list';
import { findMeant, listMeant } from '@/db/queries/link-search';
import { listProfiles } from '@/db/queries/merchants';
import { createApiKey } from '@/lib/api-clients';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { install } from '../installation';
import { watchMemory } from '../memory';
import { percentile } from '../rounds';
import { combinations, middleOf, SEARCHES } from './combinations';
import { seedLinks } from './seed';

const [FEW, MANY] = [10_000, 1_000_000];
const PAGE = 26;
const MOST_SQL_MS = 5;
const MOST_SEARCH_MS = 15;
const MOST_GROWTH = 1.5;
/** A million links within a minute. */
const MOST_EXPORT_MS_A_LINK = 0.06;
const MOST_EXPORT_MB = 64;

type Times = { first: number; deep: number; search: number };

/** What each statement took, at its best of `rounds`: what else the machine does is not what is asked for. */
async function timesOf(connection: Connection, own: number, rounds: number): Promise<Times> {
  const { db } = connection;
  const profiles = (await listProfiles(db, own)).map(({ id }) => id);
  const middle = await middleOf(connection, own);
  const best = async (ask: () => Promise<unknown>): Promise<number> => {
    const taken: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const begun = performance.now();
      await ask();
      taken.push(performance.now() - begun);
    }
    return Math.min(...taken);
  };
  const [first, deep, search]: [number[], number[], number[]] = [[], [], []];
  for (const { sort, filter } of combinations(profiles, true)) {
    const page = (from?: (typeof middle)[typeof sort]) => () =>
      listPaymentLinks(db, own, filter, { sort, from, back: false, limit: PAGE });
    first.push(await best(page()));
    deep.push(await best(page(middle[sort])));
  }
  for (const wanted of SEARCHES)
    for (const from of [undefined, middle.newest])
      search.push(
        await best(async () =>
          listMeant(db, own, {}, await findMeant(db, own, wanted), {
            sort: 'newest',
            from,
            back: false,
            limit: PAGE,
          }),
        ),
      );
  return { first: percentile(first, 0.95), deep: percentile(deep, 0.95), search: percentile(search, 0.95) };
}

/** Takes the whole list of a merchant away, and gives how long that took. */
async function exported(portal: string, key: string, links: number): Promise<number> {
  const begun = performance.now();
  const headers = { authorization: `Bearer ${key}` };
  const answer = await request(`${portal}/api/v1/exports/payment-links.csv`, { headers });
  let lines = 0;
  for await (const chunk of answer.body) for (const byte of chunk as Uint8Array) if (byte === 10) lines++;
  if (lines < links) throw new Error(`of ${links} links ${lines} lines came`);
  return performance.now() - begun;
}

async function installed(around: Surroundings, links: number) {
  const made = await install(around, ['portal']);
  const connection = connect(made.plan.databaseUrl, { max: 1 });
  around.onClose(connection.close);
  const own = made.owner.merchantId;
  around.say(`  ${links.toLocaleString('en')} links`);
  await seedLinks(connection.sql, own, links);
  return { ...made, connection, own };
}

async function admin(around: Surroundings): Promise<Result> {
  const many = Math.round(MANY * around.scale);
  const small = await installed(around, FEW);
  const few = await timesOf(small.connection, small.own, around.rounds);
  const { connection, own, owner, portal, parts } = await installed(around, many);
  const large = await timesOf(connection, own, around.rounds);
  const key = await createApiKey(owner, { name: 'Bench', scopes: ['payment_links:read'] });
  if (!key.ok) throw new Error('a key could not be made');
  const running = parts.get('portal');
  if (!running) throw new Error('the portal does not run');
  await sleep(1_000);
  const memory = watchMemory(running.pid);
  around.onClose(memory.stop);
  const [counted] =
    await connection.sql`select count(*)::int as links from payment_links where merchant_id = ${own}`;
  const took = await exported(portal, key.value.key, counted?.links);
  const rounds = [large.first];
  return {
    name: `the list at ${many.toLocaleString('en')} links`,
    unit: 'ms',
    moreIsBetter: false,
    ours: { name: 'ours', median: large.first, min: large.first, max: large.first, rounds },
    peers: [],
    targets: [],
    bounds: [
      { what: 'first page, 95 of 100 filters and orders, ms', value: large.first, atMost: MOST_SQL_MS },
      { what: 'deep page beside first', value: large.deep / large.first, atMost: MOST_GROWTH },
      { what: 'first page beside 10,000 links', value: large.first / few.first, atMost: MOST_GROWTH },
      { what: 'search, 95 of 100, ms', value: large.search, atMost: MOST_SEARCH_MS },
      {
        what: `export of ${counted?.links} links, ms`,
        value: took,
        atMost: counted?.links * MOST_EXPORT_MS_A_LINK,
      },
      {
        what: 'export: memory of the portal beyond its start, MB',
        value: memory.grownMb(),
        atMost: MOST_EXPORT_MB,
      },
    ],
  };
}

export const ADMIN: Benchmark = {
  name: 'admin',
  about: 'the list of links: every filter and order, search and export, at 10,000 and 1,000,000 links',
  run: admin,
};
