/** Card numbers sent to the portal's pages and inner addresses, by hand, by mistake or on purpose. */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { House } from './house';

type Parts = { house: House; cards: Cards; checks: Checks };

async function addresses({ house, cards, checks }: Parts): Promise<void> {
  const { portalUrl } = house.run;
  const { url } = await house.issue();
  const take = (name: string) => cards.take(`portal, ${name}`, 'portal').number;
  const grouped = (number: string) => number.replace(/(.{4})(?=.)/g, '$1%20');
  const asked: [string, string][] = [
    ['a link token', `${portalUrl}/pay/${take('link token')}`],
    ['query of a pay page', `${url}?number=${take('query of a pay page')}`],
    ['attempt asked for', `${url}/status?attempt=${take('attempt asked for')}`],
    ['query of the first page', `${portalUrl}/?q=${take('query of the first page')}`],
    ['next of the sign-in', `${portalUrl}/sign-in?next=/admin?q=${take('next of the sign-in')}`],
    ['error of the sign-in', `${portalUrl}/sign-in?error=${grouped(take('error of the sign-in'))}`],
    ['search without a session', `${portalUrl}/admin?q=${take('search without a session')}`],
    ['page that is not there', `${portalUrl}/${grouped(take('page that is not there'))}`],
    ['id of a page', `${portalUrl}/admin/links/${take('id of a page')}`],
    ['broken escape', `${portalUrl}/%E0%A4%A/${take('broken escape')}`],
    ['staff read', `${portalUrl}/api/staff/payment-links?q=${take('staff read')}`],
    ['callback', `${portalUrl}/api/auth/signin?callbackUrl=${portalUrl}/?q=${take('callback')}`],
    ['image', `${portalUrl}/_next/image?url=/${take('image')}&w=64&q=75`],
    ['data', `${portalUrl}/_next/data/${take('data')}/x.json`],
  ];
  for (const [what, address] of asked) {
    const { status } = await house.ask(address);
    checks.expect(`portal: a card number as ${what} breaks nothing`, status > 0 && status < 500, `${status}`);
  }
}

async function requestHeaders({ house, cards, checks }: Parts): Promise<void> {
  const names = [
    'user-agent',
    'referer',
    'accept-language',
    'cookie',
    'x-forwarded-host',
    'next-router-state-tree',
    'next-action',
    'rsc',
  ];
  for (const name of names) {
    const { number } = cards.take(`portal, header ${name}`, 'portal');
    const post = name === 'next-action';
    const sent = {
      method: post ? 'POST' : 'GET',
      headers: { [name]: number, ...(post && { 'content-type': 'text/plain', origin: house.run.portalUrl }) },
      ...(post && { body: `[${cards.take('portal, body of an action', 'portal').number}]` }),
    };
    const { status } = await house.ask(`${house.run.portalUrl}/sign-in`, sent);
    checks.expect(`portal: a card number in the header ${name} breaks nothing`, status > 0 && status < 500);
  }
}

/** A session's row keeps the browser's name for itself, and next-auth's own sign-in is an address too. */
async function authAddresses({ house, cards, checks }: Parts): Promise<void> {
  const { portalUrl, admin } = house.run;
  const take = (name: string) => cards.take(`portal, ${name}`, 'portal').number;
  const csrf = await fetch(`${portalUrl}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const post = (where: string, fields: Record<string, string>, more: Record<string, string> = {}) =>
    house.ask(`${portalUrl}/api/auth/${where}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: portalUrl, ...more },
      body: new URLSearchParams({ csrfToken, ...fields }).toString(),
    });
  const answers = [
    await post(
      'callback/credentials',
      { ...admin },
      { 'user-agent': `Browser ${take('user agent of a session')}` },
    ),
    await post('callback/credentials', { email: take('auth, e-mail'), password: take('auth, password') }),
    await post('_log', { level: 'error', code: take('auth log, code'), message: take('auth log, message') }),
  ];
  const statuses = answers.map(({ status }) => status);
  checks.expect(
    'portal: card numbers at the sign-in addresses break nothing',
    statuses.every((s) => s > 0 && s < 500),
    statuses.join(),
  );
}

async function innerAddresses({ house, cards, checks }: Parts): Promise<void> {
  const { portalUrl } = house.run;
  const link = await house.issue({ customer: { email: 'ada@example.com' }, send: { channel: 'email' } });
  const json = { 'content-type': 'application/json', origin: portalUrl };
  const body = (name: string) => JSON.stringify({ number: cards.take(`portal, ${name}`, 'portal').number });
  const sent: [string, string, number][] = [
    ['the start of an attempt', `${link.url}/attempts`, 422],
    ['the note that a link was opened', `${link.url}/opened`, 204],
    ['the report of how far its form is', `${link.url}/progress`, 422],
    ['an inner address of the card process', `${portalUrl}/internal/card/submit`, 401],
    ['the address for reports', `${portalUrl}/api/inbound/messages`, 401],
    ['the address for answers to an SMS', `${portalUrl}/api/inbound/sms`, 401],
  ];
  for (const [what, address, wanted] of sent) {
    const { status } = await house.ask(address, { method: 'POST', headers: json, body: body(what) });
    checks.expect(`portal: a card number posted to ${what} goes nowhere`, status === wanted, `${status}`);
  }
  const message = await house.messageOf(link);
  const reason = `no such mailbox ${cards.take('portal, reason of a report', 'portal').number}`;
  const report = JSON.stringify({ id: randomUUID(), message, status: 'bounced', reason });
  const { status } = await house.ask(`${portalUrl}/api/inbound/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signed(house.secrets().MESSAGING_WEBHOOK_SECRET, report),
    },
    body: report,
  });
  checks.expect('portal: a report whose reason holds a card number is taken', status === 204, `${status}`);
}

function signed(secret: string, body: string): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const at = new Date();
  const signature = new Webhook(secret.split(',')[0] ?? '').sign(id, at, body);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  };
}

/** A body that is announced, begun and never finished. */
async function aborted({ house, cards }: Parts): Promise<void> {
  const { port } = new URL(house.run.portalUrl);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  const { number } = cards.take('portal, connection cut in the body', 'portal');
  const head = ['POST /api/v1/payment-links HTTP/1.1', 'host: localhost', 'content-type: application/json'];
  head.push(
    `authorization: Bearer ${house.run.apiKey}`,
    'content-length: 900',
    '',
    `{"description":"${number}`,
  );
  socket.write(head.join('\r\n'));
  await sleep(200);
  socket.destroy();
}

export async function pageFlows(house: House, cards: Cards, checks: Checks): Promise<void> {
  const parts = { house, cards, checks };
  await addresses(parts);
  await requestHeaders(parts);
  await authAddresses(parts);
  await innerAddresses(parts);
  await aborted(parts);
}
