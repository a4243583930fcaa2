import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertProfile } from '@/db/queries/installation';
import { listAllProfiles } from '@/db/queries/merchants';
import { setClock } from '@/db/testing';
import { agentCtxFromBearer } from '@/lib/agent-tokens';
import { newId } from '@/lib/ids';
import { listLinkMessages } from '@/lib/payment-links';
import { DECLINED, LinkTales } from '@/lib/payment-links/testing';
import { routeModule } from '../_server/testing';
import { CompatibleHouse, compatibleRoutes, DATA, PORTAL_URL } from './testing';

let vcc: CompatibleHouse;
const tales = new LinkTales(() => vcc.house);
beforeAll(async () => {
  vcc = await CompatibleHouse.open();
});
afterEach(() => setClock(vcc.house.services.db, 0));
afterAll(() => vcc.api.close());

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const refusal = ({ status, json }: { status: number; json: Record<string, unknown> }) => {
  const { code, message } = json.error as { code: string; message: string };
  expect(message).toMatch(/\w/);
  expect(Object.keys(json)).toEqual(['error']);
  return [status, code];
};

test('a client gets a token of an hour for the scope globalpci, by the words of RFC 6749', async () => {
  const token = await vcc.tokenFor(vcc.client);
  expect(token.status).toBe(200);
  expect(token.json).toEqual({
    access_token: expect.any(String),
    expires_in: 3600,
    token_type: 'Bearer',
    scope: 'globalpci',
  });
  const fails = async (client: object, more: object = {}) => {
    const { status, json } = await vcc.tokenFor(client, more);
    return [status, json.error];
  };
  expect(await fails({ ...vcc.client, client_secret: 'wrong' })).toEqual([401, 'invalid_client']);
  expect(await fails(vcc.client, { scope: 'payment_links:read' })).toEqual([400, 'invalid_scope']);
  expect(await fails(vcc.client, { grant_type: 'password' })).toEqual([400, 'unsupported_grant_type']);
  const small = await vcc.newClient(['payment_sessions:read', 'payment_sessions:create']);
  expect(await fails(small)).toEqual([400, 'invalid_scope']);
});

test('the token of globalpci opens payment sessions and nothing else of the API', async () => {
  const refused = await vcc.api.call('POST', '/refunds', {
    key: vcc.token,
    body: { paymentLink: 'plink_1' },
  });
  expect(refused.status).toBe(403);
});

test('a digital session is a link that is sent to the telephone, told back untouched and with its amount in minor units', async () => {
  const begun = await vcc.begin('digitalsession');
  expect(begun.status).toBe(201);
  const { sessionGuid, iframeUrl, agentAccessToken, agentRefreshToken } = begun.json;
  expect(sessionGuid).toMatch(GUID);
  expect(iframeUrl).toBe(`${PORTAL_URL}/agent-frame/session/${sessionGuid}`);
  expect([agentAccessToken, agentRefreshToken]).toEqual([expect.any(String), expect.any(String)]);
  const row = await vcc.row(String(sessionGuid));
  const link = await tales.read(row.paymentLinkId);
  expect(link).toMatchObject({
    amountMinor: 1240,
    currency: 'GBP',
    reference: DATA.MerchantReferenceCode,
    customer: { name: 'John Smith', phone: '+447700900123' },
  });
  const messages = await listLinkMessages(vcc.house.as('viewer'), link.id, {});
  expect(messages.ok && messages.value.data.map(({ channel }) => channel)).toEqual(['sms']);
  const told = await vcc.status(String(sessionGuid));
  expect(told.status).toBe(200);
  expect(told.json).toMatchObject({
    sessionGuid,
    callGuid: null,
    sessionState: 'Created',
    paymentResultData: { ...DATA, Amount: '1240' },
  });
});

test('a session is told by GET as it stands: under way after a decline, finished once it is paid', async () => {
  const { guid, session } = await vcc.digital();
  const link = session.paymentLinkId;
  await tales.answer(await tales.submitted(link), DECLINED);
  expect((await vcc.status(guid)).json).toMatchObject({ sessionState: 'InProgress' });
  await setClock(vcc.house.services.db, 10);
  await tales.pay(link);
  expect((await vcc.status(guid)).json).toMatchObject({
    sessionState: 'Finished',
    paymentResultData: {
      ...{ ...DATA, Amount: '1240' },
      ...{ decision: 'ACCEPT', reasonCode: '100', transactionType: 'Capture' },
      requestID: expect.stringMatching(/^gw_/),
    },
  });
});

