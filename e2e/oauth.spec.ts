import { expect, run, test } from './support';

const { clientId, clientSecret } = run.oauth;
const client = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
const address = `${run.portalUrl}/oauth/token`;

test('a client gets a token for an hour, by form or HTTP Basic, and it opens the API within its scope', async ({
  request,
}) => {
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const byForm = await request.post(address, { form: { ...client, scope: 'payment_links:read' } });
  const byHeader = await request.post(address, {
    form: { grant_type: 'client_credentials', scope: 'payment_links:read' },
    headers: { authorization: basic },
  });
  for (const answer of [byForm, byHeader]) {
    expect(answer.status()).toBe(200);
    expect(answer.headers()).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
    const token = await answer.json();
    expect(token).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'payment_links:read',
    });
    const headers = { authorization: `Bearer ${token.access_token}` };
    const links = `${run.portalUrl}/api/v1/payment-links`;
    expect((await request.get(links, { headers })).status()).toBe(200);
    const data = { amountMinor: 1, currency: 'GBP' };
    expect((await request.post(links, { headers, data })).status()).toBe(403);
  }
});

test('errors are those of RFC 6749, other methods 405', async ({ request }) => {
  const wrong = await request.post(address, { form: { ...client, client_secret: 'wrong' } });
  expect(wrong.status()).toBe(401);
  expect(wrong.headers()['www-authenticate']).toMatch(/^Basic /);
  expect(await wrong.json()).toMatchObject({ error: 'invalid_client' });
  const other = await request.post(address, { form: { ...client, grant_type: 'password' } });
  expect(other.status()).toBe(400);
  expect(await other.json()).toMatchObject({ error: 'unsupported_grant_type' });
  const json = await request.post(address, { data: client });
  expect(json.status()).toBe(400);
  expect(await json.json()).toMatchObject({ error: 'invalid_request' });
  const read = await request.get(address);
  expect(read.status()).toBe(405);
  expect(read.headers().allow).toBe('POST, OPTIONS');
});
