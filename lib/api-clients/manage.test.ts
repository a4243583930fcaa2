import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, SCOPES } from '@/core/permissions';
import { connect } from '@/db/client';
import { apiKeys, auditEntries, merchants, oauthClients } from '@/db/schema';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import type { NewApiKey, NewOAuthClient } from '../contracts/api-clients';
import { type TestHouse, testHouse } from '../testing';
import {
  apiClientCtx,
  createApiKey,
  createOAuthClient,
  issueToken,
  listApiKeys,
  listOAuthClients,
  revokeApiKey,
  revokeOAuthClient,
  rotateApiKey,
  rotateClientSecret,
} from './index';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const HOME = '192.0.2.1';
const owner = () => house.as('owner');
const wanted = { name: 'Till', scopes: ['payment_links:read', 'payment_links:create'] };
async function newKey(more: object = {}, ctx = owner()): Promise<NewApiKey> {
  const made = await createApiKey(ctx, { ...wanted, ...more });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
async function newClient(more: object = {}): Promise<NewOAuthClient> {
  const made = await createOAuthClient(owner(), { ...wanted, ...more });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
/** What the bearer is refused for, or 'ok'. */
async function use(bearer: string, address = HOME): Promise<string> {
  const acting = await apiClientCtx(house.services, bearer, { requestId: 'req_test', address });
  return acting.ok ? 'ok' : acting.error.code;
}
async function tokenOf(id: string, secret: string, address = HOME): Promise<string> {
  const form = new URLSearchParams({
    ...{ grant_type: 'client_credentials', client_id: id, client_secret: secret },
  });
  const answer = await issueToken(
    house.services,
    { form, authorization: null },
    { requestId: 'req_test', address },
  );
  return answer.ok ? answer.value.access_token : answer.error.error;
}
const actionsOn = async (subject: string) =>
  (await house.services.db.select().from(auditEntries).where(eq(auditEntries.subject, subject))).map(
    (entry) => entry.action,
  );

describe('a key', () => {
  test('is shown once, kept as its hash, and works with its scopes alone', async () => {
    const { key, ...view } = await newKey();
    expect(key).toMatch(/^cf_test_[\w-]{38}$/);
    expect(view).toMatchObject({ ...wanted, object: 'api_key', state: 'active', addresses: null });
    const listed = await listApiKeys(owner());
    const rows = await house.services.db.select().from(apiKeys);
    expect(JSON.stringify([listed, rows])).not.toContain(key);
    expect(key.startsWith(view.prefix)).toBe(true);
    const acting = await apiClientCtx(house.services, key, { requestId: 'req_test', address: HOME });
    expect(acting).toMatchObject({ value: { actor: { id: view.id, scopes: wanted.scopes } } });
    expect(await actionsOn(view.id)).toEqual(['api_key.create']);
  });

  test('notes when it was last used, to the minute', async () => {
    const { key, id } = await newKey();
    const lastUsed = async () => {
      const listed = await listApiKeys(owner());
      return listed.ok && listed.value.find((one) => one.id === id)?.lastUsedAt;
    };
    expect(await lastUsed()).toBeNull();
    await use(key);
    const first = await lastUsed();
    expect(first).toEqual(expect.any(String));
    await setClock(house.services.db, 30);
    await use(key);
    expect(await lastUsed()).toBe(first);
    await setClock(house.services.db, 61);
    await use(key);
    expect(Date.parse(String(await lastUsed()))).toBeGreaterThan(Date.parse(String(first)) + 60_000);
  });

  test('ends with its time, and is not made with an end that is over', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toISOString();
    const { key, id } = await newKey({ expiresAt: inAMinute });
    expect(await use(key)).toBe('ok');
    await setClock(house.services.db, 61);
    expect(await use(key)).toBe('unauthenticated');
    const listed = await listApiKeys(owner());
    expect(listed.ok && listed.value.find((one) => one.id === id)?.state).toBe('expired');
    expect(await createApiKey(owner(), { ...wanted, expiresAt: inAMinute })).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'expiresAt' }] },
    });
  });

  test('works only from the addresses on its list, whatever way they are written', async () => {
    const { key, addresses } = await newKey({
      addresses: ['203.0.113.0/24', '198.51.100.7', '2001:DB8::/32'],
    });
    expect(addresses).toEqual(['203.0.113.0/24', '198.51.100.7/32', '2001:db8::/32']);
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '198.51.100.7', '2001:db8:1::5'])
      expect(await use(key, address), address).toBe('ok');
    for (const address of ['203.0.114.9', '198.51.100.8', '2001:db9::1', '::1', 'unknown', ''])
      expect(await use(key, address), address).toBe('forbidden');
    for (const wrong of ['203.0.113.0/33', 'example.com', '203.0.113', ''])
      expect(await createApiKey(owner(), { ...wanted, addresses: [wrong] }), wrong).toMatchObject({
        error: { code: 'invalid' },
      });
  });

  test('is replaced by one that has the same rights; both work during the overlap, once', async () => {
    const old = await newKey({ addresses: [HOME] });
    const made = await rotateApiKey(owner(), old.id, { overlapSeconds: 60 });
    if (!made.ok) throw new Error(made.error.message);
    const { value: fresh } = made;
    expect(fresh).toMatchObject({ ...wanted, replaces: old.id, expiresAt: null, addresses: [`${HOME}/32`] });
    expect([await use(old.key), await use(fresh.key)]).toEqual(['ok', 'ok']);
    expect(await rotateApiKey(owner(), old.id, {})).toMatchObject({ error: { code: 'conflict' } });
    await setClock(house.services.db, 61);
    expect([await use(old.key), await use(fresh.key)]).toEqual(['unauthenticated', 'ok']);
    expect(await rotateApiKey(owner(), old.id, {})).toMatchObject({ error: { code: 'conflict' } });
    expect(await actionsOn(old.id)).toEqual(['api_key.create', 'api_key.rotate']);
  });

  test('an overlap never lengthens a life; without one the old key ends at once', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const short = await newKey({ expiresAt });
    const replaced = await rotateApiKey(owner(), short.id, {});
    expect(replaced).toMatchObject({ value: { expiresAt } });
    await setClock(house.services.db, 61);
    expect(await use(short.key)).toBe('unauthenticated');
    await setClock(house.services.db, 0);
    const old = await newKey();
    await rotateApiKey(owner(), old.id, { overlapSeconds: 0 });
    expect(await use(old.key)).toBe('unauthenticated');
    for (const overlapSeconds of [-1, 604_801, 0.5])
      expect(await rotateApiKey(owner(), short.id, { overlapSeconds })).toMatchObject({
        error: { code: 'invalid' },
      });
  });

  test('revoked, it is refused by the next request of every process; revoking again tells the same', async () => {
    const { key, id } = await newKey();
    const other = connect(house.database.url);
    try {
      const from = { requestId: 'req_test', address: HOME };
      const elsewhere = () => apiClientCtx({ ...house.services, db: other.db }, key, from);
      expect((await elsewhere()).ok).toBe(true);
      const revoked = await revokeApiKey(owner(), id);
      expect(revoked).toMatchObject({ value: { state: 'revoked', revokedAt: expect.any(String) } });
      expect(await elsewhere()).toMatchObject({ error: { code: 'unauthenticated' } });
      expect(await revokeApiKey(owner(), id)).toEqual(revoked);
      expect(await rotateApiKey(owner(), id, {})).toMatchObject({ error: { code: 'conflict' } });
      expect(await actionsOn(id)).toEqual(['api_key.create', 'api_key.revoke']);
    } finally {
      await other.close();
    }
  });

  test('for tests opens no live merchant, and a live one no test merchant', async () => {
    const { db } = house.services;
    const mine = eq(merchants.id, house.merchantId);
    const testing = await newKey();
    await db.update(merchants).set({ livemode: true }).where(mine);
    expect(await use(testing.key)).toBe('unauthenticated');
    const live = await newKey();
    expect(live.key).toMatch(/^cf_live_/);
    expect(await use(live.key)).toBe('ok');
    await db.update(merchants).set({ livemode: false }).where(mine);
    expect([await use(testing.key), await use(live.key)]).toEqual(['ok', 'unauthenticated']);
  });
});

