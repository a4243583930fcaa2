import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listAllProfiles } from '@/db/queries/merchants';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import { purge } from '../retention';
import { type TestHouse, testHouse } from '../testing';
import {
  listLookupCalls,
  listLookupChoices,
  lookUpForm,
  readFormLookup,
  removeFormLookup,
  tryFormLookup,
} from '.';
import { ADA, type Asked, LookupTales, type MerchantSystem, merchantSystem, sendJson } from './testing';

let house: TestHouse;
let system: MerchantSystem;
let profile = '';
const tales = new LookupTales(() => house);
let answer: (asked: Asked, response: ServerResponse) => void;
beforeAll(async () => {
  system = await merchantSystem((asked, response) => answer(asked, response));
  house = await testHouse({ sandboxUrl: system.origin });
  profile = (await listAllProfiles(house.services.db, house.merchantId))[0]?.id ?? '';
});
afterAll(async () => {
  await house.close();
  system.close();
});
beforeEach(() => {
  system.asked.length = 0;
  answer = (_, response) => sendJson(response, ADA);
});

const setUp = (more: object = {}, ctx?: Ctx) => tales.setUp(more, ctx);
const ready = (more: object = {}) => tales.ready(more);
const ask = () => tales.ask();

test('a lookup is a signed POST that says who asks for what, and its answer is proposed', async () => {
  const { secret } = await ready();
  const result = await ask();
  expect(result).toMatchObject({ outcome: 'found', status: 200, notes: [] });
  expect(result.proposals).toEqual({
    customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+447700900123', locale: 'en' },
    amountMinor: 12_900,
    currency: 'EUR',
    description: 'Trekking boots',
    lineItems: ADA.lineItems,
    fields: { invoice: 'INV-7', customerNumber: '4711' },
  });
  const [asked] = system.asked;
  expect(asked?.method).toBe('POST');
  const headers = asked?.headers as Record<string, string>;
  expect(new Webhook(secret ?? '').verify(asked?.body ?? '', headers)).toEqual({
    reference: 'INV-7',
    customerKey: null,
    agent: { id: expect.stringMatching(/^user_/), name: 'Test agent' },
    call: null,
    profile,
  });
  expect(headers['webhook-id']).toBe(result.id);
});

test('a system that answers in its own words is read through the mapping, exact amounts only', async () => {
  const mapping = {
    'customer.name': 'record.who.0',
    'customer.email': 'record.mail',
    amount: 'record.total',
    currency: 'record.cur',
    'fields.invoice': 'record.no',
  };
  await ready({ mapping });
  answer = (_, response) =>
    sendJson(response, {
      record: { who: ['Zoë Quirk'], mail: 'not an address', total: 12.4, cur: 'GBP', no: 9 },
    });
  const result = await ask();
  expect(result.proposals).toEqual({
    customer: { name: 'Zoë Quirk' },
    amountMinor: 1_240,
    currency: 'GBP',
    fields: { invoice: '9' },
  });
  expect(result.notes).toEqual([
    { field: 'customer.email', path: 'record.mail', message: expect.any(String) },
  ]);
  answer = (_, response) => sendJson(response, { record: { total: '12.405', cur: 'GBP' } });
  expect((await ask()).notes).toEqual([
    { field: 'amount', path: 'record.total', message: 'is no exact amount of GBP' },
  ]);
  answer = (_, response) => sendJson(response, { record: { total: '12.40' } });
  expect((await ask()).notes).toEqual([
    { field: 'amount', path: 'record.total', message: 'needs a currency beside it' },
  ]);
});

test('what could not be typed into the form is not proposed: card numbers, deceiving text, names of prototypes', async () => {
  await ready();
  answer = (_, response) =>
    response.end(
      '{"description":"4111 1111 1111 1111","customer":{"name":"Ada\\u202e","__proto__":{"email":"x@example.com"}},"fields":{"__proto__":"x","constructor":"y","pan":"4242424242424242"}}',
    );
  const { proposals, notes } = await ask();
  expect(proposals).toEqual({ customer: { name: 'Ada' }, fields: { constructor: 'y' } });
  expect(notes.map(({ field }) => field).sort()).toEqual(['description', 'fields.__proto__', 'fields.pan']);
  expect(JSON.stringify(notes)).not.toContain('4111');
});

test('a secret that was kept goes on where it went, and nowhere else; no screen is ever told it', async () => {
  const header = { kind: 'header', name: 'X-Key' };
  await ready({ credentials: { ...header, value: 'swordfish' } });
  expect((await setUp({ credentials: header })).ok).toBe(true);
  await ask();
  expect(system.asked.at(-1)?.headers['x-key']).toBe('swordfish');
  const elsewhere = await setUp({
    credentials: header,
    url: system.origin.replace('127.0.0.1', 'localhost'),
  });
  expect(elsewhere.ok).toBe(false);
  const shown = await readFormLookup(house.as('viewer'), profile);
  expect(JSON.stringify(shown)).not.toContain('swordfish');
  const [row] = await house.database.sql`select credential_secret, secret from form_lookups`;
  expect(JSON.stringify(row)).not.toMatch(/swordfish|whsec_/);
});

