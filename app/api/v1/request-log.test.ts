import { afterAll, beforeAll, expect, test } from 'vitest';
import { listApiRequests } from '@/lib/api-requests';
import { requestLog } from '../../_server/request-log';
import { ApiHouse } from '../../_server/testing';

let api: ApiHouse;
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterAll(() => api.close());

const body = { amountMinor: 1240, currency: 'GBP', customer: { name: 'Ada Lovelace' } };
const read = async (id: string | null) => {
  await requestLog().flush();
  return (await api.call('GET', `/api-requests/${id}`)).json;
};

test('every call of a key is in the log under the Request-Id of its answer: done, refused, replayed, forbidden, lost', async () => {
  const key = { headers: { 'idempotency-key': 'log-1', 'user-agent': 'till/1' } };
  const done = await api.call('POST', '/payment-links', { body, ...key });
  const again = await api.call('POST', '/payment-links', { body, ...key });
  const refused = await api.call('POST', '/payment-links', { body: { ...body, surprise: 'Ada' } });
  const nowhere = await api.call('GET', '/payment-links/plink_nothing?');
  const scoped = await api.newKey(api.house.merchantId, ['refunds:read']);
  const forbidden = await api.call('GET', '/ledger', { key: scoped });
  expect(await read(done.headers.get('request-id'))).toMatchObject({
    operation: 'createPaymentLink',
    status: 201,
    code: null,
    address: '192.0.2.7',
    userAgent: 'till/1',
    idempotencyKey: 'log-1',
    idempotencyReplayed: false,
    body: { ...body, customer: { name: '•••' } },
    problem: null,
  });
  expect(await read(again.headers.get('request-id'))).toMatchObject({
    status: 201,
    idempotencyReplayed: true,
  });
  expect(await read(refused.headers.get('request-id'))).toMatchObject({
    status: 422,
    code: 'invalid',
    body: { surprise: '•••' },
    problem: { code: 'invalid', errors: [{ path: 'surprise' }] },
  });
  expect(await read(nowhere.headers.get('request-id'))).toMatchObject({
    method: 'GET',
    status: 404,
    body: null,
  });
  expect(await read(forbidden.headers.get('request-id'))).toMatchObject({ status: 403, code: 'forbidden' });
});

test('a call of nobody and one refused for its rate are not kept', async () => {
  const nobody = await api.call('GET', '/payment-links', { key: null });
  expect((await read(nobody.headers.get('request-id'))).code).toBe('not_found');
  const key = await api.newKey(api.house.stranger.merchantId);
  await api.call('GET', '/ledger', { key });
  await api.house.database.sql`update api_rate_buckets set full_at = cf_now() + interval '1.99 seconds'
    where merchant_id = ${api.house.stranger.merchantId}`;
  expect((await api.call('GET', '/ledger', { key })).status).toBe(429);
  await requestLog().flush();
  const kept = await listApiRequests(api.house.stranger, { limit: '100', failed: 'true' });
  expect(kept.ok && kept.value.data.filter(({ status }) => status === 429)).toEqual([]);
});

test('a log that cannot be written is no fault of the call', async () => {
  const { sql } = api.house.database;
  await sql`alter table api_requests rename to away`;
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => api.call('POST', '/payment-links', { body })),
  );
  await requestLog().flush();
  await sql`alter table away rename to api_requests`;
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
});