describe('a client', () => {
  test('is shown its secret once; only the hash is kept', async () => {
    const { clientSecret, ...view } = await newClient();
    expect(clientSecret).toMatch(/^cf_secret_/);
    expect(view).toMatchObject({ ...wanted, object: 'oauth_client', state: 'active' });
    const rows = await house.services.db.select().from(oauthClients);
    expect(JSON.stringify([await listOAuthClients(owner()), rows])).not.toContain(clientSecret);
    expect(await actionsOn(view.id)).toEqual(['oauth_client.create']);
  });

  test('has two secrets during the overlap, and only the newer one after it', async () => {
    const { id, clientSecret: first } = await newClient();
    const turned = await rotateClientSecret(owner(), id, { overlapSeconds: 60 });
    if (!turned.ok) throw new Error(turned.error.message);
    const second = turned.value.clientSecret;
    for (const secret of [first, second]) expect(await tokenOf(id, secret)).toMatch(/^cf_token_/);
    await setClock(house.services.db, 61);
    expect(await tokenOf(id, first)).toBe('invalid_client');
    expect(await tokenOf(id, second)).toMatch(/^cf_token_/);
    const third = await rotateClientSecret(owner(), id, { overlapSeconds: 0 });
    expect(await tokenOf(id, second)).toBe('invalid_client');
    expect(await tokenOf(id, third.ok ? third.value.clientSecret : '')).toMatch(/^cf_token_/);
  });

  test('is known only at its addresses, and so are its tokens', async () => {
    const { id, clientSecret } = await newClient({ addresses: [HOME] });
    const token = await tokenOf(id, clientSecret);
    expect([await use(token), await use(token, '192.0.2.2')]).toEqual(['ok', 'forbidden']);
    expect(await tokenOf(id, clientSecret, '192.0.2.2')).toBe('invalid_client');
    const listed = await listOAuthClients(owner());
    expect(listed.ok && listed.value.find((one) => one.id === id)?.lastUsedAt).not.toBeNull();
  });

  test('revoked, it takes its tokens with it at once', async () => {
    const { id, clientSecret } = await newClient();
    const token = await tokenOf(id, clientSecret);
    expect(await use(token)).toBe('ok');
    const revoked = await revokeOAuthClient(owner(), id);
    expect(revoked).toMatchObject({ value: { state: 'revoked' } });
    expect([await use(token), await tokenOf(id, clientSecret)]).toEqual([
      'unauthenticated',
      'invalid_client',
    ]);
    expect(await revokeOAuthClient(owner(), id)).toEqual(revoked);
    expect(await rotateClientSecret(owner(), id, {})).toMatchObject({ error: { code: 'conflict' } });
  });
});

