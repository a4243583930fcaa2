import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageHeaders } from './page-headers';

const PARENT = 'https://crm.example';
const pass = pageHeaders({
  PORTAL_URL: 'https://portal.example',
  PAY_ORIGINS: 'https://pay.merchant.example',
  AGENT_FRAME_PARENTS: PARENT,
});
let reached: IncomingHttpHeaders | undefined;
const server = createServer((asked, response) =>
  pass(asked, response, () => {
    reached = asked.headers;
    // As the router has them by the time that it answers: before that nobody has put any there.
    const { 'x-answer': answer } = asked.headers;
    if (answer) {
      expect(response.getHeaderNames()).toEqual([]);
      for (const [name, value] of Object.entries(JSON.parse(String(answer))))
        response.setHeader(name, String(value));
    }
    response.end('router');
    return true;
  }),
);
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => server.close());

/** What was answered, and with which headers the router was asked. */
const ask = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{
    status?: number | undefined;
    headers: IncomingHttpHeaders;
    asked: IncomingHttpHeaders | undefined;
  }>((done, failed) => {
    reached = undefined;
    const { port } = server.address() as AddressInfo;
    request({ port, host: '127.0.0.1', path, headers, agent: false }, (response) => {
      const { statusCode: status } = response;
      response.resume().on('end', () => done({ status, headers: response.headers, asked: reached }));
    })
      .on('error', failed)
      .end();
  });

test.each([
  ...['/admin', '/', '/sign-in?next=%2Fadmin', '/payments', '/nowhere', '//pay/x', '/%70ay/x'],
  ...['/developersfoo', '/verify/x', '/healthzz', '/metrics-of', '/api', '/icon.svgx'],
])('%s has the headers of a staff page, and a nonce that nobody can say beforehand', async (path) => {
  const forged = { 'content-security-policy': "script-src 'nonce-mine'", 'x-counterfoil-path': '/evil' };
  const [one, other] = [await ask(path, forged), await ask(path, forged)];
  const policy = String(one.headers['content-security-policy']);
  expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[\w+/]{22}==' 'strict-dynamic';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(one.asked).toMatchObject({ 'content-security-policy': policy, 'x-counterfoil-path': path });
  expect(other.headers['content-security-policy']).not.toBe(policy);
  expect(one.headers).toMatchObject({
    ...{ 'cache-control': 'no-store', 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' },
    ...{ 'x-robots-tag': 'noindex', 'referrer-policy': 'same-origin' },
    ...{ 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' },
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
  });
});

test.each([
  ...[
    '/pay/x',
    '/pay',
    '/pay/',
    '/verify',
    '/verify/',
    '/brand/m/h',
    '/unsubscribe/x',
    '/.well-known/security.txt',
    '/developers/errors',
  ],
  ...['/api/v1/payment-links', '/oauth/token', '/internal/card/submit', '/Auth/Token', '/v1/x'],
  ...['/agent-frame/session/x', '/_next/static/x.js', '/webhook-keys/x', '/healthz', '/readyz', '/metrics'],
  ...[
    '/developers',
    '/developers/',
    '/pay?x=1',
    '/favicon.ico?x',
    '/icon.svg',
    'http://portal.example/pay/x',
  ],
])('%s says its own headers', async (path) => {
  const { headers, asked } = await ask(path);
  expect(headers['content-security-policy']).toBeUndefined();
  expect(asked).not.toHaveProperty('x-counterfoil-path');
});

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const answering = (answer: object) => ({ 'x-answer': JSON.stringify(answer) });

test.each(['/api/none', '/pay/a/b/c', '/brand/x', '/_next/none', '/healthz/x'])(
  'the router’s own page at %s, where there is nothing, runs no script and is framed by nobody',
  async (path) => {
    const { headers } = await ask(path, answering(HTML));
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('script-src');
    expect(headers).toMatchObject({
      ...{ 'cache-control': 'no-store', 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' },
    });
  },
);

test('what a route says itself stays as it is', async () => {
  const own = { ...HTML, 'content-security-policy': "frame-ancestors 'self'" };
  for (const answer of [own, { 'content-type': 'application/json' }, { location: '/pay' }]) {
    const { headers } = await ask('/pay/x', answering(answer));
    const { date, connection, 'keep-alive': _, 'content-length': __, ...said } = headers;
    expect(said).toEqual(answer);
  }
});

test('an address that is written with its origin is the same address', async () => {
  const { asked, headers } = await ask('http://portal.example/admin?a=1');
  expect(asked).toMatchObject({ 'x-counterfoil-path': '/admin?a=1' });
  expect(headers['x-frame-options']).toBe('DENY');
  expect((await ask('HTTPS://portal.example')).asked).toMatchObject({ 'x-counterfoil-path': '/' });
});

test('what the router asks of a page for itself is no part of its address', async () => {
  const { asked } = await ask('/admin?status=paid&_rsc=1x2y&q=a%20b');
  expect(asked).toMatchObject({ 'x-counterfoil-path': '/admin?status=paid&q=a%20b' });
  expect((await ask('/admin?_rsc=1')).asked).toMatchObject({ 'x-counterfoil-path': '/admin' });
});

test('only the desk for other pages has any around it', async () => {
  const { headers } = await ask('/agent-frame?x=1');
  expect(headers['content-security-policy']).toContain(`frame-ancestors ${PARENT}`);
  expect(headers).not.toHaveProperty('x-frame-options');
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
});

test('a merchant’s own domain leads to its page for payers, and has no page of staff', async () => {
  const there = { host: 'pay.merchant.example' };
  const location = 'https://pay.merchant.example/verify';
  expect(await ask('/', there)).toMatchObject({ status: 303, headers: { location }, asked: undefined });
  expect(await ask('/admin', there)).toMatchObject({ status: 404, asked: undefined });
  expect(await ask('/sign-in', { 'x-forwarded-host': there.host })).toMatchObject({ status: 404 });
  expect((await ask('/pay/x', there)).asked).toBeDefined();
});
