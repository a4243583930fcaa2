import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REFUSED_URLS } from '../egress/refused-urls.fixture';
import { type TestHouse, testHouse } from '../testing';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  listWebhookEndpoints,
  pingWebhookEndpoint,
  readEndpointHealth,
  readWebhookEndpoint,
  replayWebhookEvents,
  rotateWebhookSecret,
} from '.';
import { EndpointTales, HOOK, resolve } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const tales = new EndpointTales(() => house);
const owner = tales.owner;

test('an endpoint is made with a secret that is shown once and kept sealed', async () => {
  const one = await tales.made({ types: ['payment_link.paid'] });
  expect(one.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(() => new Webhook(one.secret)).not.toThrow();
  const listed = await listWebhookEndpoints(house.as('viewer'), {});
  expect(listed).toMatchObject({
    value: { data: [{ id: one.id, url: HOOK, state: 'enabled', version: 1 }] },
  });
  const rows = await house.database.sql`select * from webhook_endpoints`;
  const audit = await house.database.sql`select * from audit_entries`;
  expect(JSON.stringify([listed, rows, audit])).not.toContain(one.secret);
  await tales.removed(one.id);
});

test('an endpoint gets only the types it asked for', async () => {
  const one = await tales.made({ types: ['payment_link.paid'] });
  const all = await tales.made();
  await tales.newLink();
  const got = await tales.due();
  expect(got.map((each) => each.endpointId)).toEqual([all.id]);
  await tales.removed(one.id, all.id);
});

test('headers of the merchant are kept sealed: only their names are told', async () => {
  const one = await tales.made({ headers: { Authorization: 'Bearer hush-1234', 'X-Team': 'desk' } });
  const read = await readWebhookEndpoint(house.as('viewer'), one.id);
  expect(read).toMatchObject({ value: { headerNames: ['Authorization', 'X-Team'] } });
  const rows = await house.database.sql`select * from webhook_endpoints`;
  expect(JSON.stringify([one, read, rows])).not.toContain('hush');
  expect(await tales.update(one.id, { headers: null })).toMatchObject({ value: { headerNames: [] } });
  await tales.removed(one.id);
});

test('an address that leads inside, a secret that is none and unknown words are refused by name', async () => {
  const refused = async (input: unknown) => {
    const outcome = await createWebhookEndpoint(owner(), input, resolve);
    return outcome.ok ? null : [outcome.error.code, outcome.error.errors?.[0]?.path];
  };
  expect(await refused({ url: 'https://10.0.0.1/' })).toEqual(['invalid', 'url']);
  expect(await refused({ url: HOOK, secret: 'secret' })).toEqual(['invalid', 'secret']);
  expect(await refused({ url: HOOK, types: ['payment_link.sold'] })).toEqual(['invalid', 'types.0']);
  expect(await refused({ url: HOOK, types: ['payment_link.paid', 'payment_link.paid'] })).toEqual([
    'invalid',
    'types',
  ]);
  expect(await refused({ url: HOOK, types: [] })).toEqual(['invalid', 'types']);
  expect(await refused({ url: HOOK, typ: 1 })).toEqual(['invalid', 'typ']);
  for (const name of ['Host', 'webhook-id', 'Content-Length', 'connection', 'User-Agent', 'a b'])
    expect((await refused({ url: HOOK, headers: { [name]: 'x' } }))?.[1]).toBe(`headers.${name}`);
  for (const value of ['', ' x', 'a\r\nb: c', 'ü'])
    expect((await refused({ url: HOOK, headers: { 'X-A': value } }))?.[1]).toBe('headers.X-A');
  expect(await refused({ url: HOOK, headers: { 'X-A': '1', 'x-a': '2' } })).toEqual(['invalid', 'headers']);
  expect(await refused({ url: HOOK, description: '4242 4242 4242 4242' })).toEqual([
    'card_number_refused',
    'description',
  ]);
});

test.each(REFUSED_URLS)('an address is refused at its making and at a change: %j', async (wrong) => {
  const field = { error: { code: 'invalid', errors: [{ path: 'url' }] } };
  expect(await createWebhookEndpoint(owner(), { url: wrong }, resolve)).toMatchObject(field);
  const one = await tales.made();
  expect(await tales.update(one.id, { url: wrong })).toMatchObject(field);
  await tales.removed(one.id);
});

test('a change needs the version that was read, and says what it changed', async () => {
  const one = await tales.made();
  expect(await tales.update(one.id, {}, null)).toMatchObject({ error: { code: 'version_required' } });
  expect(await tales.update(one.id, {}, 7)).toMatchObject({ error: { code: 'version_mismatch' } });
  const moved = 'https://hooks.example.com/out';
  expect(
    await tales.update(one.id, { url: moved, types: ['payment_link.paid'], description: 'Desk' }),
  ).toMatchObject({
    value: { url: moved, types: ['payment_link.paid'], description: 'Desk', version: 2 },
  });
  expect(await tales.update(one.id, { types: null, description: null }, 2)).toMatchObject({
    value: { types: null, description: null, version: 3 },
  });
  const entries = await house.database.sql`select action, data from audit_entries where subject = ${one.id}`;
  expect(entries.map((entry) => entry.action)).toEqual([
    'webhook_endpoint.create',
    'webhook_endpoint.update',
    'webhook_endpoint.update',
  ]);
  expect(entries[1]?.data).toMatchObject({ url: moved, previousUrl: HOOK });
  await tales.removed(one.id);
});

test('a paused endpoint keeps its events waiting, and gets them when it goes on', async () => {
  const one = await tales.made();
  expect(await tales.update(one.id, { paused: true })).toMatchObject({ value: { state: 'paused' } });
  await tales.newLink();
  expect(await tales.waitingFor(one.id)).toEqual([]);
  expect(await pingWebhookEndpoint(owner(), one.id)).toMatchObject({ error: { code: 'conflict' } });
  expect(await tales.update(one.id, { paused: false }, 2)).toMatchObject({ value: { state: 'enabled' } });
  expect(await tales.waitingFor(one.id)).toHaveLength(1);
  await tales.removed(one.id);
});

test('the time that an endpoint rests is none of failing: one that goes on is judged anew', async () => {
  const one = await tales.made();
  await house.database
    .sql`update webhook_endpoints set failing_since = cf_now() - interval '4 days', alerted_percent = 70
    where deleted_at is null`;
  expect(await tales.update(one.id, { paused: true })).toMatchObject({ ok: true });
  expect(await tales.update(one.id, { paused: false }, 2)).toMatchObject({
    value: { state: 'enabled', failingSince: null },
  });
  await tales.removed(one.id);
});

test('an endpoint that fails says when it is switched off and how far that is; one that works or is off does not', async () => {
  const one = await tales.made();
  const health = async (ctx = house.as('viewer')) => {
    const outcome = await readEndpointHealth(ctx, one.id);
    return outcome.ok ? outcome.value.failing : outcome.error.code;
  };
  expect(await health()).toBeNull();
  const [row] = await house.database
    .sql`update webhook_endpoints set failing_since = cf_now() - interval '61 hours'
    where deleted_at is null returning failing_since`;
  const since = new Date(row?.failing_since);
  const disablesAt = new Date(since.getTime() + 5 * 24 * 3_600_000).toISOString();
  expect(await health()).toEqual({ since: since.toISOString(), disablesAt, percent: 50 });
  expect(await health(house.as('agent'))).toBe('forbidden');
  expect(await health(house.stranger)).toBe('not_found');
  await disableWebhookEndpoint(owner(), one.id);
  expect(await health()).toBeNull();
  await tales.removed(one.id);
});

test('a page of endpoints goes on where the one before ended', async () => {
  const ids = [(await tales.made()).id, (await tales.made()).id, (await tales.made()).id];
  const page = async (query: object) => {
    const outcome = await listWebhookEndpoints(owner(), query);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  };
  const first = await page({ limit: '2' });
  const rest = await page({ limit: '2', cursor: first.nextCursor ?? '' });
  expect([...first.data, ...rest.data].map((one) => one.id)).toEqual(ids);
  expect(rest.nextCursor).toBeNull();
  expect(await listWebhookEndpoints(owner(), { cursor: 'evt_1' })).toMatchObject({
    error: { code: 'invalid' },
  });
  await tales.removed(...ids);
});

test('a merchant has so many endpoints at the most', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 50; i++) ids.push((await tales.made()).id);
  expect(await createWebhookEndpoint(owner(), { url: HOOK }, resolve)).toMatchObject({
    error: { code: 'conflict' },
  });
  await tales.removed(...ids);
});

