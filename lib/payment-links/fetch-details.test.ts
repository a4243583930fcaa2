import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { listLookupCalls, removeFormLookup } from '../form-lookups';
import { ADA, LookupTales, type MerchantSystem, merchantSystem, sendJson } from '../form-lookups/testing';
import { markOf } from '../pay-page';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink, createPaymentLink, fetchDetails } from './index';
import { LinkTales } from './testing';

let house: TestHouse;
let system: MerchantSystem;
let answer: (response: ServerResponse) => unknown;
const lookups = new LookupTales(() => house);
const tales = new LinkTales(() => house);
beforeAll(async () => {
  system = await merchantSystem((_, response) => void answer(response));
  house = await testHouse({ sandboxUrl: system.origin, max: 12 });
});
afterAll(async () => {
  await house.close();
  system.close();
});
beforeEach(async () => {
  answer = (response) => sendJson(response, ADA);
  await lookups.ready({ payerAsks: true });
  system.asked.length = 0;
});
afterEach(() => setClock(house.services.db, 0));

/** A link that leaves out what the merchant's system knows. */
const bare = (more: object = {}) =>
  tales.issued({
    amountMinor: ADA.amountMinor,
    currency: ADA.currency,
    description: undefined,
    reference: 'INV-7',
    customer: { email: 'hers@example.test' },
    ...more,
  });
const press = (id: string, ctx = house.as('payer')) => fetchDetails(ctx, id);
const codeOf = (outcome: { ok: boolean; error?: { code: string } }) =>
  outcome.ok ? 'ok' : outcome.error?.code;
const detailsOf = async (url: string) => (await tales.page(url)).details;

test('a press fills what the link leaves out, raises its version and tells the merchant, in one event', async () => {
  const link = await bare();
  expect(await detailsOf(link.url)).toBe('offered');
  expect(codeOf(await press(link.id))).toBe('ok');
  expect(await detailsOf(link.url)).toBeNull();
  const now = await tales.read(link.id);
  expect(now).toMatchObject({
    version: 2,
    description: 'Trekking boots',
    customer: { name: 'Ada Lovelace' },
    lineItems: ADA.lineItems,
  });
  const [told, ...more] = (await tales.events(link.id)).slice(1);
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    type: 'payment_link.updated',
    data: { version: 2, description: 'Trekking boots' },
  });
  expect(told?.previous).toMatchObject({ description: null, lineItems: null });
  const audited = await house.database.sql`select actor_kind, data from audit_entries
    where action = 'payment_link.update' order by id desc limit 1`;
  expect(audited[0]).toMatchObject({ actor_kind: 'payer' });
  expect(JSON.parse(system.asked[0]?.body ?? '')).toMatchObject({
    reference: 'INV-7',
    agent: null,
    call: null,
  });
  const logged = await listLookupCalls(house.as('viewer'), now.profile);
  expect(logged.ok && logged.value[0]).toMatchObject({
    occasion: 'payer',
    actor: 'Payer',
    reference: 'INV-7',
    outcome: 'found',
  });
});

test('of ten presses at once one asks, and no press asks again', async () => {
  const link = await bare();
  const codes = (await Promise.all(Array.from({ length: 10 }, () => press(link.id)))).map(codeOf);
  expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
  expect(codes.filter((code) => code === 'conflict')).toHaveLength(9);
  expect(codeOf(await press(link.id))).toBe('conflict');
  expect(system.asked).toHaveLength(1);
  expect((await tales.read(link.id)).version).toBe(2);
});

test('the amount, its currency and the addresses of a link stay, and so does every word that is there', async () => {
  const link = await bare({
    amountMinor: 500,
    currency: 'GBP',
    description: 'As agreed',
    metadata: { order: '7' },
    customer: {},
  });
  expect(codeOf(await press(link.id))).toBe('ok');
  const { sequence: _, updatedAt: __, version: ___, ...before } = link;
  expect(await tales.read(link.id)).toMatchObject({
    ...before,
    customer: { ...link.customer, name: 'Ada Lovelace' },
  });
  expect(await tales.read(link.id)).toMatchObject({
    amountMinor: 500,
    lineItems: null,
    customer: { email: null, phone: null },
  });
});

test('line items come only with the amount that they sum to', async () => {
  answer = (response) =>
    sendJson(response, {
      ...ADA,
      lineItems: [{ description: 'Boots', quantity: 2, unitAmountMinor: 12_900 }],
    });
  const link = await bare();
  await press(link.id);
  expect(await tales.read(link.id)).toMatchObject({ description: 'Trekking boots', lineItems: null });
});

test.each<[string, (response: ServerResponse) => unknown, string]>([
  ['garbage', (response) => response.end('garbage'), 'not_json'],
  ['an error', (response) => response.writeHead(500).end(), 'http_error'],
  ['nothing within two seconds', () => {}, 'timeout'],
  ['not to know it', (response) => response.writeHead(404).end(), 'not_found'],
  [
    'a card number alone',
    (response) => sendJson(response, { description: '4111 1111 1111 1111' }),
    'nothing_usable',
  ],
])(
  'a system that answers %s leaves the link as it was, and the card form opens',
  async (_, said, outcome) => {
    answer = said;
    const link = await bare();
    const before = markOf(await tales.page(link.url));
    expect(codeOf(await press(link.id))).toBe('ok');
    expect(await tales.read(link.id)).toEqual(link);
    const page = await tales.page(link.url);
    expect(page).toMatchObject({ state: 'ready', details: 'failed', link: { lookupOutcome: outcome } });
    expect(markOf(page)).not.toBe(before);
    expect(codeOf(await press(link.id))).toBe('conflict');
    expect(system.asked).toHaveLength(1);
    await tales.pay(link.id);
  },
);

