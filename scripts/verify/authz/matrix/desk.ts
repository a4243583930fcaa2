import type { Actor } from '../actors';
import { desk, EVERYBODY_ON_STAFF, type More, open, type Row, row, staff } from '../rows';
import type { Cell } from '../things';

const page = (path: string, roles: string, send: Row['send'] = () => ({}), more: More = {}): Row =>
  desk(`page ${path}`, roles, send, more);
const read = (path: string, roles: string, send: Row['send'] = () => ({})): Row =>
  desk(`GET /api/staff${path}`, roles, send);
/** The path of a way with one thing in it. */
const at =
  (
    kind:
      | 'link'
      | 'request'
      | 'report'
      | 'standard'
      | 'endpoint'
      | 'session'
      | 'batch'
      | 'bulkAct'
      | 'auditEntry',
    before: string,
    after = '',
    json?: object,
  ) =>
  async (cell: Cell) => ({ path: `${before}/${(await cell.one(kind)).id}${after}`, ...(json && { json }) });
const delivery = (before: string) => async (cell: Cell) => ({
  path: `${before}/${(await cell.one('told')).delivery}`,
});

const PAGES: Row[] = [
  page('/', EVERYBODY_ON_STAFF),
  page('/admin', EVERYBODY_ON_STAFF),
  page('/account', EVERYBODY_ON_STAFF),
  page('/account/security', EVERYBODY_ON_STAFF),
  page('/account/sessions', EVERYBODY_ON_STAFF),
  page('/admin/audit', 'owner admin'),
  page('/admin/audit/[id]', 'owner admin', at('auditEntry', '/admin/audit')),
  page('/admin/branding', 'owner admin'),
  page('/admin/bulk/[id]', EVERYBODY_ON_STAFF, at('bulkAct', '/admin/bulk')),
  page('/admin/developers', 'owner admin'),
  page('/admin/developers/requests', 'owner admin'),
  page('/admin/developers/requests/[id]', 'owner admin', at('request', '/admin/developers/requests')),
  page('/admin/evidence', 'owner admin'),
  page('/admin/gateways', 'owner admin'),
  page('/admin/home', 'owner admin viewer'),
  page('/admin/import', EVERYBODY_ON_STAFF),
  page('/admin/import/[id]', EVERYBODY_ON_STAFF, at('batch', '/admin/import')),
  page('/admin/links/[id]', EVERYBODY_ON_STAFF, at('link', '/admin/links')),
  page('/admin/links/new', 'owner admin agent'),
  page('/admin/money', 'owner admin viewer'),
  page('/admin/money/alerts', 'owner admin viewer'),
  page('/admin/money/balance', 'owner admin viewer'),
  page('/admin/money/balance/[id]', 'owner admin viewer', at('report', '/admin/money/balance')),
  page('/admin/money/ledger', 'owner admin viewer'),
  page('/admin/money/notices', 'owner admin viewer'),
  page('/admin/money/requests', EVERYBODY_ON_STAFF),
  page('/admin/money/unknown', 'owner admin viewer'),
  page('/admin/profiles', 'owner admin viewer'),
  page('/admin/profiles/[id]', 'owner admin viewer', at('standard', '/admin/profiles')),
  page('/admin/settings', 'owner admin viewer'),
  page('/admin/single-sign-on', 'owner'),
  page('/admin/team', 'owner admin'),
  page('/admin/templates', 'owner admin'),
  page('/admin/webhooks', 'owner admin viewer'),
  page('/admin/webhooks/[id]', 'owner admin viewer', at('endpoint', '/admin/webhooks')),
  page('/admin/webhooks/deliveries', 'owner admin viewer'),
  page('/admin/webhooks/deliveries/[id]', 'owner admin viewer', delivery('/admin/webhooks/deliveries')),
  page('/agent', 'owner admin agent'),
  page('/agent/payment', EVERYBODY_ON_STAFF),
  open('page /sign-in'),
  open('page /sign-in/single-sign-on'),
  open('page /forgot-password'),
  open('page /set-password'),
  open('page /agent-frame'),
];