test('only who may change webhooks does, and nobody sees or touches those of another merchant', async () => {
  const one = await tales.made();
  const acts = (ctx: ReturnType<typeof owner>) => [
    () => tales.update(one.id, {}, 1, ctx),
    () => rotateWebhookSecret(ctx, one.id, {}),
    () => pingWebhookEndpoint(ctx, one.id),
    () => enableWebhookEndpoint(ctx, one.id),
    () => disableWebhookEndpoint(ctx, one.id),
    () => replayWebhookEvents(ctx, one.id, { since: new Date().toISOString() }),
    () => deleteWebhookEndpoint(ctx, one.id),
  ];
  const powerless = [
    house.as('viewer'),
    house.as('agent'),
    house.as('payer'),
    house.as('api', ['webhooks:read']),
  ];
  for (const ctx of powerless)
    for (const act of [() => createWebhookEndpoint(ctx, { url: HOOK }, resolve), ...acts(ctx)])
      expect(await act()).toMatchObject({ error: { code: 'forbidden' } });
  for (const act of [...acts(house.stranger), () => readWebhookEndpoint(house.stranger, one.id)])
    expect(await act()).toMatchObject({ error: { code: 'not_found' } });
  expect(await listWebhookEndpoints(house.as('agent'), {})).toMatchObject({ error: { code: 'forbidden' } });
  expect(await listWebhookEndpoints(house.stranger, {})).toEqual({
    ok: true,
    value: { data: [], nextCursor: null },
  });
  expect(await readWebhookEndpoint(house.as('viewer'), one.id)).toMatchObject({
    value: { state: 'enabled', version: 1 },
  });
});

test('a person changes an endpoint only with a fresh proof of who they are; a machine proves it with every call', async () => {
  const one = await tales.made();
  const stale = { ...owner(), actor: { ...owner().actor, verified: false } };
  for (const act of [
    () => createWebhookEndpoint(stale, { url: HOOK }, resolve),
    () => tales.update(one.id, { paused: true }, 1, stale),
    () => rotateWebhookSecret(stale, one.id, {}),
    () => disableWebhookEndpoint(stale, one.id),
    () => enableWebhookEndpoint(stale, one.id),
    () => deleteWebhookEndpoint(stale, one.id),
  ])
    expect(await act()).toMatchObject({ error: { code: 'step_up_required' } });
  expect(await pingWebhookEndpoint(stale, one.id)).toMatchObject({ ok: true });
  expect(await tales.update(one.id, { paused: true }, 1, house.as('api'))).toMatchObject({ ok: true });
  await tales.removed(one.id);
});