test('an agent-assist session needs an active call unless it says that it does without', async () => {
  await vcc.house.database.sql`update payment_profiles set moto = true`;
  expect(refusal(await vcc.begin('session'))).toEqual([400, 'NO_ACTIVE_CALL']);
  const begun = await vcc.begin('session', { skipCallTransfer: true });
  expect(begun.status).toBe(201);
  expect(await vcc.row(String(begun.json.sessionGuid))).toMatchObject({
    kind: 'agent_assist',
    withoutCall: true,
    agentId: 'agent1234',
  });
  await vcc.house.database.sql`update payment_profiles set moto = false`;
  expect(refusal(await vcc.begin('session', { skipCallTransfer: true }))).toEqual([403, 'FORBIDDEN']);
});

test('amounts are exact: what a currency cannot hold is refused and nothing is made', async () => {
  const begin = (Amount: string, Currency: string) =>
    vcc.begin('digitalsession', {}, { ...DATA, Amount, Currency });
  const many = async () =>
    (await vcc.house.database.sql<{ n: number }[]>`select count(*)::int as n from payment_links`)[0]?.n;
  const before = await many();
  for (const [amount, currency] of [
    ['12.405', 'GBP'],
    ['0', 'GBP'],
    ['1.000', 'JPY'],
    ['twelve', 'GBP'],
  ] as const)
    expect(refusal(await begin(amount, currency)), amount).toEqual([400, 'AMOUNT_INVALID']);
  expect(await many()).toBe(before);
  for (const [amount, currency, minor] of [
    ['1000', 'JPY', '1000'],
    ['1.234', 'KWD', '1234'],
  ] as const) {
    const begun = await begin(amount, currency);
    const told = await vcc.status(String(begun.json.sessionGuid));
    expect(told.json.paymentResultData).toMatchObject({ Amount: minor, Currency: currency });
  }
});

test('every refusal has a code and a sentence, and the status that goes with it', async () => {
  const begin = (more: object, data: object = DATA) => vcc.begin('digitalsession', more, data);
  expect(refusal(await begin({ agentId: undefined }))).toEqual([400, 'AGENT_ID_REQUIRED']);
  expect(refusal(await begin({ paymentData: undefined }))).toEqual([400, 'INVALID_REQUEST']);
  expect(refusal(await begin({}, { ...DATA, note: 7 }))).toEqual([400, 'INVALID_REQUEST']);
  expect(refusal(await begin({}, { ...DATA, note: 'x'.repeat(501) }))).toEqual([400, 'INVALID_REQUEST']);
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`name${i}`, 'x']));
  expect(refusal(await begin({}, many))).toEqual([400, 'INVALID_REQUEST']);
  const phone = await begin({}, { ...DATA, CustomerPhoneNumber: '12' });
  expect(refusal(phone)).toEqual([400, 'INVALID_REQUEST']);
  expect(phone.json).toMatchObject({
    error: { message: expect.stringContaining('paymentData.CustomerPhoneNumber') },
  });
  expect(refusal(await vcc.status('no-guid'))).toEqual([404, 'NOT_FOUND']);
  expect(refusal(await vcc.status('c97f86c0-4586-4ba6-adc7-e0072f7f1601'))).toEqual([404, 'NOT_FOUND']);
  expect(refusal(await vcc.status('x', { token: null }))).toEqual([401, 'UNAUTHORIZED']);
  expect(refusal(await vcc.status('x', { token: 'cf_token_wrong' }))).toEqual([401, 'UNAUTHORIZED']);
  const reader = await vcc.api.newKey(vcc.house.merchantId, ['payment_sessions:read']);
  const json = { agentId: 'a', paymentData: DATA };
  expect(refusal(await vcc.call('POST', '/v1/session', { token: reader, json }))).toEqual([403, 'FORBIDDEN']);
  const text = { headers: { 'content-type': 'text/plain' }, json };
  expect(refusal(await vcc.call('POST', '/v1/session', text))).toEqual([400, 'INVALID_REQUEST']);
  expect(refusal(await vcc.call('GET', '/v1/session'))).toEqual([405, 'METHOD_NOT_ALLOWED']);
});

