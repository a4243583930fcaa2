import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '@/lib/testing';
import { faultsOfCounts, faultsOfFilters, faultsOfSearches } from './plans';
import { seedLinks } from './seed';

const LINKS = 40_000;
let house: TestHouse;

beforeAll(async () => {
  house = await testHouse();
  await seedLinks(house.database.sql, house.merchantId, LINKS);
}, 120_000);
afterAll(() => house.close());

test('no page of any filter and order is read by a sequential scan, OFFSET or more links than one statement may look at', async () => {
  expect(await faultsOfFilters(house.database, house.merchantId)).toEqual([]);
}, 60_000);

test('nor is any search', async () => {
  expect(await faultsOfSearches(house.database, house.merchantId)).toEqual([]);
}, 60_000);

test('statuses are counted up to a number, by their index', async () => {
  expect(await faultsOfCounts(house.database, house.merchantId)).toEqual([]);
});
