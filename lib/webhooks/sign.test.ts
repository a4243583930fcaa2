import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';
import { expect, test, vi } from 'vitest';
import { keepAnswer, retryAfterMs } from './answer';
import { newSigningKey, newWebhookSecret, signedHeaders, webhookHeaders, webhookKey } from './sign';

test('what we sign, the public library verifies, and a changed byte it does not', () => {
  const secret = newWebhookSecret();
  const body = '{"id":"evt_1","text":"grün ✓"}';
  const headers = webhookHeaders(secret, 'evt_1', body, new Date());
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow();
});

test('every official verifier takes what we sign, for five minutes either way and not a second more', () => {
  const secret = newWebhookSecret();
  const now = new Date('2026-11-24T12:00:00.000Z');
  vi.useFakeTimers({ now });
  const signers = { secrets: [newWebhookSecret(), secret], privateKeys: [newSigningKey().privateKey] };
  for (const verifier of [new Webhook(secret), new Svix(secret)]) {
    const verdict = (seconds: number) => {
      const headers = signedHeaders(signers, 'evt_1', '{"a":1}', new Date(now.getTime() + seconds * 1000));
      try {
        return verifier.verify('{"a":1}', headers);
      } catch {
        return 'refused';
      }
    };
    expect([-301, -300, 0, 300, 301].map(verdict)).toEqual([
      'refused',
      ...[{ a: 1 }, { a: 1 }, { a: 1 }],
      'refused',
    ]);
  }
  vi.useRealTimers();
});

test('a v1a signature verifies with the published key and no other, for these bytes alone', () => {
  const [pair, other] = [newSigningKey(), newSigningKey()];
  const headers = signedHeaders({ secrets: [], privateKeys: [pair.privateKey] }, 'evt_1', '{}', new Date());
  const [version, signature = ''] = String(headers['webhook-signature']).split(',');
  const signed = (body: string) => Buffer.from(`evt_1.${headers['webhook-timestamp']}.${body}`);
  const verifies = (publicKey: string, body: string) =>
    verify(null, signed(body), publicKeyOf(publicKey), Buffer.from(signature, 'base64'));
  expect(version).toBe('v1a');
  expect(Buffer.from(pair.publicKey, 'base64')).toHaveLength(32);
  expect([
    verifies(pair.publicKey, '{}'),
    verifies(other.publicKey, '{}'),
    verifies(pair.publicKey, '{ }'),
  ]).toEqual([true, false, false]);
});

const publicKeyOf = (text: string) =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(text, 'base64').toString('base64url') },
    format: 'jwk',
  });

test('a secret is whsec_ and 24 to 64 bytes of base64', () => {
  const of = (bytes: number) => webhookKey(`whsec_${randomBytes(bytes).toString('base64')}`);
  expect([of(24)?.length, of(32)?.length, of(64)?.length, of(23), of(65)]).toEqual([24, 32, 64, null, null]);
  expect(webhookKey('whsec_not base64 but long enough to be one')).toBe(null);
  expect(webhookKey(randomBytes(32).toString('base64'))).toBe(null);
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