const READS: Row[] = [
  row('GET /api/staff/audit', staff('owner admin', 'verified'), () => ({})),
  read('/bulk-acts/[id]', EVERYBODY_ON_STAFF, at('bulkAct', '/api/staff/bulk-acts')),
  read('/bulk-acts/[id]/left', EVERYBODY_ON_STAFF, at('bulkAct', '/api/staff/bulk-acts', '/left')),
  read('/evidence', 'owner admin'),
  read('/home', 'owner admin viewer'),
  read('/imports', EVERYBODY_ON_STAFF),
  read('/imports/[id]', EVERYBODY_ON_STAFF, at('batch', '/api/staff/imports')),
  read('/imports/[id]/refused', EVERYBODY_ON_STAFF, at('batch', '/api/staff/imports', '/refused')),
  ...['', '/preview'].map((path) =>
    desk(
      `POST /api/staff/imports${path}`,
      'owner admin agent',
      () => ({ text: 'amountMinor,currency\n1240,GBP\n' }),
      { isGuarded: true },
    ),
  ),
  read('/payment-links', EVERYBODY_ON_STAFF),
  read('/payment-links/[id]', EVERYBODY_ON_STAFF, at('link', '/api/staff/payment-links')),
  row('GET /api/staff/payment-links/export', staff(EVERYBODY_ON_STAFF, 'verified'), () => ({})),
  row(
    'POST /api/staff/payment-links/export',
    staff(EVERYBODY_ON_STAFF, 'verified'),
    async (cell) => ({ form: { links: (await cell.one('link')).id } }),
    { isGuarded: true },
  ),
  desk(
    'GET /api/staff/payment-links/changed',
    EVERYBODY_ON_STAFF,
    async (cell) => ({ path: `/api/staff/payment-links/changed?ids=${(await cell.one('link')).id}` }),
    { reach: 'all' },
  ),
  read('/live', EVERYBODY_ON_STAFF, async (cell) => ({
    path: `/api/staff/live?link=${(await cell.one('link')).id}`,
  })),
  read('/money/alerts', 'owner admin viewer'),
  read('/money/balance', 'owner admin viewer'),
  read('/money/balance/[id]', 'owner admin viewer', at('report', '/api/staff/money/balance')),
  read('/money/balance-work', 'owner admin viewer'),
  read('/money/ledger', 'owner admin viewer'),
  read('/money/needs', 'owner admin viewer'),
  read('/money/notices', 'owner admin viewer'),
  read('/money/requests', EVERYBODY_ON_STAFF),
  read('/money/unknown', 'owner admin viewer'),
  read('/webhooks/endpoints', 'owner admin viewer'),
  read('/webhooks/endpoints/[id]', 'owner admin viewer', at('endpoint', '/api/staff/webhooks/endpoints')),
  read('/webhooks/deliveries', 'owner admin viewer'),
  read('/webhooks/deliveries/[id]', 'owner admin viewer', delivery('/api/staff/webhooks/deliveries')),
  desk('POST /api/staff/branding/preview', 'owner admin', () => ({ form: { name: 'Alder' } }), {
    isGuarded: true,
  }),
];

/** The agent's desk: by a cookie, or by a token inside another system's page. */
const agents = (way: string, may: readonly Actor[], send: Row['send'] = () => ({}), more: More = {}): Row => {
  const [method, path] = way.split(' ');
  return row(`${method} /api/agent${path}`, may, send, { isGuarded: method === 'POST', ...more });
};
const session = (after = '', json?: object) => at('session', '/api/agent/sessions', after, json);
const AT_DESK: Actor[] = [...staff('owner admin agent', 'button'), 'desk'];
const AT_SESSION: Actor[] = [...staff('owner admin agent'), 'desk', 'session'];
const READERS: Actor[] = [...AT_SESSION, 'viewer'];
/** Going on with a payment needs the button; ending it does not. */
const TAKERS: Actor[] = [...AT_DESK, 'session'];

const AGENTS: Row[] = [
  agents('GET /context', TAKERS),
  agents('GET /call', TAKERS),
  agents('GET /board', [...staff(EVERYBODY_ON_STAFF), 'desk']),
  agents(
    'POST /lookup',
    [...staff('owner admin agent'), 'desk'],
    async (cell) => ({ json: { profile: (await cell.one('lookup')).id, reference: 'INV-1' } }),
    { misses: 'invalid' },
  ),
  agents('POST /sessions', AT_DESK, () => ({
    json: { kind: 'digital', amountMinor: 1240, currency: 'GBP', customer: { phone: '+447700900123' } },
  })),
  agents('GET /sessions/[id]', READERS, session()),
  agents('GET /sessions/[id]/live', READERS, session('/live')),
  agents('POST /sessions/[id]/cancel', AT_SESSION, session('/cancel')),
  agents('POST /sessions/[id]/send', AT_SESSION, session('/send', { channel: 'sms' })),
  agents('POST /sessions/[id]/switch', TAKERS, session('/switch', { kind: 'digital' })),
  agents('POST /sessions/[id]/request-field', TAKERS, session('/request-field', { field: 'expiry' }), {
    stopsAt: 'session_not_ready',
  }),
  agents('POST /sessions/[id]/submit', TAKERS, session('/submit'), { stopsAt: 'session_not_ready' }),
  open('POST /api/agent/token', async (cell) => ({ json: { launch: (await cell.one('launch')).launch } })),
];

const FRAMES: Row[] = (['GET', 'POST'] as const).map((method) =>
  row(
    `${method} /agent-frame/session/[guid]`,
    ['session'],
    async (cell) => {
      const { bearer, refresh } = await cell.held('frame');
      const tokens = { 'X-BEARER-TOKEN': bearer, 'X-REFRESH-TOKEN': refresh };
      const path = `/agent-frame/session/${(await cell.one('frame')).guid}`;
      return method === 'GET' ? { path, headers: tokens } : { path, form: tokens };
    },
    { holders: ['session'] },
  ),
);

export const DESK: Row[] = [...PAGES, ...READS, ...AGENTS, ...FRAMES];