test('a card number is refused wherever it stands, and is kept nowhere', async () => {
  const CARD = '4242424242424242';
  const begin = (more: object, data: object = {}) =>
    vcc.begin('session', { skipCallTransfer: true, ...more }, { ...DATA, ...data });
  const refused = [
    await begin({}, { note: 'card 4242 4242 4242 4242' }),
    await begin({}, { [CARD]: 'x' }),
    await begin({}, { CustomerPhoneNumber: CARD }),
    await begin({}, { MerchantReferenceCode: CARD }),
    await begin({ agentId: CARD }),
  ];
  expect(refused.map(refusal)).toEqual(refused.map(() => [400, 'INVALID_REQUEST']));
  const kept = await vcc.house.database.sql<
    { text: string }[]
  >`select s::text as text from payment_sessions s`;
  expect(JSON.stringify(kept).replace(/\D/g, '')).not.toContain(CARD);
});

test('another merchant’s session, and one that did not come by this surface, are not there', async () => {
  const { guid } = await vcc.digital();
  expect(refusal(await vcc.status(guid, { token: vcc.api.strangerKey }))).toEqual([404, 'NOT_FOUND']);
  await vcc.house.database.sql`update payment_sessions set compatible = null where id = ${guid}`;
  expect(refusal(await vcc.status(guid))).toEqual([404, 'NOT_FOUND']);
});

test('an account configuration is found by its number, id or name; without one the default is taken', async () => {
  const { services, merchantId } = vcc.house;
  const standard = (await listAllProfiles(services.db, merchantId))[0];
  const begin = async (accountConfigurationId?: unknown) => {
    const begun = await vcc.begin('digitalsession', { accountConfigurationId });
    return begun.status === 201 ? begun.status : refusal(begun);
  };
  for (const id of [123, '123', standard?.id, standard?.name, undefined, null])
    expect(await begin(id), String(id)).toBe(201);
  const id = newId('profile');
  const more = { name: 'other', gatewayAccountId: standard?.gatewayAccountId ?? '' };
  await insertProfile(services.db, { merchantId, id, ...more });
  const missing = [400, 'ACCOUNT_CONFIGURATION_NOT_FOUND'];
  expect([await begin(124), await begin('other'), await begin(id)]).toEqual([missing, missing, missing]);
  await vcc.set({ enabled: false });
  expect([await begin(), await begin(123)]).toEqual([missing, missing]);
  await vcc.set({ enabled: true });
});

test('the form of an agent’s page opens the desk of that session alone, with the tokens in the fragment', async () => {
  const { guid, tokens, session } = await vcc.digital();
  const form = {
    'X-BEARER-TOKEN': String(tokens.agentAccessToken),
    'X-REFRESH-TOKEN': String(tokens.agentRefreshToken),
  };
  const where = `/agent-frame/session/${guid}`;
  const opened = await vcc.call('POST', where, { token: null, form });
  expect(opened.status).toBe(303);
  const to = new URL(opened.headers.get('location') ?? '');
  expect([to.origin, to.pathname, to.search]).toEqual([PORTAL_URL, '/agent-frame', `?session=${session.id}`]);
  expect(Object.fromEntries(new URLSearchParams(to.hash.slice(1)))).toEqual({
    token: tokens.agentAccessToken,
    refresh: tokens.agentRefreshToken,
  });
  expect(opened.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const headers = { token: null, headers: form };
  expect((await vcc.call('GET', where, headers)).status).toBe(303);
  expect((await vcc.call('GET', where, { token: null })).status).toBe(405);
  const other = await vcc.digital();
  expect((await vcc.call('POST', `/agent-frame/session/${other.guid}`, { token: null, form })).status).toBe(
    401,
  );
  const wrong = { ...form, 'X-BEARER-TOKEN': form['X-REFRESH-TOKEN'] };
  expect((await vcc.call('POST', where, { token: null, form: wrong })).status).toBe(401);
  expect((await vcc.call('POST', where, { token: null, form: {} })).status).toBe(401);
  const from = { requestId: 'req_1', address: '192.0.2.7' };
  const agent = await agentCtxFromBearer(vcc.house.services, form['X-BEARER-TOKEN'], from);
  expect(agent).toMatchObject({ value: { actor: { id: 'agent1234', session: session.id } } });
});

test('a path of this surface handles every method, if only to refuse it', async () => {
  const routes = compatibleRoutes();
  expect(routes).toHaveLength(5);
  for (const { file } of routes)
    expect(Object.keys(await routeModule(file)), file).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
    );
});
