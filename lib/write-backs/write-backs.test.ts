import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GatewayResult } from '@/core/payment-attempt';
import { listAllProfiles } from '@/db/queries/merchants';
import type { Ctx } from '../context';
import { type Asked, type MerchantSystem, merchantSystem, sendJson } from '../form-lookups/testing';
import { asJson, BatchTales } from '../payment-link-batches/testing';
import { cancelPaymentLink, listPaymentLinks } from '../payment-links';
import { DECLINED, LinkTales, VISA } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import {
  deliver,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  listWebhookDeliveries,
  pingWebhookEndpoint,
  readWebhookDelivery,
  readWebhookEndpoint,
  redeliverEvent,
  replayWebhookEvents,
  settle,
  updateWebhookEndpoint,
} from '../webhooks';
import { claimDue } from '../webhooks/testing';
import { readWriteBack, saveWriteBack } from '.';

const PAID: GatewayResult = { kind: 'authorized', captured: true, gatewayReference: 'gw_1', card: VISA };

let house: TestHouse;
let system: MerchantSystem;
let profile = '';
let answer: (asked: Asked, response: ServerResponse) => void;
let secret = '';
let endpoint = '';
const tales = new LinkTales(() => house);
const batches = new BatchTales(() => house);
beforeAll(async () => {
  system = await merchantSystem((asked, response) => answer(asked, response));
  house = await testHouse({ sandboxUrl: system.origin });
  profile = (await listAllProfiles(house.services.db, house.merchantId))[0]?.id ?? '';
  const saved = await save({ version: null });
  if (!saved.ok) throw new Error(saved.error.message);
  secret = saved.value.secret ?? '';
  endpoint = saved.value.endpoint.id;
});
afterAll(async () => {
  await house.close();
  system.close();
});
beforeEach(async () => {
  answer = (_, response) => sendJson(response, {});
  await sendDue();
  system.asked.length = 0;
});

async function versionNow(): Promise<number | null> {
  const before = await readWriteBack(house.as('admin'), profile);
  return before.ok ? (before.value?.endpoint.version ?? null) : null;
}
const save = async (more: object = {}, ctx: Ctx = house.as('admin')) =>
  saveWriteBack(ctx, {
    profile,
    version: await versionNow(),
    url: `${system.origin}/back`,
    credentials: { kind: 'signature' },
    ...more,
  });

/** Sends everything that is due through the lane's own verbs. */
async function sendDue(): Promise<void> {
  for (const one of await claimDue(house))
    await settle(house.services, [await deliver(house.services.config, one)]);
}
const told = () => system.asked.map(({ body }) => JSON.parse(body));
const ended = async (result: GatewayResult, more: object = {}) => {
  const link = await tales.issued({ reference: 'ORD-1', metadata: { invoice: 'INV-7' }, ...more });
  const ticket = await tales.submitted(link.id);
  await tales.answer(ticket, result);
  return { link, attempt: ticket.attempt };
};
const deliveriesOf = async (status?: string) => {
  const listed = await listWebhookDeliveries(house.as('viewer'), { endpoint, ...(status && { status }) });
  return listed.ok ? listed.value.data : [];
};

test('the end of an attempt is written back, signed, under the attempt’s id', async () => {
  const { link, attempt } = await ended(PAID);
  await sendDue();
  expect(told()).toEqual([
    {
      reference: 'ORD-1',
      outcome: 'succeeded',
      paymentLink: link.id,
      paymentAttempt: attempt,
      amountMinor: 1240,
      currency: 'GBP',
      card: VISA,
      declineCode: null,
      occurredAt: expect.stringMatching(/Z$/),
      metadata: { invoice: 'INV-7' },
    },
  ]);
  const [asked] = system.asked;
  expect(asked).toMatchObject({ method: 'POST', path: '/back' });
  expect(asked?.headers).toMatchObject({ 'idempotency-key': attempt, 'webhook-id': attempt });
  expect(() =>
    new Webhook(secret).verify(asked?.body ?? '', asked?.headers as Record<string, string>),
  ).not.toThrow();
});

test('the end of a link that a batch issued is written back as that of any other', async () => {
  const rows = ['B-1', 'B-2'].map((reference) => ({ amountMinor: 1240, currency: 'GBP', reference }));
  const batch = await batches.done(asJson(rows));
  expect(batch).toMatchObject({ status: 'completed', issuedRows: 2 });
  const listed = await listPaymentLinks(house.as('viewer'), { batch: batch.id });
  const made = listed.ok ? listed.value.data : [];
  for (const [reference, result] of [['B-1', PAID] as const, ['B-2', DECLINED] as const]) {
    const ticket = await tales.submitted(made.find((link) => link.reference === reference)?.id ?? '');
    await tales.answer(ticket, result);
  }
  await sendDue();
  expect(told().map(({ reference, outcome }) => [reference, outcome])).toEqual([
    ['B-1', 'succeeded'],
    ['B-2', 'declined'],
  ]);
});

