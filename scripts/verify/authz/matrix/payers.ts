import { privateKey, signTicket } from '@/lib/card-calls';
import { open, payers, type Row, row } from '../rows';
import type { Cell, Kind } from '../things';

/** Below the page of a link: its token is what a payer holds. */
const page = (kind: Kind, after: string, json?: object) => async (cell: Cell) => {
  const { token } = (await cell.held(kind)) as { token: string };
  return { path: `/pay/${token}${after}`, ...(json && { json }) };
};
/** The token is the payer's own; the attempt is whoever's the cell is about. */
const attempt = (kind: 'begun' | 'bankCheck', act: string) => async (cell: Cell) => ({
  path: `/pay/${(await cell.held(kind)).token}/attempts/${(await cell.one(kind)).attempt}/${act}`,
  json: {},
});
const FILLED = { number: 'complete', expiry: 'empty', security_code: 'empty', name: 'empty' };

const PAGES: Row[] = [
  payers('GET ', page('link', '')),
  payers('GET /status', page('link', '/status')),
  payers('GET /qr', page('link', '/qr')),
  payers('GET /deadline.ics', page('link', '/deadline.ics')),
  payers('GET /receipt.pdf', page('paid', '/receipt.pdf')),
  payers('POST /attempts', page('link', '/attempts', {})),
  payers('POST /attempts/[attempt]/resolve', attempt('bankCheck', 'resolve')),
  payers('POST /attempts/[attempt]/withdraw', attempt('begun', 'withdraw')),
  payers('POST /bank-check', page('bankCheck', '/bank-check', {})),
  payers('POST /take-over', page('bankCheck', '/take-over', {})),
  payers('POST /continue', page('link', '/continue', {})),
  payers('POST /opened', page('link', '/opened', {})),
  payers('POST /progress', page('link', '/progress', { fields: FILLED })),
  payers('POST /passcode', page('codedLink', '/passcode', {})),
  payers('POST /verify', page('askedLink', '/verify', { answer: 'SW1A 1AA' })),
  payers('POST /request-link', page('expiredLink', '/request-link', {})),
  payers('POST /receipt-mail', page('paid', '/receipt-mail', {})),
];

const OPEN: Row[] = [
  // An address that was copied without its end leads to no link, whoever asks.
  row('GET /pay', [], () => ({})),
  open('GET /pay/return/[handle]', async (cell) => ({
    path: `/pay/return/${(await cell.one('returned')).handle}`,
  })),
  open('GET /unsubscribe/[token]', async (cell) => ({
    path: `/unsubscribe/${(await cell.one('sentLink')).unsubscribe}`,
  })),
  open('POST /unsubscribe/[token]', async (cell) => ({
    path: `/unsubscribe/${(await cell.one('sentLink')).unsubscribe}`,
    form: { 'List-Unsubscribe': 'One-Click' },
  })),
  open('GET /verify'),
  open('POST /verify', () => ({ form: { reference: 'INV-1', phone: '0123' } })),
  open('GET /brand/[merchant]/[hash]', async (cell) => {
    const { merchant, hash } = await cell.one('logo');
    return { path: `/brand/${merchant}/${hash}` };
  }),
];

const CARD: Row[] = [
  open('card GET /form', ({ house }) => ({
    path: `/form?o=${encodeURIComponent(house.plan.config.urls.portal)}`,
  })),
  open('card HEAD /form', ({ house }) => ({
    path: `/form?o=${encodeURIComponent(house.plan.config.urls.portal)}`,
  })),
  open('card GET /challenge-done'),
  open('card HEAD /challenge-done'),
  {
    ...row(
      'card POST /authorize',
      ['payer'],
      async (cell) => {
        const { plan } = cell.house;
        const [mine, { portal, card }] = [await cell.held('begun'), plan.config.urls];
        const said = {
          v: 1,
          attempt: mine.attempt,
          paymentLink: mine.id,
          amountMinor: 1240,
          currency: 'GBP',
        } as const;
        const key = cell.isHolder ? plan.secrets.TICKET_SIGNING_KEY : plan.secrets.CARD_SIGNING_KEY;
        const ticket = signTicket(privateKey(key), { ...said, channel: 'ecommerce', parent: portal });
        const headers = { 'content-type': 'application/x-counterfoil-card', 'counterfoil-parent': portal };
        return { site: card, headers, text: `${ticket}\n4242424242424242\n12\n2034\n123\nA Payer` };
      },
      { isGuarded: true, holders: ['payer', 'no origin', 'foreign origin'] },
    ),
    isPayers: true,
  },
];

export const PAYERS: Row[] = [...PAGES, ...OPEN, ...CARD];
