import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINK_STATUSES, type LinkSort } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import type { Place } from '@/db/queries/link-list';
import { countLinks, LOOKED_AT, listPaymentLinks } from '@/db/queries/link-list';
import { findMeant, listMeant } from '@/db/queries/link-search';
import { listProfiles } from '@/db/queries/merchants';
import * as schema from '@/db/schema';
import { type TestHouse, testHouse } from '@/lib/testing';
import { combinations, middleOf, SEARCHES } from './combinations';
import { seedLinks } from './seed';

const LINKS = 40_000;
let house: TestHouse;
let profiles: string[];
let middle: Record<LinkSort, Place>;

beforeAll(async () => {
  house = await testHouse();
  const { database, merchantId } = house;
  await seedLinks(database.sql, merchantId, LINKS);
  profiles = (await listProfiles(database.db, merchantId)).map(({ id }) => id);
  middle = await middleOf(database, merchantId);
}, 120_000);
afterAll(() => house.close());

type Node = {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
const isLimited = (node: Node): boolean => nodesOf(node).some((one) => one['Node Type'] === 'Limit');

/** What is wrong with how the database answers what is asked of `tx`. */
async function faultsOf(what: unknown, ask: (tx: Executor) => Promise<unknown>): Promise<string[]> {
  const sent: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  await ask(drizzle(house.database.sql, { schema, logger }));
  const faults: string[] = [];
  for (const { query, params } of sent) {
    const rows = await house.database.sql.unsafe(
      `explain (analyze, format json) ${query}`,
      params as never[],
    );
    const nodes = nodesOf(rows[0]?.['QUERY PLAN'][0].Plan);
    const read = (node: Node): number =>
      (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    const say = (fault: string) => faults.push(`${fault}: ${JSON.stringify(what)}`);
    if (/\boffset\b/i.test(query)) say('OFFSET');
    for (const node of nodes) {
      const type = node['Node Type'];
      if (type === 'Seq Scan') say(type);
      if (type === 'Aggregate' && !isLimited(node) && read(node) < 2) say(`${type} of all`);
      if (read(node) > LOOKED_AT) say(`${type} on ${node['Index Name']} of ${read(node)} rows`);
    }
  }
  return faults;
}

test('no page of any filter and order is read by a sequential scan, OFFSET or more links than one statement may look at', async () => {
  const faults: string[] = [];
  for (const { sort, filter } of combinations(profiles, false))
    for (const [from, back] of [
      [undefined, false],
      [middle[sort], false],
      [middle[sort], true],
    ] as const)
      faults.push(
        ...(await faultsOf({ sort, filter, from, back }, (tx) =>
          listPaymentLinks(tx, house.merchantId, filter, { sort, from, back, limit: 26 }),
        )),
      );
  expect(faults).toEqual([]);
}, 60_000);

test('nor is any search', async () => {
  const faults: string[] = [];
  for (const wanted of SEARCHES)
    for (const from of [undefined, middle.newest])
      for (const filter of [{}, { status: 'paid' } as const])
        faults.push(
          ...(await faultsOf({ wanted, from, filter }, async (tx) =>
            listMeant(tx, house.merchantId, filter, await findMeant(tx, house.merchantId, wanted), {
              sort: 'newest',
              from,
              back: false,
              limit: 26,
            }),
          )),
        );
  expect(faults).toEqual([]);
}, 60_000);

test('statuses are counted up to a number, by their index', async () => {
  expect(
    await faultsOf('counts', (tx) => countLinks(tx, house.merchantId, LINK_STATUSES, LOOKED_AT)),
  ).toEqual([]);
});