test('it is tried again with the same key and bytes, and whatever it answers, the payment stays as it is', async () => {
  answer = (_, response) => sendJson(response, { reference: 'no' }, 500);
  const { link, attempt } = await ended(PAID);
  await sendDue();
  expect((await tales.read(link.id)).status).toBe('paid');
  answer = (_, response) => sendJson(response, {});
  await house.database.sql`update webhook_deliveries set next_try_at = cf_now() where state = 'retrying'`;
  await sendDue();
  expect(system.asked.map((one) => one.headers['idempotency-key'])).toEqual([attempt, attempt]);
  expect(system.asked[0]?.body).toBe(system.asked[1]?.body);
  const [newest] = await deliveriesOf();
  const detail = await readWebhookDelivery(house.as('viewer'), newest?.id ?? '');
  expect(detail.ok && detail.value).toMatchObject({
    state: 'succeeded',
    tries: 2,
    body: system.asked[0]?.body,
  });
  expect((await tales.read(link.id)).status).toBe('paid');
});

test('declines and the end of a link are told too; a try that was never sent is not, unless that is asked for', async () => {
  const { link } = await ended(DECLINED);
  await tales.started(link.id);
  await cancelPaymentLink(house.as('owner'), link.id);
  await sendDue();
  expect(told().map(({ outcome, paymentAttempt }) => [outcome, paymentAttempt !== null])).toEqual([
    ['declined', true],
    ['canceled', false],
  ]);
  expect(system.asked[1]?.headers['idempotency-key']).toMatch(/^evt_/);
  system.asked.length = 0;
  await save({ ends: ['payment_attempt.abandoned'] });
  const again = await tales.issued();
  await tales.started(again.id);
  await tales.started(again.id);
  await sendDue();
  expect(told().map(({ outcome }) => outcome)).toEqual(['abandoned']);
  await save();
});