test('each lookup is in the log with the shape of its answer and nothing of what it says', async () => {
  await ready();
  const { id } = await ask();
  const logged = await listLookupCalls(house.as('viewer'), profile);
  const line = logged.ok ? logged.value[0] : undefined;
  expect(line).toMatchObject({
    id,
    occasion: 'form',
    actor: 'Test agent',
    reference: 'INV-7',
    outcome: 'found',
  });
  expect(line?.answer).toContain('"email": "a•');
  const [row] = await house.database
    .sql`select row_to_json(c)::text as all from form_lookup_calls c where outcome = 'found' limit 1`;
  for (const said of ['Ada Lovelace', 'ada@example.com', '900123', 'Trekking'])
    expect(`${row?.all} ${JSON.stringify(line)}`).not.toContain(said);
});

test('the test button tells what came back, also while the lookup is off; the form then has none', async () => {
  await ready({ enabled: false });
  const tried = await tryFormLookup(house.as('admin'), profile, { reference: 'INV-7' });
  expect(tried.ok && tried.value).toMatchObject({
    outcome: 'found',
    answer: expect.stringContaining('Ada Lovelace'),
  });
  const asked = await lookUpForm(house.as('agent'), { reference: 'INV-7' });
  expect(asked.ok ? null : asked.error.errors).toEqual([
    { path: 'lookup', message: 'is not set up for this payment profile' },
  ]);
  expect(await listLookupChoices(house.as('agent'))).toEqual({ ok: true, value: [] });
});

test('roles: who may issue links looks up, owners and admins set up and try, the log is for readers', async () => {
  await ready();
  const codeOf = (outcome: { ok: boolean; error?: { code: string } }) =>
    outcome.ok ? 'ok' : outcome.error?.code;
  const subject = { reference: 'INV-7' };
  expect(codeOf(await lookUpForm(house.as('viewer'), subject))).toBe('forbidden');
  expect(codeOf(await lookUpForm(house.as('payer'), subject))).toBe('forbidden');
  expect(codeOf(await lookUpForm(house.as('api', ['payment_links:create']), subject))).toBe('ok');
  expect(codeOf(await tryFormLookup(house.as('agent'), profile, subject))).toBe('forbidden');
  expect(codeOf(await setUp({}, house.as('agent')))).toBe('forbidden');
  const owner = house.as('owner');
  const asleep = { ...owner, actor: { ...owner.actor, verified: false } } as Ctx;
  expect(codeOf(await setUp({}, asleep))).toBe('step_up_required');
  expect(codeOf(await removeFormLookup(asleep, profile))).toBe('step_up_required');
  expect(codeOf(await listLookupCalls(house.as('agent'), profile))).toBe('forbidden');
  expect(codeOf(await readFormLookup(house.as('agent'), profile))).toBe('forbidden');
});

test("another merchant's profile is not there, whatever is done with it", async () => {
  await ready();
  const { stranger } = house;
  const codes = [
    await readFormLookup(stranger, profile),
    await listLookupCalls(stranger, profile),
    await tryFormLookup(stranger, profile, { reference: 'INV-7' }),
    await removeFormLookup(stranger, profile),
    await setUp({}, stranger),
  ].map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
  expect(codes).toEqual(Array(5).fill('not_found'));
  expect((await lookUpForm(stranger, { profile, reference: 'INV-7' })).ok).toBe(false);
  expect(system.asked).toEqual([]);
});

test('settings that somebody else has changed are not written over; removed, they are gone with their secrets', async () => {
  const { version } = await ready();
  const stale = await setUp({ version: version - 1 });
  expect(stale.ok ? null : stale.error.code).toBe('version_mismatch');
  const again = await setUp({ version: null });
  expect(again.ok ? null : again.error.code).toBe('version_mismatch');
  expect(await removeFormLookup(house.as('owner'), profile)).toEqual({ ok: true, value: { removed: true } });
  expect(await readFormLookup(house.as('owner'), profile)).toEqual({ ok: true, value: null });
  const audited = await house.database
    .sql`select action from audit_entries where action like 'form_lookup.%'`;
  expect(new Set(audited.map(({ action }) => action))).toEqual(
    new Set(['form_lookup.save', 'form_lookup.remove']),
  );
});

test('a lookup is in the log for 30 days', async () => {
  await ready();
  await ask();
  const { db } = house.services;
  const count = async () =>
    (await house.database.sql`select count(*)::int as n from form_lookup_calls`)[0]?.n;
  const before = await count();
  await setClock(db, 30 * 86_400 - 600);
  await purge(house.services, 5_000);
  expect(await count()).toBe(before);
  await setClock(db, 30 * 86_400 + 600);
  await purge(house.services, 5_000);
  expect(await count()).toBe(0);
  await setClock(db, 0);
});
