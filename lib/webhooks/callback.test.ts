import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelPaymentLink, createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import {
  deleteWebhookEndpoint,
  deliver,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  listWebhookDeliveries,
  listWebhookEndpoints,
  pingWebhookEndpoint,
  redeliverEvent,
  replayWebhookEvents,
  rotateWebhookSecret,
  settle,
  updateWebhookEndpoint,
} from '.';
import { EndpointTales } from './testing';

let house: TestHouse;
let status = 200;
const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    got.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(status).end();
  });
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

async function sendDue(): Promise<void> {
  got.length = 0;
  for (const one of await tales.due())
    await settle(house.services, [await deliver(house.services.config, one)]);
}
async function callbackEndpoint() {
  const listed = await listWebhookEndpoints(owner(), {});
  const found = listed.ok ? listed.value.data.find((one) => one.profile !== null) : undefined;
  if (!found) throw new Error('there is no endpoint of callbacks');
  return found;
}
/** The event of a link's making. */
const eventOf = async (paymentLink: string) => {
  const [row] = await house.database.sql`select payload from events
    where payload like ${`%${paymentLink}%`} and sequence = 1`;
  return JSON.parse(row?.payload).id as string;
};
const newLink = (path: string) => tales.newLink({ callbackUrl: `${origin()}${path}` });

test('the events of a link go to its own address, signed with the secret of its profile, and to nobody else', async () => {
  const link = await newLink('/cb?order=1');
  expect(link.callbackUrl).toBe(`${origin()}/cb?order=1`);
  await tales.newLink();
  const endpoint = await callbackEndpoint();
  expect(endpoint).toMatchObject({ url: null, profile: link.profile, state: 'enabled' });
  const rotated = await rotateWebhookSecret(owner(), endpoint.id, { overlapSeconds: 0 });
  await sendDue();
  expect(got.map((one) => one.path)).toEqual(['/cb?order=1']);
  const secret = rotated.ok ? rotated.value.secret : '';
  const [one] = got;
  const event = new Webhook(secret).verify(one?.body ?? '', one?.headers as Record<string, string>);
  expect(event).toMatchObject({ type: 'payment_link.created', paymentLink: link.id });
  await newLink('/other');
  expect((await callbackEndpoint()).id).toBe(endpoint.id);
  await sendDue();
});

test('a callback that answers 410 ends itself, and one that fails for days switches nothing off', async () => {
  await newLink('/gone');
  status = 410;
  await sendDue();
  status = 500;
  await newLink('/broken');
  await sendDue();
  status = 200;
  expect(await callbackEndpoint()).toMatchObject({ state: 'enabled', failingSince: null });
  const listed = await listWebhookDeliveries(owner(), { limit: '2' });
  expect(listed.ok && listed.value.data.map(({ url, state }) => [new URL(url).pathname, state])).toEqual([
    ['/broken', 'retrying'],
    ['/gone', 'disabled'],
  ]);
});

test('it is sent again to where it went; it cannot be pinged, replayed or moved', async () => {
  const link = await newLink('/again');
  await sendDue();
  const { id, version } = await callbackEndpoint();
  expect(await redeliverEvent(owner(), await eventOf(link.id), {})).toMatchObject({ ok: true });
  await sendDue();
  expect(got.map((one) => one.path)).toEqual(['/again']);
  const plain = await tales.newLink();
  expect(await redeliverEvent(owner(), await eventOf(plain.id), { endpoint: id })).toMatchObject({
    error: { code: 'conflict' },
  });
  for (const act of [
    pingWebhookEndpoint(owner(), id),
    replayWebhookEvents(owner(), id, { since: new Date(Date.now() - 1000).toISOString() }),
  ])
    expect(await act).toMatchObject({ error: { code: 'conflict' } });
  expect(await updateWebhookEndpoint(owner(), id, { url: `${origin()}/x` }, version)).toMatchObject({
    error: { code: 'invalid' },
  });
});

test('its types and headers are those of the profile; switched off, events are kept for later; deleted, the next event makes it anew', async () => {
  const { id, version } = await callbackEndpoint();
  const change = { types: ['payment_link.canceled' as const], headers: { 'X-Key': 'k' } };
  expect(await updateWebhookEndpoint(owner(), id, change, version)).toMatchObject({ ok: true });
  await newLink('/typed');
  await sendDue();
  expect(got).toEqual([]);
  await updateWebhookEndpoint(owner(), id, { types: null }, version + 1);
  await newLink('/typed');
  await sendDue();
  expect(got.map((one) => one.headers['x-key'])).toEqual(['k']);
  await disableWebhookEndpoint(owner(), id);
  const link = await newLink('/off');
  await sendDue();
  expect(got).toEqual([]);
  await enableWebhookEndpoint(owner(), id);
  expect(await redeliverEvent(owner(), await eventOf(link.id), {})).toMatchObject({ ok: true });
  await sendDue();
  expect(got.map((one) => one.path)).toEqual(['/off']);
  await deleteWebhookEndpoint(owner(), id);
  expect(await cancelPaymentLink(owner(), link.id)).toMatchObject({ ok: true });
  await sendDue();
  expect(got.map((one) => one.path)).toEqual(['/off']);
  expect((await callbackEndpoint()).id).not.toBe(id);
});

test('a callback address is judged as an endpoint’s is', async () => {
  for (const callbackUrl of [
    'http://10.0.0.1/',
    'https://10.0.0.1/',
    'ftp://example.com/',
    'https://localhost/',
  ])
    expect(
      await createPaymentLink(owner(), { amountMinor: 100, currency: 'GBP', callbackUrl }),
    ).toMatchObject({ error: { code: 'invalid', errors: [{ path: 'callbackUrl' }] } });
});
