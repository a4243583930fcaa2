import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCOPES } from '@/core/permissions';
import { insertApiKey } from '@/db/queries/api-keys';
import { insertOAuthClient } from '@/db/queries/oauth';
import { newId } from '../ids';
import { type TestHouse, testHouse } from '../testing';
import { apiClientCtx, issueToken } from '.';
import { newApiKey, newClientSecret } from './secrets';

const from = { requestId: 'req_test', address: '192.0.2.1' };
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

async function newKey(merchantId: number): Promise<string> {
  const { key, prefix, hash } = newApiKey(false);
  const scopes = [...SCOPES];
  await insertApiKey(house.services.db, {
    merchantId,
    id: newId('apiKey'),
    name: 'Till',
    prefix,
    hash,
    scopes,
  });
  return key;
}

async function newClient() {
  const { secret, hash } = newClientSecret();
  const id = newId('oauthClient');
  const row = { merchantId: house.merchantId, id, name: 'Till', secretHash: hash, scopes: [...SCOPES] };
  await insertOAuthClient(house.services.db, row);
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  return () => issueToken(house.services, { form: new URLSearchParams(form), authorization: null }, from);
}

const act = async (bearer: string) => {
  const acting = await apiClientCtx(house.services, bearer, from);
  return acting.ok ? 'let in' : acting.error.code;
};
const setEnabled = (enabled: boolean) =>
  house.database.sql`update merchants set api_enabled = ${enabled} where id = ${house.merchantId}`;

test('the API switched off for a merchant lets in none of its keys and tokens at once, gives out no token, and on again it does', async () => {
  const [key, other] = [await newKey(house.merchantId), await newKey(house.stranger.merchantId)];
  const ask = await newClient();
  const told = await ask();
  if (!told.ok) throw new Error(told.error.error_description);
  const token = told.value.access_token;
  expect([await act(key), await act(token)]).toEqual(['let in', 'let in']);
  await setEnabled(false);
  expect([await act(key), await act(token)]).toEqual(['forbidden', 'forbidden']);
  expect(await ask()).toMatchObject({ ok: false, error: { error: 'invalid_client' } });
  expect(await act(other)).toBe('let in');
  await setEnabled(true);
  expect([await act(key), await act(token), (await ask()).ok]).toEqual(['let in', 'let in', true]);
});
