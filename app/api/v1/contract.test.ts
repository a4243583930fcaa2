import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCOPES } from '@/core/permissions';
import { insertOAuthClient } from '@/db/queries/oauth';
import { setClock } from '@/db/testing';
import { newClientSecret } from '@/lib/api-clients/secrets';
import { OPERATIONS, type Operation } from '@/lib/contracts/operations';
import { newId } from '@/lib/ids';
import { runPaymentLinkBatch } from '@/lib/payment-link-batches';
import { LinkTales } from '@/lib/payment-links/testing';
import { keyAll } from '@/lib/payment-sessions/keyed.fixture';
import { requestLog } from '../../_server/request-log';
import { ApiHouse, newEndpoint, type Told } from '../../_server/testing';

let api: ApiHouse;
const tales = new LinkTales(() => api.house);
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterAll(() => api.close());

const requestOf = (id: string) =>
  OPERATIONS.find((operation) => operation.id === id)?.example?.request as Record<string, unknown>;
const issue = async (): Promise<string> =>
  (await api.call('POST', '/payment-links', { body: requestOf('createPaymentLink') })).json.id as string;

/** How each operation is made to go well, with the request that the document shows. */
const WAYS: Record<string, () => Promise<Told>> = {
  createPaymentLink: () => api.call('POST', '/payment-links', { body: requestOf('createPaymentLink') }),
  listPaymentLinks: () => api.call('GET', '/payment-links?status=active&limit=1&q=stick&profile=standard'),
  readPaymentLink: async () => api.call('GET', `/payment-links/${await issue()}`),
  updatePaymentLink: async () =>
    api.call('PATCH', `/payment-links/${await issue()}`, {
      body: requestOf('updatePaymentLink'),
      headers: { 'if-match': '"1"' },
    }),
  cancelPaymentLink: async () => api.call('POST', `/payment-links/${await issue()}/cancel`),
  reissuePaymentLink: async () =>
    api.call('POST', `/payment-links/${await issue()}/reissue`, { body: requestOf('reissuePaymentLink') }),
  sendPaymentLink: async () =>
    api.call('POST', `/payment-links/${await issue()}/send`, { body: requestOf('sendPaymentLink') }),
  unlockPaymentLink: async () => {
    const id = await issue();
    await tales.lock(id);
    return api.call('POST', `/payment-links/${id}/unlock`);
  },
  listLinkEvents: async () => api.call('GET', `/payment-links/${await paid()}/events?limit=100`),
  listPaymentAttempts: async () => api.call('GET', `/payment-links/${await paid()}/attempts`),
  listLinkMessages: async () => api.call('GET', `/payment-links/${await issue()}/messages`),
  listLinkRefunds: async () => api.call('GET', `/payment-links/${await refunded()}/refunds`),
  createRefund: async () => {
    const body = { ...requestOf('createRefund'), paymentLink: await paid() };
    return api.call('POST', '/refunds', { body });
  },
  createPaymentLinkBatch: () =>
    api.call('POST', '/payment-link-batches', { body: requestOf('createPaymentLinkBatch') }),
  readPaymentLinkBatch: async () => api.call('GET', `/payment-link-batches/${await batch()}`),
  listBatchErrors: async () => api.call('GET', `/payment-link-batches/${await batch()}/errors?limit=1`),
  exportPaymentLinks: async () => {
    await issue();
    return api.call('GET', '/exports/payment-links.csv?status=active&q=stick');
  },
  readRefund: async () => {
    const refund = await WAYS.createRefund?.();
    return api.call('GET', `/refunds/${refund?.json.id}`);
  },
  listLedger: async () => {
    await paid();
    return api.call('GET', '/ledger?from=2026-01-01T00:00:00Z');
  },
  createPaymentSession: () =>
    api.call('POST', '/payment-sessions', { body: requestOf('createPaymentSession') }),
  readPaymentSession: async () => api.call('GET', `/payment-sessions/${await session()}`),
  requestSessionField: () => onKeyed('request-field', requestOf('requestSessionField')),
  submitPaymentSession: () => onKeyed('submit'),
  cancelPaymentSession: async () => api.call('POST', `/payment-sessions/${await session()}/cancel`),
  switchPaymentSession: () => onKeyed('switch', requestOf('switchPaymentSession')),
  createAgentLaunch: () => api.call('POST', '/agent-launches', { body: requestOf('createAgentLaunch') }),
  createWebhookEndpoint: () => api.call('POST', '/webhook-endpoints', { body: { url: HOOK, ...hookOf() } }),
  listWebhookEndpoints: async () => {
    await newEndpoint(api);
    return api.call('GET', '/webhook-endpoints?limit=1');
  },
  readWebhookEndpoint: async () => api.call('GET', `/webhook-endpoints/${await newEndpoint(api)}`),
  updateWebhookEndpoint: async () =>
    api.call('PATCH', `/webhook-endpoints/${await newEndpoint(api)}`, {
      body: requestOf('updateWebhookEndpoint'),
      headers: { 'if-match': '"1"' },
    }),
  deleteWebhookEndpoint: async () => api.call('DELETE', `/webhook-endpoints/${await newEndpoint(api)}`),
  rotateWebhookSecret: () => actOn('rotate-secret', requestOf('rotateWebhookSecret')),
  pingWebhookEndpoint: () => actOn('ping'),
  enableWebhookEndpoint: () => actOn('enable'),
  disableWebhookEndpoint: () => actOn('disable'),
  replayEvents: () => actOn('replay', { ...requestOf('replayEvents'), since: new Date(Date.now() - 60_000) }),
  listEvents: async () => {
    await issue();
    return api.call('GET', '/events?limit=2&types=payment_link.created,refund.created&order=oldest');
  },
  readEvent: async () => api.call('GET', `/events/${(await pinged()).event}`),
  redeliverEvent: async () => {
    const { event, webhookEndpoint } = await pinged();
    return api.call('POST', `/events/${event}/redeliver`, { body: { endpoint: webhookEndpoint } });
  },
  listWebhookDeliveries: async () => {
    const { webhookEndpoint } = await pinged();
    return api.call('GET', `/webhook-deliveries?endpoint=${webhookEndpoint}&status=pending&limit=1`);
  },
  readWebhookDelivery: async () => api.call('GET', `/webhook-deliveries/${(await pinged()).id}`),
  listApiRequests: async () => {
    await logged();
    return api.call('GET', '/api-requests?limit=2&operation=createPaymentLink&failed=false&status=201');
  },
  readApiRequest: async () => api.call('GET', `/api-requests/${await logged()}`),
  issueAccessToken: async () => {
    const { secret, hash } = newClientSecret();
    const id = newId('oauthClient');
    const { merchantId, services } = api.house;
    const scopes = [...SCOPES];
    await insertOAuthClient(services.db, { merchantId, id, name: 'Till', secretHash: hash, scopes });
    const basic = Buffer.from(`${id}:${secret}`).toString('base64');
    const form = new URLSearchParams(requestOf('issueAccessToken') as Record<string, string>);
    return api.call('POST', '/oauth/token', {
      key: null,
      body: form.toString(),
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  },
  readOpenApiDocument: () => api.call('GET', '/openapi.json', { key: null }),
};

const HOOK = 'http://127.0.0.1:9/hook';
const hookOf = () => {
  const { url, ...rest } = requestOf('createWebhookEndpoint');
  return rest;
};
const actOn = async (act: string, body?: object): Promise<Told> =>
  api.call('POST', `/webhook-endpoints/${await newEndpoint(api)}/${act}`, body && { body });

const session = async (): Promise<string> => (await WAYS.createPaymentSession?.())?.json.id as string;
/** An act on a session of which all fields were keyed. */
async function onKeyed(act: string, body?: object): Promise<Told> {
  const id = await session();
  await keyAll(api.house, id);
  return api.call('POST', `/payment-sessions/${id}/${act}`, body && { body });
}

/** The batch that the document shows, at its end: its first row lacks an address. */
async function batch(): Promise<string> {
  const told = await api.call('POST', '/payment-link-batches', { body: requestOf('createPaymentLinkBatch') });
  const id = told.json.id as string;
  await runPaymentLinkBatch(api.house.services, { merchantId: api.house.merchantId, id }, 5_000);
  return id;
}

/** A call that is in the log. */
async function logged(): Promise<string> {
  const { headers } = await api.call('POST', '/payment-links', { body: requestOf('createPaymentLink') });
  await requestLog().flush();
  return headers.get('request-id') ?? '';
}

const pinged = async () => (await actOn('ping')).json;

async function paid(): Promise<string> {
  const id = await issue();
  await tales.pay(id);
  return id;
}
async function refunded(): Promise<string> {
  const id = await paid();
  await api.call('POST', '/refunds', { body: { paymentLink: id } });
  return id;
}

test.each(OPERATIONS.map((operation): [string, Operation] => [operation.id, operation]))(
  '%s answers as the document says, and the request it shows runs',
  async (id, { answer }) => {
    const told = await WAYS[id]?.();
    await setClock(api.house.services.db, 0);
    expect(told?.status, told?.text).toBe(answer.status);
  },
);

test('refusals are as the document says, with the code in words of its own', async () => {
  const link = await issue();
  const wrong = { body: { amountMinor: 1, currency: 'GBP', surprise: 1 } };
  const text = { body: 'amountMinor=1', headers: { 'content-type': 'text/plain' } };
  const json = { 'content-type': 'application/json' };
  const card = { body: { amountMinor: 1, currency: 'GBP', description: '4242424242424242' } };
  for (const [status, code, method, where, ask] of [
    [401, 'unauthenticated', 'GET', '/payment-links', { key: null }],
    [401, 'unauthenticated', 'POST', '/payment-links', { key: 'cf_test_nothing' }],
    [403, 'forbidden', 'GET', '/ledger', { key: await api.newKey(api.house.merchantId, ['refunds:read']) }],
    [404, 'not_found', 'GET', '/payment-links/plink_nothing', {}],
    [404, 'not_found', 'GET', '/nothing/here', {}],
    [404, 'not_found', 'GET', '', {}],
    [405, 'method_not_allowed', 'DELETE', `/payment-links/${link}`, {}],
    [400, 'malformed', 'POST', '/payment-links', { body: '{"amountMinor":', headers: json }],
    [
      400,
      'malformed',
      'POST',
      '/payment-links',
      { body: `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`, headers: json },
    ],
    [413, 'too_large', 'POST', '/payment-links', { body: { description: 'x'.repeat(70_000) } }],
    [415, 'unsupported_media_type', 'POST', '/payment-links', text],
    [422, 'invalid', 'POST', '/payment-links', wrong],
    [422, 'invalid', 'POST', `/payment-links/${link}/cancel`, { body: { surprise: 1 } }],
    [422, 'invalid', 'GET', '/ledger?from=yesterday', {}],
    [422, 'invalid', 'POST', '/payment-links', { body: {}, headers: { 'idempotency-key': 'x'.repeat(256) } }],
    [422, 'card_number_refused', 'POST', '/payment-links', card],
    [400, 'malformed', 'POST', '/payment-link-batches', { body: '[{"amountMinor":1', headers: json }],
    [400, 'malformed', 'POST', '/payment-link-batches', { body: {} }],
    [415, 'unsupported_media_type', 'POST', '/payment-link-batches', text],
    [422, 'invalid', 'POST', '/payment-link-batches', { body: [] }],
    [422, 'invalid', 'POST', '/payment-link-batches?onError=guess', { body: [1] }],
    [413, 'too_large', 'POST', '/payment-link-batches', { body: Array(100_001).fill(1) }],
    [422, 'invalid', 'GET', '/exports/payment-links.csv?limit=5', {}],
    [428, 'version_required', 'PATCH', `/payment-links/${link}`, { body: {} }],
    [
      412,
      'version_mismatch',
      'PATCH',
      `/payment-links/${link}`,
      { body: {}, headers: { 'if-match': '"9"' } },
    ],
    [409, 'link_not_locked', 'POST', `/payment-links/${link}/unlock`, {}],
    [409, 'nothing_to_refund', 'POST', '/refunds', { body: { paymentLink: link } }],
  ] as const) {
    const told = await api.call(method, where, ask);
    expect([told.status, told.json.code], `${method} ${where}`).toEqual([status, code]);
    expect(told.headers.get('content-type')).toBe('application/problem+json');
    expect(told.headers.get('request-id')).toBe(told.json.requestId);
    expect(told.json.type).toBe(`http://localhost:3000/developers/problems/${code}`);
  }
});

test('a field named __proto__ is refused, by name, wherever it stands, and so is such a parameter', async () => {
  const WHY = 'holds a field named __proto__, which no field may be';
  for (const [field, detail] of [
    ['"metadata":{"__proto__":"x"}', `metadata: ${WHY}`],
    ['"customer":{"__proto__":{"email":"a@example.com"}}', `customer: ${WHY}`],
    ['"__proto__":{"reference":"x"}', `The input ${WHY}.`],
  ]) {
    const body = `{"amountMinor":1240,"currency":"GBP",${field}}`;
    const headers = { 'content-type': 'application/json' };
    const told = await api.call('POST', '/payment-links', { body, headers });
    expect([told.status, told.json.code, told.json.detail]).toEqual([422, 'invalid', detail]);
  }
  for (const query of ['__proto__=x', '__proto__=x&__proto__=y'])
    expect((await api.call('GET', `/payment-links?${query}`)).status).toBe(422);
});
