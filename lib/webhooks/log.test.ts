import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import {
  deliver,
  disableWebhookEndpoint,
  listWebhookDeliveries,
  readWebhookDelivery,
  redeliverEvent,
  settle,
} from '.';
import { EndpointTales } from './testing';

let house: TestHouse;
let status = 200;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(status, { 'x-trace': 'card 4242424242424242', 'set-cookie': 'a=b' }).end('thanks');
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  house = await testHouse({ sandboxUrl: origin() });
});
afterAll(async () => {
  await house.close();
  server.closeAllConnections();
  server.close();
});
const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const tales = new EndpointTales(() => house);
const owner = tales.owner;
const made = (more: object = {}) => tales.made({ url: `${origin()}/hook`, ...more });

/** Sends all that is due, once. */
async function sendDue(): Promise<void> {
  for (const one of await tales.due())
    await settle(house.services, [await deliver(house.services.config, one)]);
}
async function list(query: object, ctx = house.as('viewer')) {
  const outcome = await listWebhookDeliveries(ctx, query);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}
async function read(id: string) {
  const outcome = await readWebhookDelivery(house.as('viewer'), id);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}
async function redeliver(event: string, body: object = {}) {
  const outcome = await redeliverEvent(owner(), event, body);
  return outcome.ok ? outcome.value.deliveries : outcome.error.code;
}

test('a delivery shows every request and response, without values of headers, cookies or card numbers', async () => {
  const one = await made({ headers: { Authorization: 'Bearer hush' } });
  const link = await tales.newLink();
  status = 500;
  await sendDue();
  const [delivery] = (await list({ endpoint: one.id })).data;
  expect(delivery).toMatchObject({ state: 'retrying', tries: 1, url: `${origin()}/hook` });
  status = 200;
  await redeliver(delivery?.event ?? '');
  await sendDue();
  const detail = await read(delivery?.id ?? '');
  expect(JSON.parse(detail.body)).toMatchObject({ id: delivery?.event, paymentLink: link.id });
  expect(detail).toMatchObject({ state: 'succeeded', tries: 2, nextTryAt: null });
  expect(detail.attempts.map((attempt) => attempt.response?.status)).toEqual([500, 200]);
  const [attempt] = detail.attempts;
  expect(attempt?.request?.headers).toMatchObject({ Authorization: '•••', 'webhook-id': delivery?.event });
  expect(attempt?.request?.headers['webhook-signature']).toMatch(/^v1,\S+ v1a,\S+$/);
  expect(attempt?.response).toMatchObject({
    body: 'thanks',
    headers: { 'x-trace': 'card ••••••••••••••••' },
  });
  expect(JSON.stringify([detail, await house.database.sql`select * from webhook_tries`])).not.toMatch(
    /hush|4242|a=b/,
  );
  await tales.removed(one.id);
});

test('a try that got no answer says how far it came', async () => {
  const one = await made();
  await house.database.sql`update webhook_endpoints set url = 'http://127.0.0.1:9/' where deleted_at is null`;
  await tales.newLink();
  await sendDue();
  const [delivery] = (await list({ endpoint: one.id })).data;
  const { attempts } = await read(delivery?.id ?? '');
  expect(attempts).toMatchObject([{ response: null, error: expect.stringMatching(/^before: /) }]);
  await tales.removed(one.id);
});

test('deliveries are listed newest first, by endpoint, event, type and state, in pages', async () => {
  const [one, other] = [await made(), await made()];
  for (let i = 0; i < 3; i++) await tales.newLink();
  const all = (await list({ endpoint: one.id })).data;
  expect(all).toHaveLength(3);
  const first = await list({ endpoint: one.id, limit: '2' });
  const rest = await list({ endpoint: one.id, limit: '2', cursor: first.nextCursor ?? '' });
  expect([...first.data, ...rest.data]).toEqual(all);
  expect(rest.nextCursor).toBeNull();
  const ofEvent = await list({ event: all[0]?.event });
  expect(ofEvent.data.map((each) => each.webhookEndpoint).sort()).toEqual([one.id, other.id].sort());
  await sendDue();
  expect((await list({ endpoint: one.id, status: 'pending' })).data).toEqual([]);
  expect((await list({ endpoint: one.id, status: 'succeeded' })).data).toHaveLength(3);
  const ofType = async (types: string) => (await list({ endpoint: one.id, types })).data.length;
  expect(await ofType('payment_link.paid')).toBe(0);
  expect(await ofType('payment_link.paid,payment_link.created')).toBe(3);
  for (const wrong of [{ status: 'lost' }, { types: 'payment_link.sold' }])
    expect(await listWebhookDeliveries(owner(), wrong)).toMatchObject({ error: { code: 'invalid' } });
  expect(await listWebhookDeliveries(owner(), { cursor: 'x' })).toMatchObject({ error: { code: 'invalid' } });
  await tales.removed(one.id, other.id);
});

test('an event is sent again to all that want it, or to one whatever it wants; not to one that is off', async () => {
  const before = await tales.newLink();
  const one = await made();
  const picky = await made({ types: ['payment_link.paid'] });
  const [row] = await house.database.sql`select payload from events where payload like ${`%${before.id}%`}`;
  const event = JSON.parse(row?.payload).id as string;
  const all = await redeliver(event);
  expect(all).toMatchObject([{ webhookEndpoint: one.id, state: 'pending', tries: 0 }]);
  expect(await redeliver(event, { endpoint: picky.id })).toMatchObject([{ webhookEndpoint: picky.id }]);
  await sendDue();
  const again = await redeliver(event, { endpoint: one.id });
  expect(again).toMatchObject([{ state: 'pending', tries: 1, endedAt: null }]);
  await disableWebhookEndpoint(owner(), one.id);
  expect(await redeliver(event, { endpoint: one.id })).toBe('conflict');
  expect(await redeliver(event)).toBe('conflict');
  await tales.removed(one.id, picky.id);
});

test('one that is being sent is left alone', async () => {
  const one = await made();
  await tales.newLink();
  const [held] = await tales.waitingFor(one.id);
  expect(await redeliver(held?.eventId ?? '')).toMatchObject([{ id: held?.id, state: 'pending' }]);
  expect(await tales.waitingFor(one.id)).toEqual([]);
  if (!held) throw new Error('nothing was held');
  expect(await settle(house.services, [await deliver(house.services.config, held)])).toEqual({ fenced: 0 });
  await tales.removed(one.id);
});

test('only who may does, and another merchant finds nothing', async () => {
  const one = await made();
  await tales.newLink();
  const [delivery] = (await list({ endpoint: one.id })).data;
  const { id = '', event = '' } = delivery ?? {};
  for (const ctx of [house.as('agent'), house.as('payer'), house.as('api', [])]) {
    expect(await listWebhookDeliveries(ctx, {})).toMatchObject({ error: { code: 'forbidden' } });
    expect(await readWebhookDelivery(ctx, id)).toMatchObject({ error: { code: 'forbidden' } });
  }
  for (const ctx of [house.as('viewer'), house.as('api', ['webhooks:read'])])
    expect(await redeliverEvent(ctx, event, {})).toMatchObject({ error: { code: 'forbidden' } });
  expect((await list({}, house.stranger)).data).toEqual([]);
  expect((await list({ endpoint: one.id }, house.stranger)).data).toEqual([]);
  expect(await readWebhookDelivery(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await redeliverEvent(house.stranger, event, {})).toMatchObject({ error: { code: 'not_found' } });
  await tales.removed(one.id);
});
