import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '@/lib/context';
import { BUDGETS } from '@/lib/egress/post';
import { createPaymentLink } from '@/lib/payment-links';
import { type TestHouse, testHouse } from '@/lib/testing';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  deliver,
  readWebhookDelivery,
  settle,
} from '@/lib/webhooks';
import { claimDue } from '@/lib/webhooks/testing';
import { UNTRUSTED } from './untrusted-certificate.fixture';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const budgets = { ...BUDGETS, connectMs: 500, headersMs: 700, totalMs: 1_500 };
const BOMB = gzipSync(Buffer.alloc(30_000_000));

/** What a receiver does once a request has begun to arrive, on the bare socket. */
type Behave = (socket: Socket) => void;
type Row = {
  behave: Behave | null;
  /** Wraps the receiver in TLS, or says so and does not. */
  tls?: 'untrusted' | 'none';
  state?: 'succeeded' | 'retrying' | 'disabled';
  status: number | null;
  error?: RegExp | null;
  /** Seconds until the next try, at least and at most. */
  wait?: [number, number];
  /** Milliseconds that the try may hold its place. */
  most?: number;
};

const http = (head: string, body = ''): string =>
  `HTTP/1.1 ${head}\r\nconnection: close\r\n${body ? '' : 'content-length: 0\r\n'}\r\n${body}`;
const says =
  (head: string, body = ''): Behave =>
  (socket) =>
    socket.end(http(head, body));
const every = (ms: number, socket: Socket, write: () => void): void => {
  const timer = setInterval(write, ms);
  socket.on('close', () => clearInterval(timer));
};
const nothing: Behave = () => {};
const SOON: [number, number] = [3.5, 6.5];

const ROWS: Record<string, Row> = {
  'answers 200': { behave: says('200 OK', 'thanks'), state: 'succeeded', status: 200, error: null },
  'answers 204 without a body': {
    behave: says('204 No Content'),
    state: 'succeeded',
    status: 204,
    error: null,
  },
  'answers 299': { behave: says('299 Odd'), state: 'succeeded', status: 299, error: null },
  'answers in the last moment': {
    behave: (socket) => void setTimeout(() => socket.end(http('200 OK')), 400),
    state: 'succeeded',
    status: 200,
  },
  'takes the request and says nothing': { behave: nothing, status: null, error: /^during: / },
  'does not accept connections': { behave: null, status: null, error: /^before: ECONNREFUSED/ },
  'closes without an answer': { behave: (socket) => socket.end(), status: null, error: /^during: / },
  'resets the connection': { behave: (socket) => socket.resetAndDestroy(), status: null, error: /^during: / },
  'drips its headers': {
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      every(50, socket, () => socket.write('x-drip: 1\r\n'));
    },
    status: null,
    error: /^during: /,
  },
  'sends headers without end': {
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      every(1, socket, () => socket.write(`x-a: ${'a'.repeat(8_000)}\r\n`));
    },
    status: null,
    error: /^during: /,
  },
  'drips its body': {
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      every(50, socket, () => socket.write('.'));
    },
    state: 'succeeded',
    status: 200,
    error: /^too_slow$/,
  },
  'sends a body without end': {
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      every(1, socket, () => socket.write(Buffer.alloc(65_536, 'a')));
    },
    state: 'succeeded',
    status: 200,
    error: /^too_large$/,
  },
  'sends a compressed bomb': {
    behave: (socket) => {
      socket.write('HTTP/1.1 500 Oh\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n');
      socket.end(BOMB);
    },
    status: 500,
  },
  'ends its body too early': {
    behave: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf'),
    state: 'succeeded',
    status: 200,
    error: /^broken$/,
  },
  'answers what is not HTTP': {
    behave: (socket) => socket.end('hello\r\n\r\n'),
    status: null,
    error: /^during: /,
  },
  'answers with two lengths': {
    behave: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'),
    status: null,
    error: /^during: /,
  },
  'answers 302': { behave: says('302 Found\r\nlocation: http://127.0.0.1:9/'), status: 302 },
  'answers 304': { behave: says('304 Not Modified'), status: 304 },
  'answers 307': { behave: says('307 Temporary Redirect\r\nlocation: /elsewhere'), status: 307 },
  'answers 400': { behave: says('400 Bad Request', 'no'), status: 400 },
  'answers 401': { behave: says('401 Unauthorized\r\nwww-authenticate: Basic'), status: 401 },
  'answers 404': { behave: says('404 Not Found'), status: 404 },
  'answers 410': { behave: says('410 Gone'), state: 'disabled', status: 410 },
  'answers 429 with Retry-After in seconds': {
    behave: says('429 Too Many Requests\r\nretry-after: 120'),
    status: 429,
    wait: [118, 122],
  },
  'answers 503 with Retry-After as a date': {
    behave: (socket) =>
      socket.end(http(`503 Busy\r\nretry-after: ${new Date(Date.now() + 600_000).toUTCString()}`)),
    status: 503,
    wait: [590, 602],
  },
  'asks to be left alone for a year': {
    behave: says('503 Busy\r\nretry-after: 31536000'),
    status: 503,
    wait: [86_390, 86_410],
  },
  'asks to be tried in a moment': { behave: says('429 Too Many Requests\r\nretry-after: 0'), status: 429 },
  'answers a Retry-After that is none': { behave: says('503 Busy\r\nretry-after: soon'), status: 503 },
  'answers 500': { behave: says('500 Oh', 'x'.repeat(10_000)), status: 500 },
  'answers 599': { behave: says('599 Odd'), status: 599 },
  'answers 100 and then nothing': {
    behave: (socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
    status: null,
    error: /^during: /,
  },
  'has a certificate that nobody has signed': {
    behave: says('200 OK'),
    tls: 'untrusted',
    status: null,
    error: /^before: (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED)/,
  },
  'speaks no TLS where it should': { behave: says('200 OK'), tls: 'none', status: null, error: /^before: / },
  'never ends the TLS handshake': {
    behave: nothing,
    tls: 'none',
    status: null,
    error: /^before: /,
    most: 1_700,
  },
};

