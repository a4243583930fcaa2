import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Asked, type MerchantSystem, merchantSystem, sendJson } from '@/lib/form-lookups/testing';
import { LinkTales } from '@/lib/payment-links/testing';
import { cancelSession } from '@/lib/payment-sessions';
import {
  createWebhookEndpoint,
  deliver,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  pingWebhookEndpoint,
  replayWebhookEvents,
  settle,
} from '@/lib/webhooks';
import { claimDue } from '@/lib/webhooks/testing';
import { CompatibleHouse } from './testing';

let vcc: CompatibleHouse;
let system: MerchantSystem;
let endpoint = '';
let secret = '';
let answer: (asked: Asked, response: ServerResponse) => void;
const tales = new LinkTales(() => vcc.house);
beforeAll(async () => {
  system = await merchantSystem((asked, response) => answer(asked, response));
  vcc = await CompatibleHouse.open(system.origin);
  const saved = await vcc.webhook({ url: `${system.origin}/vcc` });
  endpoint = saved.webhook?.endpoint.id ?? '';
  secret = saved.secret ?? '';
});
afterAll(async () => {
  await vcc.api.close();
  system.close();
});
beforeEach(async () => {
  answer = (_, response) => sendJson(response, {});
  await sendDue();
  system.asked.length = 0;
});

/** Sends everything that is due through the lane's own verbs. */
async function sendDue(): Promise<void> {
  for (const one of await claimDue(vcc.house))
    await settle(vcc.house.services, [await deliver(vcc.house.services.config, one)]);
}
const posted = (path = '/vcc') => system.asked.filter((asked) => asked.path === path);
const told = () => posted().map(({ body }) => JSON.parse(body));
const retryNow = () =>
  vcc.house.database.sql`update webhook_deliveries set next_try_at = cf_now() where state = 'retrying'`;
async function paid() {
  const begun = await vcc.digital();
  await tales.pay(begun.session.paymentLinkId);
  return begun;
}
/** The webhook of this version, with other credentials. */
const change = async (more: object) => {
  const rows = await vcc.house.database.sql<{ version: number }[]>`select version from webhook_endpoints
    where kind = 'compatible' and deleted_at is null`;
  return vcc.webhook({ url: `${system.origin}/vcc`, version: rows[0]?.version, ...more });
};

test('the end of a session is posted as exactly what a read answers, signed as Standard Webhooks', async () => {
  const { guid } = await paid();
  await sendDue();
  expect(told()).toEqual([(await vcc.status(guid)).json]);
  expect(told()[0]).toMatchObject({ sessionState: 'Finished', paymentResultData: { decision: 'ACCEPT' } });
  const [asked] = posted();
  expect(asked?.method).toBe('POST');
  expect(asked?.headers['content-type']).toBe('application/json');
  expect(() =>
    new Webhook(secret).verify(asked?.body ?? '', asked?.headers as Record<string, string>),
  ).not.toThrow();
});

test('a session that ends without the gateway is posted too', async () => {
  const { guid, session } = await vcc.digital();
  expect((await cancelSession(vcc.house.as('agent'), session.id)).ok).toBe(true);
  await sendDue();
  expect(told()).toMatchObject([
    { sessionGuid: guid, paymentResultData: { decision: 'CANCEL', reasonCode: '901' } },
  ]);
});

test('the events of Counterfoil go out beside it, and it tells nothing of other links and sessions', async () => {
  const made = await createWebhookEndpoint(vcc.house.as('owner'), { url: `${system.origin}/events` });
  expect(made.ok).toBe(true);
  await paid();
  const other = await tales.issued();
  await tales.pay(other.id);
  await sendDue();
  expect(posted()).toHaveLength(1);
  const types = posted('/events').map(({ body }) => JSON.parse(body).type);
  expect(types.filter((type) => type === 'payment_session.completed')).toHaveLength(1);
});

test('a failed try is repeated with the same id and bytes; switched off, it keeps what it misses for a replay', async () => {
  answer = (_, response) => sendJson(response, {}, 500);
  const { guid } = await paid();
  await sendDue();
  answer = (_, response) => sendJson(response, {});
  await retryNow();
  await sendDue();
  const [first, second] = posted();
  expect(second?.body).toBe(first?.body);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  const owner = vcc.house.as('owner');
  await disableWebhookEndpoint(owner, endpoint);
  const missed = await paid();
  await sendDue();
  expect(told().map((one) => one.sessionGuid)).toEqual([guid, guid]);
  await enableWebhookEndpoint(owner, endpoint);
  system.asked.length = 0;
  const since = new Date(Date.now() - 60_000).toISOString();
  expect(await replayWebhookEvents(owner, endpoint, { since })).toMatchObject({ ok: true });
  await sendDue();
  expect(told().map((one) => one.sessionGuid)).toContain(missed.guid);
});

test('a receiver that wants OAuth gets a token, asked for with the attributes and kept until it expires', async () => {
  answer = ({ path }, response) =>
    sendJson(response, path === '/token' ? { access_token: 'vcc-token', expires_in: 3600 } : {});
  const credentials = {
    ...{ kind: 'oauth', tokenUrl: `${system.origin}/token`, clientId: 'us', clientSecret: 'secret' },
    attributes: { audience: 'payments', 'x-tenant': '7' },
  };
  const saved = await change({ credentials });
  expect(JSON.stringify(saved)).not.toContain('"secret"}');
  await paid();
  await paid();
  await sendDue();
  expect(posted().map(({ headers }) => headers.authorization)).toEqual(Array(2).fill('Bearer vcc-token'));
  expect(posted('/token')).toHaveLength(1);
  expect(Object.fromEntries(new URLSearchParams(posted('/token')[0]?.body))).toEqual({
    ...{ grant_type: 'client_credentials', client_id: 'us', client_secret: 'secret' },
    ...{ audience: 'payments', 'x-tenant': '7' },
  });
  await change({ credentials: { kind: 'signature' } });
});

test('a test is sent in the same words', async () => {
  expect((await pingWebhookEndpoint(vcc.house.as('owner'), endpoint)).ok).toBe(true);
  await sendDue();
  expect(Object.keys(told()[0])).toEqual(Object.keys((await vcc.status((await paid()).guid)).json));
});