test('owners and admins do this, nobody else, and no machine with whatever scopes', async () => {
  const key = await newKey();
  const client = await newClient();
  const acts: ((ctx: Ctx) => Promise<{ ok: boolean }>)[] = [
    listApiKeys,
    listOAuthClients,
    (ctx) => createApiKey(ctx, wanted),
    (ctx) => createOAuthClient(ctx, wanted),
    (ctx) => rotateApiKey(ctx, key.id, {}),
    (ctx) => rotateClientSecret(ctx, client.id, {}),
    (ctx) => revokeApiKey(ctx, key.id),
    (ctx) => revokeOAuthClient(ctx, client.id),
  ];
  for (const act of acts) {
    for (const role of ROLES.filter((one) => one === 'agent' || one === 'viewer'))
      expect(await act(house.as(role))).toMatchObject({ error: { code: 'forbidden' } });
    expect(await act(house.as('api'))).toMatchObject({ error: { code: 'forbidden' } });
    expect((await act(house.as('admin'))).ok).toBe(true);
  }
  expect(SCOPES.filter((scope) => scope.startsWith('api_clients'))).toEqual([]);
  expect(await createApiKey(owner(), { ...wanted, scopes: ['api_clients:write'] })).toMatchObject({
    error: { code: 'invalid' },
  });
});

test("another merchant's keys and clients are not there", async () => {
  const [key, client] = [await newKey(), await newClient()];
  for (const act of [
    () => rotateApiKey(house.stranger, key.id, {}),
    () => revokeApiKey(house.stranger, key.id),
    () => rotateClientSecret(house.stranger, client.id, {}),
    () => revokeOAuthClient(house.stranger, client.id),
    () => revokeApiKey(owner(), 'key_nothing'),
  ])
    expect(await act()).toMatchObject({ error: { code: 'not_found' } });
  expect(await listApiKeys(house.stranger)).toEqual({ ok: true, value: [] });
  expect(await use(key.key)).toBe('ok');
  expect(await tokenOf(client.id, client.clientSecret)).toMatch(/^cf_token_/);
});

test('a secret is told only to a person who has proved who they are within five minutes; revoking needs no proof', async () => {
  const stale: Ctx = {
    ...owner(),
    actor: { kind: 'user', id: 'u', name: 'O', role: 'owner', verified: false },
  };
  const [key, client] = [await newKey(), await newClient()];
  for (const refused of [
    await createApiKey(stale, wanted),
    await rotateApiKey(stale, key.id, {}),
    await createOAuthClient(stale, wanted),
    await rotateClientSecret(stale, client.id, {}),
  ])
    expect(refused).toMatchObject({ error: { code: 'step_up_required' } });
  expect(await use(key.key)).toBe('ok');
  expect(await revokeApiKey(stale, key.id)).toMatchObject({ value: { state: 'revoked' } });
  expect(await revokeOAuthClient(stale, client.id)).toMatchObject({ value: { state: 'revoked' } });
});