test('an attempt that ends a second time, because money turned up, is told again under a key of its own', async () => {
  const { link, attempt } = await ended({ kind: 'failed', reason: 'processor_error' });
  await sendDue();
  await house.database.sql`update payment_attempts set state = 'unknown' where state = 'failed'`;
  const [row] = await house.database.sql`select amount_minor from payment_attempts where state = 'unknown'`;
  await house.database
    .sql`update payment_links set access = 'processing', held_minor = 1240 where reference = 'ORD-1'
    and captured_minor = 0 and access = 'active'`;
  await tales.answer({ attempt, amountMinor: Number(row?.amount_minor), currency: 'GBP' }, PAID);
  await sendDue();
  expect(told().map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
  const keys = system.asked.map((one) => one.headers['idempotency-key']);
  expect([keys[0], String(keys[1]).slice(0, 4)]).toEqual([attempt, 'evt_']);
  expect((await tales.read(link.id)).status).toBe('paid');
});

test('its own template, method and credentials are used; values of credentials are kept out of the log', async () => {
  const template =
    '{"no":"{{link.metadata.invoice}}","paid":"{{attempt.amount}} {{link.currency}}","ok":"{{outcome}}"}';
  await save({ method: 'PUT', template, credentials: { kind: 'header', name: 'X-Key', value: 'swordfish' } });
  await ended(PAID);
  await sendDue();
  expect(told()).toEqual([{ no: 'INV-7', paid: '12.40 GBP', ok: 'succeeded' }]);
  expect(system.asked[0]).toMatchObject({ method: 'PUT', headers: { 'x-key': 'swordfish' } });
  const oauth = { kind: 'oauth', tokenUrl: `${system.origin}/token`, clientId: 'us', clientSecret: 'tuna' };
  await save({ credentials: oauth });
  answer = (asked, response) => sendJson(response, asked.path === '/token' ? { access_token: 'tok' } : {});
  system.asked.length = 0;
  await ended(PAID);
  await sendDue();
  expect(system.asked.at(-1)?.headers.authorization).toBe('Bearer tok');
  const tries = await house.database.sql`select request_headers::text as all from webhook_tries`;
  expect(JSON.stringify(tries)).not.toMatch(/swordfish|tuna|Bearer tok/);
  answer = (_, response) => sendJson(response, {}, 403);
  system.asked.length = 0;
  await ended(PAID);
  await sendDue();
  expect(system.asked.map(({ path }) => path)).toEqual(['/token']);
  expect((await deliveriesOf('retrying')).length).toBe(1);
  await save();
});

test('what ends while it is off stands in the log, and is sent by a replay or one by one', async () => {
  await disableWebhookEndpoint(house.as('owner'), endpoint);
  const { link, attempt } = await ended(PAID);
  await sendDue();
  expect(told()).toEqual([]);
  const [waiting] = await deliveriesOf('disabled');
  expect(waiting).toMatchObject({ eventType: 'payment_attempt.succeeded', tries: 0 });
  await enableWebhookEndpoint(house.as('owner'), endpoint);
  const since = new Date(Date.now() - 60_000).toISOString();
  expect((await replayWebhookEvents(house.as('owner'), endpoint, { since })).ok).toBe(true);
  await sendDue();
  expect(told().filter(({ paymentLink }) => paymentLink === link.id)).toHaveLength(1);
  system.asked.length = 0;
  expect((await redeliverEvent(house.as('owner'), waiting?.event ?? '', {})).ok).toBe(true);
  await sendDue();
  expect(system.asked.map((one) => one.headers['idempotency-key'])).toEqual([attempt]);
});

test('the test sends the template with facts of nobody; an event that was none of its ends cannot be sent to it', async () => {
  expect((await pingWebhookEndpoint(house.as('admin'), endpoint)).ok).toBe(true);
  await sendDue();
  expect(told()).toEqual([
    expect.objectContaining({ outcome: 'test', reference: 'TEST', paymentAttempt: null }),
  ]);
  const link = await tales.issued();
  const [created] = await house.database.sql`select id from events order by occurred_at desc limit 1`;
  expect(created).toBeDefined();
  const id = (await tales.events(link.id))[0] as unknown as { id: string };
  const outcome = await redeliverEvent(house.as('owner'), id.id, { endpoint });
  expect(outcome.ok ? null : outcome.error.code).toBe('conflict');
});

test('its address, ends and headers are set with its profile alone; it can be paused like every endpoint', async () => {
  const read = await readWebhookEndpoint(house.as('viewer'), endpoint);
  expect(read.ok && read.value).toMatchObject({ kind: 'write_back', profile, url: `${system.origin}/back` });
  const change = (input: object, version: number | null) =>
    updateWebhookEndpoint(house.as('owner'), endpoint, input, version);
  const moved = await change({ url: `${system.origin}/other` }, await versionNow());
  expect(moved.ok ? null : moved.error.errors?.[0]?.path).toBe('url');
  const paused = await change({ paused: true }, await versionNow());
  expect(paused.ok && paused.value.state).toBe('paused');
  expect((await change({ paused: false }, await versionNow())).ok).toBe(true);
});

test('what could not be sent is refused when it is saved, and stale settings are not written over', async () => {
  const fault = async (more: object) => {
    const outcome = await save(more);
    return outcome.ok ? null : [outcome.error.code, outcome.error.errors?.[0]?.path];
  };
  expect(await fault({ url: 'https://127.0.0.1/' })).toEqual(['invalid', 'url']);
  expect(await fault({ template: '{"a":"{{link.url}}"}' })).toEqual(['invalid', 'template']);
  expect(await fault({ credentials: { kind: 'header', name: 'X-New' } })).toEqual([
    'invalid',
    'credentials.value',
  ]);
  expect(await fault({ credentials: { kind: 'header', name: 'Host', value: 'x' } })).toEqual([
    'invalid',
    'credentials.name',
  ]);
  expect(await fault({ version: 1 })).toEqual(['version_mismatch', undefined]);
  expect(await fault({ version: null })).toEqual(['version_mismatch', undefined]);
});

test('owners and admins set it up after a fresh proof, readers see it, and no other merchant does either', async () => {
  const codeOf = (outcome: { ok: boolean; error?: { code: string } }) =>
    outcome.ok ? 'ok' : outcome.error?.code;
  expect(codeOf(await save({}, house.as('agent')))).toBe('forbidden');
  expect(codeOf(await save({}, house.as('viewer')))).toBe('forbidden');
  const owner = house.as('owner');
  expect(codeOf(await save({}, { ...owner, actor: { ...owner.actor, verified: false } } as Ctx))).toBe(
    'step_up_required',
  );
  expect(codeOf(await readWriteBack(house.as('agent'), profile))).toBe('forbidden');
  expect(codeOf(await readWriteBack(house.as('viewer'), profile))).toBe('ok');
  expect(codeOf(await save({}, house.stranger))).toBe('not_found');
  expect(codeOf(await readWriteBack(house.stranger, profile))).toBe('not_found');
});