test('an answer that found nothing to fill is no failure', async () => {
  answer = (response) => sendJson(response, { customer: { email: 'his@example.test' } });
  const link = await bare();
  await press(link.id);
  expect(await detailsOf(link.url)).toBeNull();
  expect(await tales.read(link.id)).toEqual(link);
});

test('while it is asked every page waits; what comes after five seconds changes nothing under a card form', async () => {
  const link = await bare();
  const seen: unknown[] = [];
  answer = async (response) => {
    const page = await tales.page(link.url);
    seen.push(page.details, markOf(page));
    await setClock(house.services.db, 6);
    seen.push(await detailsOf(link.url));
    sendJson(response, ADA);
  };
  const mark = markOf(await tales.page(link.url));
  await press(link.id);
  expect(seen).toEqual(['under_way', mark, 'failed']);
  expect(await tales.read(link.id)).toEqual(link);
  expect(await tales.page(link.url)).toMatchObject({ details: 'failed', link: { lookupOutcome: 'timeout' } });
});

test('a link that is canceled or being paid by the time of the answer stays as its payer read it', async () => {
  const canceled = await bare();
  answer = async (response) => {
    await cancelPaymentLink(house.as('agent'), canceled.id);
    sendJson(response, ADA);
  };
  await press(canceled.id);
  expect(await tales.read(canceled.id)).toMatchObject({ status: 'canceled', description: null });
  const paying = await bare();
  const ticket = await tales.started(paying.id);
  let sent: Promise<unknown> = Promise.resolve();
  answer = async (response) => {
    sent = tales.submit(ticket);
    await sent;
    sendJson(response, ADA);
  };
  await press(paying.id);
  await sent;
  expect(await tales.read(paying.id)).toMatchObject({ status: 'processing', description: null });
});

test('opening the page, however often and by whomever, asks nothing and changes nothing', async () => {
  const link = await bare();
  for (let i = 0; i < 25; i++) expect(await detailsOf(link.url)).toBe('offered');
  expect(system.asked).toEqual([]);
  expect(await tales.read(link.id)).toEqual(link);
});

test('nothing is asked for a link that is paid, canceled, expired, locked, or that leaves nothing out', async () => {
  const paid = await bare();
  await tales.pay(paid.id);
  const canceled = await bare();
  await cancelPaymentLink(house.as('agent'), canceled.id);
  const anonymous = await bare({ reference: undefined });
  const whole = await bare({
    description: 'Boots',
    customer: { name: 'Ada' },
    lineItems: ADA.lineItems,
  });
  const locked = await bare();
  await tales.lock(locked.id);
  const expired = await bare({ expiresInSeconds: 60 });
  await setClock(house.services.db, 120);
  for (const { id, url } of [paid, canceled, anonymous, whole, locked, expired]) {
    expect(await detailsOf(url)).toBeNull();
    expect(codeOf(await press(id))).toBe('conflict');
  }
  expect(system.asked).toEqual([]);
});

test('a link that was looked up when it was issued is not asked for again; one whose lookup failed is', async () => {
  const wish = { amountMinor: 500, currency: 'EUR', reference: 'INV-7', lookup: true };
  const made = await createPaymentLink(house.as('api'), wish);
  if (!made.ok) throw new Error(made.error.code);
  const { lookup: _, ...byAgent } = wish;
  const typed = await createPaymentLink(house.as('agent'), byAgent, { isLookedUp: true });
  if (!typed.ok) throw new Error(typed.error.code);
  for (const { id, url } of [made.value, typed.value]) {
    expect(await detailsOf(url)).toBeNull();
    expect(codeOf(await press(id))).toBe('conflict');
  }
  answer = (response) => response.writeHead(500).end();
  const failed = await createPaymentLink(house.as('api'), wish);
  expect(failed.ok && (await detailsOf(failed.value.url))).toBe('offered');
});

test('without the setting, with the lookup off or gone, the page is as ever and a press asks nothing', async () => {
  const link = await bare();
  const refused = async () => {
    expect(await detailsOf(link.url)).toBeNull();
    expect(codeOf(await press(link.id))).toBe('conflict');
  };
  const mark = markOf(await tales.page(link.url));
  await lookups.ready({ payerAsks: false });
  await refused();
  expect(markOf(await tales.page(link.url))).toBe(mark);
  await lookups.ready();
  await refused();
  await lookups.ready({ payerAsks: true, enabled: false });
  await refused();
  await removeFormLookup(house.as('owner'), link.profile);
  await refused();
  expect(system.asked).toEqual([]);
});

test("another merchant's link is not there", async () => {
  const link = await bare();
  const strange = { ...house.stranger, actor: { kind: 'payer' as const } };
  expect(codeOf(await press(link.id, strange))).toBe('not_found');
  expect(system.asked).toEqual([]);
  expect(await detailsOf(link.url)).toBe('offered');
});
