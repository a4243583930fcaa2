import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Executor } from '@/db/client';
import { type TestHouse, testHouse } from '@/lib/testing';
import { faultsOf, faultsOfCounts, faultsOfFilters, faultsOfOtherReads, faultsOfSearches } from './plans';
import { seedLinks } from './seed';

/** A million by `npm run verify:lists`. */
const LINKS = Number(process.env.LIST_LINKS ?? 40_000);
const MOST_MS = 120_000 + LINKS;
let house: TestHouse;

beforeAll(async () => {
  house = await testHouse();
  await seedLinks(house.database.sql, house.merchantId, LINKS);
}, MOST_MS);
afterAll(() => house.close());

test(
  'no page of any filter and order is read by a sequential scan, OFFSET or more links than one statement may look at',
  async () => {
    expect(await faultsOfFilters(house.database, house.merchantId)).toEqual([]);
  },
  MOST_MS,
);

test(
  'nor is what the API reads of a list, or a file',
  async () => {
    expect(await faultsOfOtherReads(house.database, house.merchantId)).toEqual([]);
  },
  MOST_MS,
);

test(
  'nor is any search',
  async () => {
    expect(await faultsOfSearches(house.database, house.merchantId)).toEqual([]);
  },
  MOST_MS,
);

test('what is counted is counted up to a number, by an index', async () => {
  expect(await faultsOfCounts(house.database, house.merchantId)).toEqual([]);
});

test.each([
  ['Seq Scan', () => sql`select id from payment_links where description = 'Order 7' limit 26`],
  [
    'OFFSET',
    (own: number) =>
      sql`select id from payment_links where merchant_id = ${own} order by id limit 26 offset 52`,
  ],
  ['Aggregate of all', (own: number) => sql`select count(*) from payment_links where merchant_id = ${own}`],
  [
    'Index Scan on payment_links_merchant_id_id_pk of',
    (own: number) =>
      sql`select id from payment_links where merchant_id = ${own} and description = 'none' order by id limit 26`,
  ],
])('%s is found where it is', async (fault, statement) => {
  const ask = (tx: Executor) => tx.execute(statement(house.merchantId));
  const faults = await faultsOf(house.database, 'control', ask);
  expect(faults).toContainEqual(expect.stringContaining(fault));
});
