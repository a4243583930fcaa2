import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { keepAnswer, retryAfterMs } from './answer';
import { receiveWebhook } from './receive';
import { newWebhookSecret, webhookHeaders, webhookKey } from './sign';

test('what we sign, the public library verifies, and a changed byte it does not', () => {
  const secret = newWebhookSecret();
  const body = '{"id":"evt_1","text":"grün ✓"}';
  const headers = webhookHeaders(secret, 'evt_1', body, new Date());
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow();
});

test('a secret is whsec_ and 24 to 64 bytes of base64', () => {
  const of = (bytes: number) => webhookKey(`whsec_${randomBytes(bytes).toString('base64')}`);
  expect([of(24)?.length, of(32)?.length, of(64)?.length, of(23), of(65)]).toEqual([24, 32, 64, null, null]);
  expect(webhookKey('whsec_not base64 but long enough to be one')).toBe(null);
  expect(webhookKey(randomBytes(32).toString('base64'))).toBe(null);
});

const secret = newWebhookSecret();
const incoming = (body: string, headers: Record<string, string>) =>
  receiveWebhook(
    new Request('http://localhost/', { method: 'POST', body, headers }),
    `${newWebhookSecret()},${secret}`,
  );
const aged = (seconds: number) => new Date(Date.now() + seconds * 1000);

test('an incoming report is taken only with a signature of the last five minutes, by either secret', async () => {
  const sign = (at: Date) => webhookHeaders(secret, 'x', '{}', at);
  expect(await incoming('{}', sign(aged(0)))).toEqual({ ok: true, json: {} });
  expect(await incoming('{}', sign(aged(-290)))).toMatchObject({ ok: true });
  for (const at of [aged(-310), aged(310)])
    expect(await incoming('{}', sign(at))).toEqual({ ok: false, status: 401 });
  expect(await incoming('{ }', sign(aged(0)))).toEqual({ ok: false, status: 401 });
  expect(await incoming('{}', {})).toEqual({ ok: false, status: 401 });
});

test('an incoming report is judged by its bytes before it is parsed, and never read past 256 kB', async () => {
  expect(await incoming('{', webhookHeaders(secret, 'x', '{', aged(0)))).toEqual({ ok: false, status: 400 });
  expect(await incoming('x'.repeat(262_145), {})).toEqual({ ok: false, status: 413 });
});

test('of an answer only harmless text is kept: card-like digits are masked, control characters dropped', () => {
  expect(keepAnswer('card 4242 4242 4242 4242 ok')).toBe('card •••• •••• •••• •••• ok');
  expect(keepAnswer('x99994242424242424242y\u0000')).not.toMatch(/4242/);
  expect(keepAnswer('order 1234567890123, at 12:30\n')).toBe('order 1234567890123, at 12:30\n');
});

test('Retry-After counts in seconds or as a date, and for a day at the most', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('Tue, 24 Nov 2026 12:01:00 GMT', now)).toBe(60_000);
  expect(retryAfterMs('999999', now)).toBe(86_400_000);
  expect([retryAfterMs(null, now), retryAfterMs('soon', now), retryAfterMs('-5', now)]).toEqual([0, 0, 0]);
});
