import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Asked, answerInFront, layOutInFront, responseOf } from './front';

const TOKEN = 'AVJjb3VudGVyZm9pbC1saW5rLXRva2VuLWlzLWEtc2VjcmV0';
const server = createServer((_request, response) => response.writeHead(418).end('router'));
beforeAll(async () => {
  answerInFront();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => server.close());

const asked: { url: string; token: string; from: string | null; host: string | null }[] = [];
const layOut = (answer: () => Answer): void =>
  layOutInFront(async ({ url, headers }: Asked, token) => {
    asked.push({ url, token, from: headers.get('X-Forwarded-For'), host: headers.get('host') });
    return answer();
  });
const page = (headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers,
  body: 'Zahlung für Ada',
});

/** As it is written, not as an address is put right. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: object; text: string }>((done, failed) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: '127.0.0.1', path, method, agent: false }, async (response) => {
      const parts = await response.toArray();
      done({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() });
    })
      .on('error', failed)
      .end();
  });

test('before a route has laid its answer out, the router is asked', async () => {
  expect(await ask(`/pay/${TOKEN}`)).toMatchObject({ status: 418, text: 'router' });
});

test('a pay page is answered in front of the router, with the same words as by it', async () => {
  layOut(() => page({ 'x-robots-tag': 'noindex' }));
  const headers = { 'x-robots-tag': 'noindex', 'content-length': '16' };
  expect(await ask(`/pay/${TOKEN}?l=de`)).toMatchObject({ status: 200, headers, text: 'Zahlung für Ada' });
  expect(await ask(`/pay/${TOKEN}`, 'HEAD')).toMatchObject({ status: 200, headers, text: '' });
  const { port } = server.address() as AddressInfo;
  expect(asked[0]).toEqual({
    url: `http://portal/pay/${TOKEN}?l=de`,
    token: TOKEN,
    from: '127.0.0.1',
    host: `127.0.0.1:${port}`,
  });
  expect(await responseOf(page()).text()).toBe('Zahlung für Ada');
});

test('an answer without a body leads elsewhere', async () => {
  layOut(() => ({ status: 307, headers: { location: 'https://pay.example/' }, body: null }));
  const headers = { location: 'https://pay.example/', 'content-length': '0' };
  expect(await ask(`/pay/${TOKEN}`)).toMatchObject({ status: 307, headers, text: '' });
});

test.each([
  ['GET', `/pay/${TOKEN}/`],
  ['GET', `/pay/${TOKEN}/status`],
  ['GET', `/pay/%41${TOKEN}`],
  ['GET', `//pay/${TOKEN}`],
  ['GET', `/pay/${TOKEN}#part`],
  ['GET', '/pay/'],
  ['GET', '/pay'],
  ['POST', `/pay/${TOKEN}`],
])('%s %s is left to the router', async (method, path) => {
  layOut(page);
  expect(await ask(path, method)).toMatchObject({ status: 418 });
});

test.each([
  ['fails', () => Promise.reject(new Error('no services'))],
  ['cannot be sent', async () => page({ location: 'no\nheader' })],
])('a page that %s is the router’s', async (_how, answer) => {
  layOutInFront(answer);
  expect(await ask(`/pay/${TOKEN}`)).toMatchObject({ status: 418, text: 'router' });
});
