import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ask,
  BANK,
  CARD_HEADERS,
  cardBody,
  HANDLE,
  PARENT,
  postCard,
  startWorld,
  type World,
} from './testing';

const SCRIPT = 'console.log(1)';
let world: World;
beforeEach(async () => {
  world = await startWorld({ bodyTimeoutMs: 200, frameScript: SCRIPT });
});
afterEach(() => world.close());

const FORM = `/form?o=${encodeURIComponent(PARENT)}&l=de`;
const inline = (html: string, tag: 'script' | 'style') =>
  new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(html)?.[1] ?? '';
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the form', () => {
  test('is static, cacheable, cookieless, in the language asked for', async () => {
    const first = await ask(world.card, FORM);
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(first.headers['set-cookie']).toBeUndefined();
    expect(first.body).toContain('<html lang="de" dir="ltr">');
    expect((await ask(world.card, FORM)).body).toBe(first.body);
    const again = await ask(world.card, FORM, { headers: { 'if-none-match': first.headers.etag } });
    expect(again).toMatchObject({ status: 304, body: '' });
    const head = await ask(world.card, FORM, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers.etag).toBe(first.headers.etag);
  });

  test('allows its own script and style by hash, its bank, its page, and nothing else', async () => {
    const { headers, body } = await ask(world.card, FORM);
    expect(headers['content-security-policy']).toBe(
      [
        "default-src 'none'",
        `script-src ${hash(SCRIPT)}`,
        `style-src ${hash(inline(body, 'style'))}`,
        "connect-src 'self'",
        `frame-src 'self' ${BANK}`,
        `frame-ancestors ${PARENT}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    );
    expect(inline(body, 'script')).toBe(SCRIPT);
    expect(body).not.toMatch(/ style=| on[a-z]+=|https?:/);
  });

  test('is compressed for browsers that ask', async () => {
    const response = await fetch(`${world.card.origin}${FORM}`, { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(await response.text()).toBe((await ask(world.card, FORM)).body);
  });

  test.each(['', '?o=', '?o=http://evil.example', `?o=${PARENT}/`, `?o=${PARENT}.evil.example`, '?o=*'])(
    'is not shown to an unknown page: %s',
    async (query) => {
      const { status, headers } = await ask(world.card, `/form${query}`);
      expect(status).toBe(400);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );
});

test('the page a bank check ends on may be framed by the form and its pages only, and speaks to its own origin', async () => {
  const { headers, body } = await ask(world.card, '/challenge-done?anything=1');
  const csp = String(headers['content-security-policy']);
  expect(csp).toContain(`script-src ${hash(inline(body, 'script'))}`);
  expect(csp).toContain(`frame-ancestors 'self' ${PARENT} http://other.example`);
  expect(inline(body, 'script')).toContain('location.origin');
});

test('a bank check that filled the window leads back to a pay page of ours, and nowhere else', async () => {
  const back = async (o: string, h: string, more = '') => {
    const { body } = await ask(world.card, `/challenge-done?${new URLSearchParams({ o, h })}${more}`);
    return /href="([^"]*)"/.exec(body)?.[1];
  };
  expect(await back(PARENT, HANDLE)).toBe(`${PARENT}/pay/return/${HANDLE}`);
  expect(await back(PARENT, HANDLE, '&l=de')).toBe(`${PARENT}/pay/return/${HANDLE}?l=de`);
  expect(await back(PARENT, HANDLE, '&l=%22')).toBe(`${PARENT}/pay/return/${HANDLE}`);
  for (const [o, h] of [
    ['http://evil.example', HANDLE],
    [`${PARENT}@evil.example`, HANDLE],
    [PARENT, `${HANDLE}"`],
    [PARENT, `../${HANDLE.slice(3)}`],
  ] as const)
    expect(await back(o, h)).toBeUndefined();
});

describe('a card is taken from our own form only', () => {
  test.each([
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['the pay page', { origin: PARENT }, 403],
    ['no origin', { origin: 'null' }, 403],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a plain form', { 'content-type': 'text/plain' }, 415],
    ['another page', { 'counterfoil-parent': 'http://other.example' }, 401],
  ])('%s', async (_name, headers, status) => {
    expect((await postCard(world, cardBody(world.ticket()), headers)).status).toBe(status);
    expect(world.portal.submits).toHaveLength(0);
  });

  test('a body over 4 kB is refused, announced or not', async () => {
    const body = cardBody(world.ticket(), { name: 'x'.repeat(5_000) });
    expect((await postCard(world, body)).status).toBe(413);
    expect((await postCard(world, body, { 'transfer-encoding': 'chunked' })).status).toBe(413);
  });

  test('a body that does not come in time ends with 408 and a closed connection', async () => {
    const { port } = new URL(world.card.origin);
    const socket = connect(Number(port), '127.0.0.1');
    const head = Object.entries({ host: 'x', ...CARD_HEADERS, 'content-length': '200' });
    socket.write(`POST /authorize HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\nslow`);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    await new Promise((resolve) => socket.on('close', resolve));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });
});

test('health, unknown paths and wrong methods', async () => {
  expect(await ask(world.card, '/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  expect((await ask(world.card, '/readyz')).status).toBe(200);
  for (const path of ['/', '/card', '//x', '/form/', '/__proto__', '/%']) {
    expect((await ask(world.card, path)).status).toBe(404);
  }
  const wrong = await ask(world.card, '/authorize');
  expect(wrong.status).toBe(405);
  expect(wrong.headers.allow).toBe('POST');
  expect((await ask(world.card, FORM, { method: 'POST' })).status).toBe(405);
  expect(world.log.every((line) => !line.route?.includes('?'))).toBe(true);
});
