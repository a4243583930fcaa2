import { randomUUID } from 'node:crypto';
import { KEYPAD_ACTS, type KeypadAct } from '@/core/keypad';
import { idleFields } from '@/core/payment-session';
import { signed } from '../actors';
import { ask } from '../ask';
import { METRICS_TOKEN, PASSWORD } from '../house';
import { EVERYBODY, open, type Row, row } from '../rows';
import type { Cell } from '../things';

const now = (): string => new Date().toISOString();
const VISA = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };
const GBP = { amountMinor: 1240, currency: 'GBP' };

const INBOUND: Row[] = [
  row('POST /api/inbound/gateways/[profile]', ['gateway'], async (cell) => ({
    path: `/api/inbound/gateways/${(await cell.one('standard')).id}`,
    json: { id: `evt-${randomUUID()}`, type: 'payment.captured', createdAt: now(), data: {} },
  })),
  row('POST /api/inbound/telephony/[account]', ['telephony'], async (cell) => ({
    path: `/api/inbound/telephony/${(await cell.one('telephony')).id}`,
    json: { id: `evt-${randomUUID()}`, type: 'call.held', at: now(), data: {} },
  })),
  row(
    'POST /api/inbound/messages',
    ['messaging'],
    async (cell) => ({
      json: { id: randomUUID(), message: (await cell.one('sentLink')).message, status: 'delivered' },
    }),
    { reach: 'all' },
  ),
  row('POST /api/inbound/sms', ['messaging'], () => ({
    json: { id: randomUUID(), from: '+447700900123', to: 'ALDER', text: 'thank you', at: now() },
  })),
];

/** The card process knows attempts and sessions by their ids alone, whoever's they are. */
const INTERNAL: Row[] = [
  row(
    'POST /internal/card/submit',
    ['process'],
    async (cell) => ({ json: { attempt: (await cell.one('begun')).attempt, ...GBP, card: VISA } }),
    { signs: { card: 'submit' }, reach: 'any' },
  ),
  row(
    'POST /internal/card/result',
    ['process'],
    async (cell) => {
      const result = { kind: 'authorized', captured: true, gatewayReference: 'gw_1', card: VISA };
      return { json: { attempt: (await cell.one('sent')).attempt, ...GBP, result } };
    },
    { signs: { card: 'result' }, reach: 'any' },
  ),
  row(
    'POST /internal/card/keypad',
    ['process'],
    async (cell) => {
      const rest = { count: 1, active: null, fields: idleFields(), brand: null, refused: null, ended: null };
      const session = (await cell.one('session')).id;
      return { json: { capture: `cap_${'0'.repeat(26)}`, session, ...rest } };
    },
    { signs: { card: 'keypad' }, reach: 'any' },
  ),
];

/** Opens a capture at the card process, as the portal does. */
async function capture({ house }: Cell): Promise<string> {
  const id = randomUUID();
  const source = { kind: 'sandbox', secret: house.ours.telephonySecret };
  const body = JSON.stringify({ capture: id, session: `sess_${id}`, order: 1, source });
  const headers = signed(house.plan, { keypad: 'open' }, body);
  const opened = await ask({
    origin: house.plan.config.urls.card,
    method: 'POST',
    path: '/keypad/open',
    headers,
    body,
  });
  if (opened.status !== 201) throw new Error(`no capture: ${opened.status} ${opened.body}`);
  return id;
}

const ACTS: Record<KeypadAct, (cell: Cell) => object> = {
  open: ({ house }) => ({
    session: 'sess_1',
    source: { kind: 'sandbox', secret: house.ours.telephonySecret },
  }),
  field: () => ({ field: 'expiry' }),
  submit: () => ({ ticket: 'none' }),
  close: () => ({}),
};

/** Behind the card process no merchant is known: a capture is whoever's signature opened it. */
const KEYPAD: Row[] = [
  ...KEYPAD_ACTS.map((act) =>
    row(
      `card POST /keypad/${act}`,
      ['process'],
      async (cell) => {
        const id = act === 'open' ? randomUUID() : await capture(cell);
        const path = act === 'open' ? '/keypad/open' : `/keypad/captures/${id}/${act}`;
        return { path, json: { capture: id, order: 2, ...ACTS[act](cell) } };
      },
      // The ticket is none: who is let in is told so.
      { signs: { keypad: act }, ...(act === 'submit' && { stopsAt: 'malformed' }) },
    ),
  ),
  row('card POST /keypad/digits', ['telephony'], async (cell) => ({
    path: `/keypad/captures/${await capture(cell)}/digits`,
    json: { call: 'call_1', order: 1, key: '4' },
  })),
];

const guide = (path: string): Row => open(`GET /developers${path}`);
const OPEN: Row[] = [
  ...['/healthz', '/readyz', '/icon.svg'].map((path) => open(`GET ${path}`)),
  ...['GET', 'HEAD'].flatMap((method) =>
    ['/healthz', '/readyz'].map((path) => open(`card ${method} ${path}`)),
  ),
  ...['/healthz', '/readyz'].map((path) => open(`worker GET ${path}`)),
  ...(['GET /metrics', 'worker GET /metrics'] as const).map((way) =>
    row(
      way,
      ['process'],
      ({ isHolder }) => ({ headers: { authorization: `Bearer ${isHolder ? METRICS_TOKEN : 'another'}` } }),
      { holders: ['process'] },
    ),
  ),
  // This installation names nobody to tell of weaknesses.
  open('GET /.well-known/security.txt', () => ({}), { stopsAt: 'not found' }),
  ...['', '/problems', '/reference'].map(guide),
  open('GET /developers/[page]', () => ({ path: '/developers/webhooks' })),
  open('GET /developers/problems/[code]', () => ({ path: '/developers/problems/forbidden' })),
  open('GET /developers/reference/[tag]', () => ({ path: '/developers/reference/objects' })),
  row('GET /developers/[...path]', [], () => ({ path: '/developers/nothing/is/here' })),
  open('GET /webhook-keys/[endpoint]', async (cell) => ({
    path: `/webhook-keys/${(await cell.one('endpoint')).id}`,
  })),
  open('GET /api/auth/[...nextauth]', () => ({ path: '/api/auth/providers' })),
  row(
    'POST /api/auth/[...nextauth]',
    EVERYBODY,
    async ({ house }) => {
      const { portal } = house.plan.config.urls;
      const token = await ask({ origin: portal, method: 'GET', path: '/api/auth/csrf' });
      const { csrfToken } = JSON.parse(token.body) as { csrfToken: string };
      const form = { csrfToken, email: 'spare@alder.example', password: PASSWORD, json: 'true' };
      return { path: '/api/auth/callback/credentials', form, cookie: token.cookie };
    },
    { isSpent: true },
  ),
];

export const MACHINES: Row[] = [...INBOUND, ...INTERNAL, ...KEYPAD, ...OPEN];
