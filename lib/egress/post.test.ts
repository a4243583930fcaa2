import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { BUDGETS, post } from './post';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const budgets = { ...BUDGETS, headersMs: 400, totalMs: 800 };

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (origin: string) =>
  post(`${origin}/hook`, { 'x-test': '1' }, '{}', { allow: [origin], budgets });

test('an answer is read, and only its first 4 kB are kept', async () => {
  const origin = await serve((_request, response) => response.end('a'.repeat(10_000)));
  const result = await send(origin);
  expect(result).toMatchObject({ kind: 'answered', status: 200, cut: null });
  expect(result.kind === 'answered' && result.answer.length).toBe(4_096);
});

test('a huge or endless body is cut at 64 kB', async () => {
  let sent = 0;
  const origin = await serve((_request, response) => {
    const timer = setInterval(() => {
      sent += 32_768;
      response.write(Buffer.alloc(32_768));
    }, 1);
    response.on('close', () => clearInterval(timer));
  });
  expect(await send(origin)).toMatchObject({ kind: 'answered', status: 200, cut: 'too_large' });
  expect(sent).toBeLessThan(5_000_000);
});

test('a dripping body is cut at the total budget', async () => {
  const origin = await serve((_request, response) => {
    const timer = setInterval(() => response.write('.'), 50);
    response.on('close', () => clearInterval(timer));
  });
  const started = Date.now();
  expect(await send(origin)).toMatchObject({ kind: 'answered', status: 200, cut: 'too_slow' });
  expect(Date.now() - started).toBeLessThan(1_600);
});

test('a compressed bomb is never unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const origin = await serve((_request, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end(bomb.subarray(0, 2_000));
  });
  const result = await send(origin);
  expect(result.kind === 'answered' && Buffer.byteLength(result.answer) < 10_000).toBe(true);
});

test('a redirect is an answer, and nobody goes there', async () => {
  let visited = false;
  const other = await serve((_request, response) => {
    visited = true;
    response.end();
  });
  const origin = await serve((_request, response) => response.writeHead(302, { location: other }).end());
  expect(await send(origin)).toMatchObject({ kind: 'answered', status: 302 });
  expect(visited).toBe(false);
});

test('a receiver that takes the request and says nothing fails at the headers budget, perhaps received', async () => {
  const origin = await serve(() => {});
  expect(await send(origin)).toMatchObject({ kind: 'failed', stage: 'during' });
});

test('a connection torn down after the request is perhaps received; a refused one is certainly not', async () => {
  const torn = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((done) => torn.listen(0, '127.0.0.1', done));
  open.push(torn);
  const { port } = torn.address() as AddressInfo;
  expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ kind: 'failed', stage: 'during' });
  torn.close();
  expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({
    kind: 'failed',
    stage: 'before',
    reason: 'ECONNREFUSED',
  });
});

test('the address dialled is the one that was checked: the name is resolved once', async () => {
  let host = '';
  const origin = await serve((request, response) => {
    host = request.headers.host ?? '';
    response.end('ok');
  });
  const url = new URL(origin);
  url.hostname = 'hooks.example.com';
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
  };
  const result = await post(`${url.origin}/`, {}, '{}', { allow: [url.origin], resolve, budgets });
  expect(result).toMatchObject({ kind: 'answered', status: 200 });
  expect([asked, host]).toEqual([1, url.host]);
});

test('a refused address is never dialled', async () => {
  let visited = false;
  const origin = await serve((_request, response) => {
    visited = true;
    response.end();
  });
  expect(await post(origin, {}, '{}', { allow: [], budgets })).toMatchObject({ stage: 'before' });
  expect(visited).toBe(false);
});

/** A server that counts the connections on which it was asked. */
async function countConnections(answer: RequestListener) {
  const sockets = new Set<unknown>();
  const origin = await serve((request, response) => {
    sockets.add(request.socket);
    answer(request, response);
  });
  return { origin, count: () => sockets.size };
}

test('a connection is kept for the next request, but not for another address of the same name', async () => {
  const { origin, count } = await countConnections((_request, response) => response.end('ok'));
  const url = new URL(origin);
  url.hostname = 'hooks.example.com';
  const sendTo = (...addresses: string[]) =>
    post(`${url.origin}/`, {}, '{}', {
      allow: [url.origin],
      budgets,
      resolve: async () => addresses.map((address) => ({ address, family: 4 })),
    });
  for (let i = 0; i < 5; i++) expect(await sendTo('127.0.0.1')).toMatchObject({ status: 200 });
  const kept = count();
  expect(kept).toBeLessThan(3);
  expect(await sendTo('127.0.0.2')).toMatchObject({ kind: 'failed', stage: 'before' });
  expect(await sendTo('127.0.0.1', '127.0.0.2')).toMatchObject({ status: 200 });
  expect(count()).toBe(kept + 1);
});

test('a kept connection that the other side has closed is replaced without a failure', async () => {
  const answered = new WeakSet<object>();
  const { origin, count } = await countConnections((request, response) => {
    if (answered.has(request.socket)) return void request.socket.destroy();
    answered.add(request.socket);
    response.end('ok');
  });
  for (let i = 0; i < 3; i++) expect(await send(origin)).toMatchObject({ kind: 'answered', status: 200 });
  expect(count()).toBe(3);
});

test('a receiver that always hangs up is asked twice at the most', async () => {
  let asked = 0;
  const origin = await serve((request) => {
    asked += 1;
    request.socket.destroy();
  });
  expect(await send(origin)).toMatchObject({ kind: 'failed', stage: 'during' });
  expect(asked).toBe(1);
  expect(await send(origin)).toMatchObject({ kind: 'failed', stage: 'during' });
  expect(asked).toBe(3);
});

test('what is sent once has a connection of its own, and is not sent again where that breaks', async () => {
  let asked = 0;
  const origin = await serve((request, response) => {
    asked++;
    if (request.headers['x-test'] === 'once') response.destroy();
    else response.end('well');
  });
  const options = { allow: [origin], budgets };
  await send(origin);
  expect(await post(`${origin}/hook`, { 'x-test': 'once' }, '{}', { ...options, once: true })).toMatchObject({
    kind: 'failed',
    stage: 'during',
  });
  expect(asked).toBe(2);
});
