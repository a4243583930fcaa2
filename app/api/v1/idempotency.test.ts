import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { idempotencyKeys } from '@/db/schema';
import { setClock } from '@/db/testing';
import { OPERATIONS } from '@/lib/contracts/operations';
import { LinkTales } from '@/lib/payment-links/testing';
import { purge } from '@/lib/retention';
import { ApiHouse } from '../../_server/testing';

let api: ApiHouse;
const tales = new LinkTales(() => api.house);
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterEach(() => setClock(api.house.services.db, 0));
afterAll(() => api.close());

const body = (reference: string) => ({ amountMinor: 1240, currency: 'GBP', reference });
const under = (key: string, more: object = {}) => ({ headers: { 'idempotency-key': key, ...more } });
const issue = (key: string, reference: string, more: object = {}) =>
  api.call('POST', '/payment-links', { ...under(key), body: body(reference), ...more });
async function count(reference: string): Promise<number> {
  const page = await api.call('GET', `/payment-links?reference=${reference}`);
  return (page.json.data as unknown[]).length;
}

test('same key and body: one link, the same answer byte for byte, told as replayed', async () => {
  const first = await issue('k1', 'once');
  const again = await issue('k1', 'once');
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.text).toBe(first.text);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.headers.get('content-type')).toBe('application/json');
  expect(await count('once')).toBe(1);
});

test('a refusal too is answered the same, byte for byte, its request id with it', async () => {
  const wrong = () => api.call('POST', '/payment-links', { ...under('k2'), body: { amountMinor: 0 } });
  const first = await wrong();
  const again = await wrong();
  expect([first.status, again.status]).toEqual([422, 422]);
  expect(again.text).toBe(first.text);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.headers.get('content-type')).toBe('application/problem+json');
});

test('same key, other body, if only by a blank: 422, and nothing is done', async () => {
  await issue('k3', 'first');
  const other = await issue('k3', 'second');
  expect([other.status, other.json.code]).toEqual([422, 'idempotency_mismatch']);
  const spaced = await api.call('POST', '/payment-links', {
    body: `${JSON.stringify(body('first'))} `,
    ...under('k3', { 'content-type': 'application/json' }),
  });
  expect([spaced.status, spaced.json.code]).toEqual([422, 'idempotency_mismatch']);
  expect([await count('first'), await count('second')]).toEqual([1, 0]);
});

const acts = OPERATIONS.filter(({ path }) => path.startsWith('/payment-links/{id}/'))
  .filter(({ method }) => method === 'POST')
  .map(({ id, path, example }) => [id, path, example?.request] as const);

test.each(acts)(
  '%s: without a key, or under another, it is the same answer and is not done twice',
  async (act, path, request) => {
    const { id } = await tales.issued();
    if (act === 'unlockPaymentLink') await tales.lock(id);
    const done = (headers = {}) =>
      api.call('POST', path.replace('{id}', id), {
        headers,
        ...(request !== undefined && { body: request }),
      });
    const audited = async () => (await api.house.database.sql`select count(*) from audit_entries`)[0]?.count;
    const before = await audited();
    const first = await done();
    const after = await audited();
    expect(after).not.toBe(before);
    for (const again of [
      await done(),
      await done({ 'idempotency-key': `${act}-1` }),
      await done({ 'idempotency-key': `${act}-2` }),
    ])
      expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(await audited()).toBe(after);
  },
);

test('a PATCH under the same key for another version is another request', async () => {
  const { json } = await issue('k4', 'patched');
  const patch = (version: string) =>
    api.call('PATCH', `/payment-links/${json.id}`, {
      body: { metadata: { a: 'b' } },
      ...under('k5', { 'if-match': version }),
    });
  expect((await patch('"1"')).status).toBe(200);
  expect((await patch('"1"')).headers.get('idempotency-replayed')).toBe('true');
  expect((await patch('"2"')).json.code).toBe('idempotency_mismatch');
});

test('while the first still runs, the second is 409 with Retry-After; then it gets the answer of the first', async () => {
  const link = await issue('k6', 'held');
  const cancel = () => api.call('POST', `/payment-links/${link.json.id}/cancel`, under('k7'));
  const { db } = api.house.services;
  const first = await db.transaction(async (tx) => {
    await tx.execute(sql`select id from payment_links for update`);
    const running = cancel();
    await new Promise((done) => setTimeout(done, 300));
    const second = await cancel();
    expect([second.status, second.json.code]).toEqual([409, 'idempotency_in_flight']);
    expect(second.headers.get('retry-after')).toBe('1');
    return { running };
  });
  const answered = await first.running;
  const replayed = await cancel();
  expect([answered.status, replayed.status, replayed.text]).toEqual([200, 200, answered.text]);
});

test('an object that another act holds for too long is 503 with Retry-After, not "in flight", and nothing is kept', async () => {
  const link = await issue('k8', 'busy');
  const cancel = () => api.call('POST', `/payment-links/${link.json.id}/cancel`, under('k9'));
  const { db } = api.house.services;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select id from payment_links for update`);
    const told = await cancel();
    expect([told.status, told.json.code, told.headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
  });
  expect((await cancel()).json).toMatchObject({ status: 'canceled' });
});

test('a connection that breaks in the middle leaves nothing done; the next try does it once', async () => {
  const { db } = api.house.services;
  const broken = await db.transaction(async (tx) => {
    await tx.execute(sql`lock table payment_links in exclusive mode`);
    const running = issue('k10', 'broken');
    const breakWaiting = () =>
      tx.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
    while ((await breakWaiting()).length === 0) await new Promise((done) => setTimeout(done, 20));
    return { running };
  });
  expect((await broken.running).status).toBe(503);
  expect(await count('broken')).toBe(0);
  const next = await issue('k10', 'broken');
  expect([next.status, next.headers.get('idempotency-replayed')]).toEqual([201, null]);
  expect(await count('broken')).toBe(1);
});

test("another merchant's same key is its own, and a key without the scope gets no stored answer", async () => {
  await issue('k11', 'mine');
  const theirs = await issue('k11', 'theirs', { key: api.strangerKey });
  expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([201, null]);
  const reader = await api.newKey(api.house.merchantId, ['payment_links:read']);
  expect((await issue('k11', 'mine', { key: reader })).status).toBe(403);
});

test('for seven days the answer stays; eight days later the key is free, and the sweep deletes what is over', async () => {
  const { db } = api.house.services;
  const first = await issue('k12', 'kept');
  await setClock(db, 7 * 86_400 - 60);
  expect((await issue('k12', 'kept')).text).toBe(first.text);
  await setClock(db, 8 * 86_400);
  const free = await issue('k12', 'anew');
  expect([free.status, free.headers.get('idempotency-replayed')]).toEqual([201, null]);
  await purge(api.house.services, 1_000);
  const left = await db.select({ key: idempotencyKeys.key }).from(idempotencyKeys);
  expect(left.map(({ key }) => key)).toEqual(['k12']);
});
