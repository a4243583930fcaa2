import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { newId } from '../ids';
import { purge } from '../retention';
import { type TestHouse, testHouse } from '../testing';
import { type Answered, listApiRequests, RequestLog, readApiRequest } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const CARD = '4242424242424242';
const answered = (more: Partial<Answered> = {}): Answered => ({
  merchantId: house.merchantId,
  requestId: newId('request'),
  client: { id: newId('apiKey'), name: 'Till' },
  method: 'POST',
  path: '/api/v1/payment-links',
  query: {},
  operation: 'createPaymentLink',
  input: undefined,
  status: 201,
  problem: null,
  durationMs: 5,
  address: '192.0.2.7',
  userAgent: 'till/1',
  idempotencyKey: null,
  replayed: false,
  ...more,
});
async function logged(...all: Answered[]): Promise<void> {
  const log = new RequestLog(house.services);
  for (const one of all) log.add(one);
  await log.flush();
}
const listed = async (input: object = {}, who = house.as('owner')) => {
  const page = await listApiRequests(who, input);
  if (!page.ok) throw new Error(page.error.message);
  return page.value;
};
const detail = async (id: string) => {
  const found = await readApiRequest(house.as('admin'), id);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

test('of what was sent the shape, the numbers and the words of the API stay; people, secrets and cards do not', async () => {
  const input = {
    amountMinor: 1240,
    currency: 'GBP',
    reference: 'order-1042',
    description: 'For Ada Lovelace, 12 Crescent Road',
    customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+442071234567' },
    metadata: { note: 'her birthday' },
    headers: { Authorization: 'Bearer hunter2' },
    secret: 'whsec_c2VjcmV0',
    send: [{ channel: 'email' }],
    profile: CARD,
    number: Number(CARD),
    [CARD]: true,
  };
  const one = answered({
    input,
    query: { q: 'Lovelace', status: 'paid', customer: 'ada@example.com' },
    path: `/api/v1/payment-links/${CARD}`,
    userAgent: `till ${CARD}`,
    idempotencyKey: '4242 4242 4242 4242',
  });
  await logged(one);
  const kept = await detail(one.requestId);
  expect(kept.body).toMatchObject({
    amountMinor: 1240,
    currency: 'GBP',
    reference: 'order-1042',
    description: '•••',
    customer: { name: '•••', email: '•••', phone: '•••' },
    metadata: { note: '•••' },
    headers: { Authorization: '•••' },
    secret: '•••',
    send: [{ channel: 'email' }],
    profile: '[dropped]',
    number: '•••',
  });
  expect(kept.query).toEqual({ q: '•••', status: 'paid', customer: '•••' });
  const [row] = await house.database.sql<{ text: string }[]>`select r::text as text from api_requests r
    where client_id = ${one.client.id}`;
  expect(row?.text).not.toMatch(/Lovelace|ada@|4207123|birthday|hunter2|whsec_|Crescent/);
  expect(row?.text.replace(/\D/g, '')).not.toContain(CARD);
});

test('a refusal is kept with its code, its sentence and its fields', async () => {
  const problem = {
    type: 'https://pay.example/developers/problems/invalid',
    code: 'invalid',
    detail: 'surprise: is not a known field',
    errors: [{ path: 'surprise', message: 'is not a known field' }],
  };
  const one = answered({ status: 422, problem });
  await logged(one);
  const { code, problem: kept } = await detail(one.requestId);
  const { type, ...told } = problem;
  expect([code, kept]).toEqual(['invalid', told]);
});

test('the list is walked newest first by cursor, and kept to a client, an operation, a status, or what failed', async () => {
  const client = { id: newId('apiKey'), name: 'Lists' };
  const all = [201, 404, 201, 422, 201].map((status) => answered({ client, status }));
  const other = answered({ client: { id: newId('oauthClient'), name: 'Other' }, operation: 'listLedger' });
  await logged(...all, other);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await listed({ client: client.id, limit: '2', ...(cursor && { cursor }) });
    seen.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(all.map(({ requestId }) => requestId).reverse());
  const statuses = async (more: object) =>
    (await listed({ client: client.id, ...more })).data.map(({ status }) => status);
  expect(await statuses({ failed: 'true' })).toEqual([422, 404]);
  expect(await statuses({ failed: 'false' })).toEqual([201, 201, 201]);
  expect(await statuses({ status: '404' })).toEqual([404]);
  expect((await listed({ operation: 'listLedger' })).data.map(({ id }) => id)).toEqual([other.requestId]);
});

test('agents and viewers, keys without the scope and the other merchant read nothing of it', async () => {
  const one = answered();
  await logged(one);
  for (const who of [house.as('agent'), house.as('viewer'), house.as('api', ['payment_links:read'])]) {
    expect(await listApiRequests(who, {})).toMatchObject({ error: { code: 'forbidden' } });
    expect(await readApiRequest(who, one.requestId)).toMatchObject({ error: { code: 'forbidden' } });
  }
  expect((await listed({}, house.stranger)).data).toEqual([]);
  expect(await readApiRequest(house.stranger, one.requestId)).toMatchObject({ error: { code: 'not_found' } });
  expect(
    (await listed({ limit: '100' }, house.as('api', ['api_requests:read']))).data.length,
  ).toBeGreaterThan(0);
});

test('for 30 days a request is kept; then the sweep deletes it', async () => {
  const one = answered();
  await logged(one);
  await setClock(house.services.db, 30 * 86_400 - 60);
  await purge(house.services, 5_000);
  expect((await detail(one.requestId)).id).toBe(one.requestId);
  await setClock(house.services.db, 30 * 86_400 + 60);
  await purge(house.services, 5_000);
  expect(await readApiRequest(house.as('owner'), one.requestId)).toMatchObject({
    error: { code: 'not_found' },
  });
});

test('a database that does not take it costs the log alone, and what comes faster than it is written is bounded', async () => {
  const { sql } = house.database;
  const lost = answered();
  await sql`alter table api_requests rename to away`;
  const log = new RequestLog(house.services);
  log.add(lost);
  await log.flush();
  await sql`alter table away rename to api_requests`;
  const client = { id: newId('apiKey'), name: 'Flood' };
  for (let i = 0; i < 3_000; i++) log.add(answered({ client }));
  await log.flush();
  const [row] = await sql<
    { many: number }[]
  >`select count(*)::int as many from api_requests where client_id = ${client.id}`;
  expect(row?.many).toBe(2_000);
});
