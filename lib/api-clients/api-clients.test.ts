import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SCOPES } from '@/core/permissions';
import { insertApiKey } from '@/db/queries/api-keys';
import { insertOAuthClient } from '@/db/queries/oauth';
import { apiKeys, auditEntries, oauthClients, oauthTokens } from '@/db/schema';
import { setClock } from '@/db/testing';
import { newId } from '../ids';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { apiClientCtx, issueToken } from '.';
import { newApiKey, newClientSecret, readSecret } from './secrets';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

async function newClient(scopes: string[] = [...SCOPES]) {
  const { secret, hash } = newClientSecret();
  const id = newId('oauthClient');
  const row = { merchantId: house.merchantId, id, name: 'Till', secretHash: hash, scopes };
  await insertOAuthClient(house.services.db, row);
  return { client_id: id, client_secret: secret };
}

const ask = (form: Record<string, string> | URLSearchParams, authorization: string | null = null) =>
  issueToken(house.services, { form: new URLSearchParams(form), authorization }, from);
const grant = { grant_type: 'client_credentials' };
const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
const from = { requestId: 'req_test', address: '192.0.2.1' };
const ctxOf = async (bearer: string) => {
  const acting = await apiClientCtx(house.services, bearer, from);
  return acting.ok ? acting.value : null;
};

async function newToken(client: Record<string, string>, more: Record<string, string> = {}): Promise<string> {
  const answer = await ask({ ...grant, ...client, ...more });
  if (!answer.ok) throw new Error(answer.error.error_description);
  return answer.value.access_token;
}

test('a secret tells its kind, and a mistyped one is refused without a look-up', () => {
  const { key } = newApiKey(false);
  expect(readSecret(key)?.kind).toBe('test');
  expect(readSecret(newClientSecret().secret)?.kind).toBe('secret');
  expect(readSecret(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
  expect(readSecret(key.replace('cf_test_', 'cf_live_'))).toBeNull();
  expect(readSecret('cf_test_')).toBeNull();
});

test('a token is given for an hour, in the form and by HTTP Basic, and audited; only its hash is kept', async () => {
  const client = await newClient();
  const answers = [
    await ask({ ...grant, ...client }),
    await ask(grant, basic(client.client_id, client.client_secret)),
  ];
  for (const answer of answers) {
    if (!answer.ok) throw new Error(answer.error.error_description);
    expect(answer.value).toEqual({
      access_token: expect.stringMatching(/^cf_token_[\w-]{38}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: SCOPES.join(' '),
    });
    const kept = JSON.stringify(await house.services.db.select().from(oauthTokens));
    expect(kept).not.toContain(answer.value.access_token);
  }
  const audit = await house.services.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'oauth_token.issued'));
  expect(audit).toMatchObject([{ subject: client.client_id }, { subject: client.client_id }]);
});

test('a token acts for its client and merchant, within the scope asked for', async () => {
  const token = await newToken(await newClient(), { scope: 'payment_links:read' });
  const ctx = await ctxOf(token);
  expect(ctx).toMatchObject({
    merchantId: house.merchantId,
    actor: { kind: 'api_client', name: 'Till', scopes: ['payment_links:read'] },
  });
  const refused = ctx && (await createPaymentLink(ctx, { amountMinor: 1, currency: 'GBP' }));
  expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
});

test('a token ends with its hour, its row, and at once with its client; what the client loses it loses too', async () => {
  const { db } = house.services;
  const client = await newClient();
  const [hour, row, revoked] = [await newToken(client), await newToken(client), await newToken(client)];
  await setClock(db, 3599);
  expect(await ctxOf(hour)).not.toBeNull();
  await setClock(db, 3600.1);
  expect(await ctxOf(hour)).toBeNull();
  await setClock(db, 0);
  await db.delete(oauthTokens).where(eq(oauthTokens.hash, readSecret(row)?.hash ?? ''));
  expect(await ctxOf(row)).toBeNull();
  const own = eq(oauthClients.id, client.client_id);
  await db
    .update(oauthClients)
    .set({ scopes: ['payment_links:read'] })
    .where(own);
  expect((await ctxOf(revoked))?.actor).toMatchObject({ scopes: ['payment_links:read'] });
  await db.update(oauthClients).set({ revokedAt: new Date() }).where(own);
  expect(await ctxOf(revoked)).toBeNull();
  expect(await ask({ ...grant, ...client })).toMatchObject({ error: { error: 'invalid_client' } });
});

test('a client secret is no bearer, and a token is no client secret', async () => {
  const client = await newClient();
  expect(await ctxOf(client.client_secret)).toBeNull();
  const token = await newToken(client);
  const answer = await ask({ ...grant, ...client, client_secret: token });
  expect(answer).toMatchObject({ error: { error: 'invalid_client' } });
});

test('errors are those of RFC 6749', async () => {
  const client = await newClient(['payment_links:read']);
  const other = await newClient();
  const { client_id, client_secret } = client;
  const twice = new URLSearchParams({ ...grant, ...client });
  twice.append('scope', 'a');
  twice.append('scope', 'b');
  for (const [form, error, authorization] of [
    [{ ...client }, 'invalid_request'],
    [{ ...client, grant_type: 'password' }, 'unsupported_grant_type'],
    [{ ...grant, ...client, scope: 'payment_links:read payment_links:create' }, 'invalid_scope'],
    [{ ...grant, ...client, scope: 'everything' }, 'invalid_scope'],
    [twice, 'invalid_request'],
    [grant, 'invalid_client'],
    [{ ...grant, client_id }, 'invalid_client'],
    [{ ...grant, client_id: other.client_id, client_secret }, 'invalid_client'],
    [{ ...grant, client_id: 'nobody', client_secret }, 'invalid_client'],
    [{ ...grant, client_id, client_secret: 'x' }, 'invalid_client'],
    [{ ...grant, ...client }, 'invalid_request', basic(client_id, client_secret)],
    [{ ...grant, client_id: other.client_id }, 'invalid_request', basic(client_id, client_secret)],
    [grant, 'invalid_client', 'Bearer x'],
    [grant, 'invalid_client', 'Basic ####'],
  ] as [Record<string, string> | URLSearchParams, string, string?][]) {
    expect(await ask(form, authorization), String(new URLSearchParams(form))).toMatchObject({
      ok: false,
      error: { error, error_description: expect.any(String) },
    });
  }
});

test('an API key acts until it is revoked or over', async () => {
  const { db } = house.services;
  const { key, prefix, hash } = newApiKey(false);
  const id = newId('apiKey');
  const row = { merchantId: house.merchantId, id, name: 'Key', prefix, hash, scopes: [...SCOPES] };
  await insertApiKey(db, { ...row, expiresAt: new Date(Date.now() + 60_000) });
  expect(await ctxOf(key)).toMatchObject({ merchantId: house.merchantId, actor: { id } });
  await setClock(db, 61);
  expect(await ctxOf(key)).toBeNull();
  await setClock(db, 0);
  await db.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, id));
  expect(await ctxOf(key)).toBeNull();
});
