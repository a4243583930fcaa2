import { api, BARE, type More, open, type Row, row } from '../rows';
import type { Cell, Kind } from '../things';

const VERSION = { headers: { 'if-match': '"1"' } };
/** A path below the API about one thing. */
const about =
  (kind: Kind, before: string, after = '', json?: object) =>
  async (cell: Cell) => {
    const { id } = (await cell.one(kind)) as { id: string };
    return { path: `/api/v1/${before}/${id}${after}`, ...(json && { json }) };
  };
const link = (kind: Kind, after = '', json?: object) => about(kind, 'payment-links', after, json);
const session = (after = '', json?: object) => about('session', 'payment-sessions', after, json);
const endpoint = (after = '', json?: object, kind: Kind = 'endpoint') =>
  about(kind, 'webhook-endpoints', after, json);

/** Answered in the words of the Vonage Payment API. */
const compatible = (way: string, scope: Row['scope'], send: Row['send'], more: More = {}): Row =>
  row(way, ['key'], send, { scope, ...more });
const PAYMENT = { Amount: '12.40', Currency: 'GBP', CustomerPhoneNumber: '+447700900123' };

export const API: Row[] = [
  api('GET /payment-links', 'payment_links:read'),
  api('POST /payment-links', 'payment_links:create', () => ({
    json: { amountMinor: 1240, currency: 'GBP' },
  })),
  api('GET /payment-links/[id]', 'payment_links:read', link('link')),
  api('PATCH /payment-links/[id]', 'payment_links:renew', async (cell) => ({
    ...(await link('link', '', { description: 'Another word' })(cell)),
    ...VERSION,
  })),
  api('POST /payment-links/[id]/cancel', 'payment_links:cancel', link('link', '/cancel')),
  api('POST /payment-links/[id]/reissue', 'payment_links:renew', link('link', '/reissue', { send: [] })),
  api('POST /payment-links/[id]/send', 'payment_links:send', link('link', '/send', { channel: 'email' })),
  api('POST /payment-links/[id]/unlock', 'payment_links:renew', link('lockedLink', '/unlock')),
  api('GET /payment-links/[id]/attempts', 'payment_links:read', link('paid', '/attempts')),
  api('GET /payment-links/[id]/events', 'payment_links:read', link('link', '/events')),
  api('GET /payment-links/[id]/messages', 'payment_links:read', link('sentLink', '/messages')),
  api('GET /payment-links/[id]/refunds', 'refunds:read', link('paid', '/refunds')),
  api('GET /exports/payment-links.csv', 'payment_links:read'),
  api('POST /payment-link-batches', 'payment_links:create', () => ({
    json: [{ amountMinor: 1, currency: 'GBP' }],
  })),
  api('GET /payment-link-batches/[id]', 'payment_links:read', about('batch', 'payment-link-batches')),
  api(
    'GET /payment-link-batches/[id]/errors',
    'payment_links:read',
    about('batch', 'payment-link-batches', '/errors'),
  ),
  api('POST /refunds', 'refunds:create', async (cell) => ({
    json: { paymentLink: (await cell.one('paid')).id },
  })),
  api('GET /refunds/[id]', 'refunds:read', about('refund', 'refunds')),
  api('GET /ledger', 'ledger:read'),
  api('POST /payment-sessions', 'payment_sessions:create', () => ({
    json: {
      kind: 'digital',
      agent: 'sam',
      amountMinor: 1240,
      currency: 'GBP',
      customer: { phone: '+447700900123' },
    },
  })),
  api('GET /payment-sessions/[id]', 'payment_sessions:read', session()),
  api('POST /payment-sessions/[id]/cancel', 'payment_sessions:create', session('/cancel')),
  api(
    'POST /payment-sessions/[id]/switch',
    'payment_sessions:create',
    session('/switch', { kind: 'digital' }),
  ),
  // By link there is nothing to key: who is let in is told so.
  api(
    'POST /payment-sessions/[id]/request-field',
    'payment_sessions:create',
    session('/request-field', { field: 'expiry' }),
    {
      stopsAt: 'session_not_ready',
    },
  ),
  api('POST /payment-sessions/[id]/submit', 'payment_sessions:create', session('/submit'), {
    stopsAt: 'session_not_ready',
  }),
  api('POST /agent-launches', 'payment_sessions:create', () => ({ json: { agent: 'sam' } })),
  api('GET /webhook-endpoints', 'webhooks:read'),
  api('POST /webhook-endpoints', 'webhooks:write', ({ house }) => ({
    json: { url: `${house.plan.config.urls.sandbox}/receiver/made` },
  })),
  api('GET /webhook-endpoints/[id]', 'webhooks:read', endpoint()),
  api('PATCH /webhook-endpoints/[id]', 'webhooks:write', async (cell) => ({
    ...(await endpoint('', { description: 'Another word' })(cell)),
    ...VERSION,
  })),
  api('DELETE /webhook-endpoints/[id]', 'webhooks:write', endpoint()),
  api('POST /webhook-endpoints/[id]/disable', 'webhooks:write', endpoint('/disable')),
  api(
    'POST /webhook-endpoints/[id]/enable',
    'webhooks:write',
    endpoint('/enable', undefined, 'disabledEndpoint'),
  ),
  api('POST /webhook-endpoints/[id]/ping', 'webhooks:write', endpoint('/ping')),
  api('POST /webhook-endpoints/[id]/rotate-secret', 'webhooks:write', endpoint('/rotate-secret')),
  api('POST /webhook-endpoints/[id]/replay', 'webhooks:write', async (cell) =>
    endpoint('/replay', { since: new Date(Date.now() - 3_600_000).toISOString() })(cell),
  ),
  api('GET /events', 'webhooks:read'),
  api('GET /events/[id]', 'webhooks:read', async (cell) => ({
    path: `/api/v1/events/${(await cell.one('told')).event}`,
  })),
  api('POST /events/[id]/redeliver', 'webhooks:write', async (cell) => {
    const { event, endpoint: to } = await cell.one('told');
    return { path: `/api/v1/events/${event}/redeliver`, json: { endpoint: to } };
  }),
  api('GET /webhook-deliveries', 'webhooks:read'),
  api('GET /webhook-deliveries/[id]', 'webhooks:read', async (cell) => ({
    path: `/api/v1/webhook-deliveries/${(await cell.one('told')).delivery}`,
  })),
  api('GET /api-requests', 'api_requests:read'),
  api('GET /api-requests/[id]', 'api_requests:read', about('request', 'api-requests')),
  open('GET /api/v1/openapi.json'),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) =>
    row(`${method} /api/v1/[[...path]]`, [], () => ({ path: '/api/v1/nothing-here' })),
  ),
  compatible('POST /v1/digitalsession', 'payment_sessions:create', () => ({
    json: { agentId: 'sam', paymentData: PAYMENT },
  })),
  compatible('POST /v1/session', 'payment_sessions:create', () => ({
    json: { agentId: 'sam', paymentData: PAYMENT, skipCallTransfer: true },
  })),
  compatible('GET /v1/session/[guid]', 'payment_sessions:read', async (cell) => ({
    path: `/v1/session/${(await cell.one('frame')).guid}`,
  })),
  ...(['/oauth/token', '/Auth/connect/token'] as const).map((path) =>
    row(
      `POST ${path}`,
      BARE,
      async (cell) => {
        const { id, secret } = await cell.one('client');
        const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
        return { form: path === '/oauth/token' ? form : { ...form, scope: 'globalpci' } };
      },
      { reach: 'any' },
    ),
  ),
];
