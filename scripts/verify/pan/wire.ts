/** Submissions to the card process that no browser of ours would make: cut, slow, too large, to the wrong address. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Card } from '../scan/spellings';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { House } from './house';

const TYPE = 'application/x-counterfoil-card';

const bodyOf = (ticket: string, card: Card): string =>
  [ticket, card.number, card.month, card.year, card.csc, card.name].join('\n');

type Sent = { path?: string; headers?: Record<string, string>; body?: string };
type Flow = {
  name: string;
  send: Sent | ((house: House, card: Card, ticket: string) => Sent);
  status: number;
};

const whole =
  (more: Sent = {}) =>
  (_house: House, card: Card, ticket: string): Sent => ({
    body: bodyOf(ticket, card),
    ...more,
  });

const FLOWS: Flow[] = [
  { name: 'accepted', send: whole(), status: 200 },
  {
    name: 'past its date, declined by the issuer',
    send: (_house, card, ticket) => ({ body: bodyOf(ticket, { ...card, year: '2020' }) }),
    status: 200,
  },
  { name: 'a ticket that is wrong', send: (_house, card) => ({ body: bodyOf('x.y', card) }), status: 401 },
  { name: 'no ticket', send: (_house, card) => ({ body: bodyOf('', card) }), status: 401 },
  { name: 'from another origin', send: whole({ headers: { origin: 'http://evil.example' } }), status: 403 },
  { name: 'as another media type', send: whole({ headers: { 'content-type': 'text/plain' } }), status: 415 },
  { name: 'too few lines', send: (_house, { number }) => ({ body: number }), status: 400 },
  {
    name: 'too large',
    send: (_house, card, ticket) => ({ body: `${bodyOf(ticket, card)}${'x'.repeat(5_000)}` }),
    status: 413,
  },
  {
    name: 'with the number as name',
    send: (_house, card, ticket) => ({ body: bodyOf(ticket, { ...card, name: card.number }) }),
    status: 422,
  },
  {
    name: 'in groups',
    send: (_house, card, ticket) => ({ body: bodyOf(ticket, card).replace(card.number, groups(card)) }),
    status: 422,
  },
  {
    name: 'in the query of the form',
    send: ({ run }, { number }) => ({ path: `/form?o=${run.portalUrl}&number=${number}` }),
    status: 200,
  },
  {
    name: 'in a path',
    send: (_house, card) => ({ path: `/${groups(card).replaceAll(' ', '%20')}` }),
    status: 404,
  },
  {
    name: 'in a header',
    send: ({ run }, { number }) => ({ path: `/form?o=${run.portalUrl}`, headers: { 'user-agent': number } }),
    status: 200,
  },
  {
    name: 'posted to the form',
    send: (_house, card, ticket) => ({ path: '/form', body: bodyOf(ticket, card) }),
    status: 405,
  },
];

const groups = ({ number }: Card): string => number.replace(/(.{4})(?=.)/g, '$1 ');

const headersOf = (house: House): Record<string, string> => ({
  origin: house.run.cardUrl,
  'content-type': TYPE,
  'counterfoil-parent': house.run.portalUrl,
});

function open(house: House): Promise<Socket> {
  const socket = connect(Number(new URL(house.run.cardUrl).port), '127.0.0.1').on('error', () => {});
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

/** The head of a submission that says how long its body will be. */
function head(house: House, length: number): string {
  const lines = Object.entries({ host: 'localhost', ...headersOf(house), 'content-length': String(length) });
  return `POST /authorize HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

async function cut(house: House, text: string): Promise<void> {
  const socket = await open(house);
  socket.write(text);
  await sleep(300);
  socket.destroy();
}

/** Waits until the card process has had enough, and gives what it said. */
async function stall(house: House, text: string): Promise<string> {
  const socket = await open(house);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.write(text);
  await Promise.race([new Promise((resolve) => socket.once('close', resolve)), sleep(15_000)]);
  socket.destroy();
  return answer.split('\r\n')[0] ?? '';
}

async function odd(house: House, cards: Cards, checks: Checks): Promise<void> {
  const take = (name: string) => cards.take(`card process, ${name}`, 'form');
  const ticket = async () => house.ticket(await house.issue());
  const begun = async (name: string) => bodyOf(await ticket(), take(name)).slice(0, -2);
  await cut(house, head(house, 900) + (await begun('cut in the body')));
  await cut(
    house,
    `POST /authorize HTTP/1.1\r\nhost: localhost\r\nx-card: ${take('cut in a header').number}`,
  );
  await cut(house, `${take('no HTTP at all').number}\r\n\r\n`);
  const late = await stall(house, head(house, 900) + (await begun('too slow')));
  checks.expect('card process: a body that comes too slowly is refused', / 408 /.test(late), late);
}

/** All submissions beside each other. */
export async function wireFlows(house: House, cards: Cards, checks: Checks): Promise<void> {
  const submit = async ({ name, send, status: wanted }: Flow) => {
    const card = cards.take(`card process, ${name}`, 'form');
    const ticket = await house.ticket(await house.issue());
    const {
      path = '/authorize',
      headers,
      body,
    } = typeof send === 'function' ? send(house, card, ticket) : send;
    const { status } = await house.ask(`${house.run.cardUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body !== undefined && headersOf(house)), ...headers },
      ...(body !== undefined && { body }),
    });
    checks.expect(`card process: a card ${name} gives ${wanted}`, status === wanted, `it gave ${status}`);
  };
  await Promise.all([odd(house, cards, checks), ...FLOWS.map(submit)]);
}
