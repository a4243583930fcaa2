import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { API_RATE } from '@/core/api-rate';
import { takeApiToken } from '@/db/queries/api-rate';
import { apiRateBuckets } from '@/db/schema';
import { setClock } from '@/db/testing';
import { ApiHouse, type Told } from '../../_server/testing';

let api: ApiHouse;
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterEach(() => setClock(api.house.services.db, 0));
afterAll(() => api.close());

const { burst } = API_RATE;
const left = (told: Told) => Number(told.headers.get('ratelimit-remaining'));
const ask = (key: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => api.call('GET', '/ledger?limit=1', { key })));
/** Every bucket is empty for most of a second, however slow the machine; full again by a clock that is three seconds on. */
const emptyAll = () =>
  api.house.services.db.update(apiRateBuckets).set({ fullAt: sql`cf_now() + interval '1900 milliseconds'` });

test('every answer to a key tells what it may still ask', async () => {
  const key = await api.newKey(api.house.merchantId);
  const first = await api.call('GET', '/ledger', { key });
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'ratelimit-limit': '100',
    'ratelimit-remaining': '99',
    'ratelimit-reset': '1',
  });
  for (const told of [
    await api.call('GET', '/payment-links/plink_nothing', { key }),
    await api.call('POST', '/payment-links', { key, body: {} }),
  ])
    expect(left(told)).toBeGreaterThan(0);
  const nobody = await api.call('GET', '/ledger', { key: null });
  expect(nobody.headers.get('ratelimit-limit')).toBeNull();
});

test('an empty bucket is answered 429 with Retry-After, does nothing, and fills again; other keys are not touched', async () => {
  const key = await api.newKey(api.house.merchantId);
  expect((await ask(key, burst)).map(({ status }) => status)).toEqual(Array(burst).fill(200));
  const other = await api.newKey(api.house.merchantId);
  await emptyAll();
  const refused = (await ask(key, 10)).filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const told of refused) {
    expect(told.json).toMatchObject({ code: 'rate_limited' });
    expect(Object.fromEntries(told.headers)).toMatchObject({
      'retry-after': '1',
      'ratelimit-remaining': '0',
    });
  }
  expect((await api.call('GET', '/ledger', { key: other })).status).toBe(200);
  await setClock(api.house.services.db, 3);
  expect(left(await api.call('GET', '/ledger', { key }))).toBe(burst - 1);
});

test('a request that was throttled is not kept under its Idempotency-Key', async () => {
  const key = await api.newKey(api.house.merchantId);
  const { db } = api.house.services;
  await api.call('GET', '/ledger', { key });
  await emptyAll();
  const asked = {
    key,
    body: { amountMinor: 5, currency: 'GBP' },
    headers: { 'idempotency-key': 'throttled' },
  };
  const refused = await api.call('POST', '/payment-links', asked);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  await setClock(db, 3);
  const done = await api.call('POST', '/payment-links', asked);
  expect([done.status, done.headers.get('idempotency-replayed')]).toEqual([201, null]);
});

test('the budget is one over all processes, and refills by the clock of the database at its rate', async () => {
  const { db } = api.house.services;
  const bucket = { merchantId: api.house.merchantId, clientId: 'key_of_a_test' };
  const rate = { perSecond: 10, burst: 10 };
  const take = () => takeApiToken(db, bucket, rate);
  const many = await Promise.all(Array.from({ length: 40 }, take));
  const admitted = many.filter((seconds) => seconds !== null).length;
  expect(admitted).toBeGreaterThanOrEqual(10);
  expect(admitted).toBeLessThan(25);
  await setClock(db, 3_600);
  const full = [];
  for (let i = 0; i < 12; i++) full.push(await take());
  expect(full.slice(0, 10).every((seconds) => seconds !== null)).toBe(true);
  expect(full[0]).toBeCloseTo(0.1, 1);
});

test('a clock that is set back by hours shuts nobody out', async () => {
  const key = await api.newKey(api.house.merchantId);
  await setClock(api.house.services.db, 3_600);
  expect((await api.call('GET', '/ledger', { key })).status).toBe(200);
  await setClock(api.house.services.db, 0);
  expect(left(await api.call('GET', '/ledger', { key }))).toBe(burst - 1);
});

test('a bucket costs no write to the disk', async () => {
  const rows = await api.house.services.db.execute<{ kind: string }>(
    sql`select relpersistence as kind from pg_class where relname = 'api_rate_buckets'`,
  );
  expect(rows[0]?.kind).toBe('u');
});