/** Listens as the row says; without a behaviour the port is closed again. */
async function receiver({ behave, tls }: Row) {
  const sockets = new Set<Socket>();
  let requests = 0;
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      requests += 1;
      behave?.(socket);
    });
  };
  const server = tls === 'untrusted' ? createTlsServer(UNTRUSTED, onSocket) : createServer(onSocket);
  server.on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  if (!behave) close();
  return { origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, close, requests: () => requests };
}

/** One event to this receiver, tried once: what became of it, as the log tells it. */
async function tryOnce(row: Row) {
  const { origin, close, requests } = await receiver(row);
  const config = { ...house.services.config, egressAllow: [origin] };
  const ctx: Ctx = { ...house.as('owner'), config };
  const made = await createWebhookEndpoint(ctx, { url: `${origin}/hook` });
  if (!made.ok) throw new Error(made.error.message);
  await createPaymentLink(ctx, { amountMinor: 100, currency: 'GBP' });
  const claims = await claimDue(house);
  const started = performance.now();
  const done = await Promise.all(claims.map((one) => deliver(config, one, { budgets })));
  const tookMs = performance.now() - started;
  await settle(house.services, done);
  close();
  const delivery = await readWebhookDelivery(ctx, claims[0]?.id ?? '');
  if (!delivery.ok) throw new Error(delivery.error.message);
  const [waits] = await house.database
    .sql`select extract(epoch from next_try_at - cf_now())::float8 as seconds
    from webhook_deliveries where state = 'retrying'`;
  await deleteWebhookEndpoint(ctx, made.value.id);
  return { delivery: delivery.value, waits: waits?.seconds as number | undefined, tookMs, requests };
}

test.each(Object.entries(ROWS))('a receiver that %s', async (_name, row) => {
  const { delivery, waits, tookMs, requests } = await tryOnce(row);
  const { state = 'retrying', status, error, wait = SOON, most = 1_700 } = row;
  const [attempt] = delivery.attempts;
  expect(delivery.attempts).toHaveLength(1);
  expect([delivery.state, attempt?.response?.status ?? null]).toEqual([state, status]);
  if (error === null) expect(attempt?.error).toBeNull();
  if (error) expect(attempt?.error).toMatch(error);
  if (state === 'retrying') {
    expect(waits).toBeGreaterThan(wait[0]);
    expect(waits).toBeLessThan(wait[1]);
  }
  expect(tookMs).toBeLessThan(most);
  expect((attempt?.response?.body ?? '').length).toBeLessThanOrEqual(4_096);
  expect(requests()).toBeLessThanOrEqual(1);
});

test('receivers without end leave the memory of the worker flat', async () => {
  const row: Row = {
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      every(1, socket, () => socket.write(Buffer.alloc(65_536)));
    },
    status: 200,
  };
  const { origin, close } = await receiver(row);
  const config = { ...house.services.config, egressAllow: [origin] };
  const ctx: Ctx = { ...house.as('owner'), config };
  const made = await createWebhookEndpoint(ctx, { url: `${origin}/hook` });
  if (!made.ok) throw new Error(made.error.message);
  const before = process.memoryUsage();
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 20; i++) await createPaymentLink(ctx, { amountMinor: 100, currency: 'GBP' });
    const claims = await claimDue(house);
    expect(claims).toHaveLength(20);
    const done = await Promise.all(claims.map((one) => deliver(config, one, { budgets })));
    expect(done.every(({ ack }) => ack.error === 'too_large')).toBe(true);
    await settle(house.services, done);
  }
  close();
  const after = process.memoryUsage();
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(60_000_000);
  await deleteWebhookEndpoint(ctx, made.value.id);
});
