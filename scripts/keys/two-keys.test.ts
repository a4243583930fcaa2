import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { callSigningInput } from '@/core/card-ticket';
import { sessionCookieValue, sessionIdFrom } from '@/lib/auth';
import { privateKey, publicKeys, verifyCall } from '@/lib/card-calls';
import { publicHalves } from '../launcher/secrets';
import { KINDS, keysOf, rotated, textOf } from './kinds';

const turned = (name: 'card' | 'auth') => {
  const old = KINDS[name].make();
  return { old, both: textOf(rotated(KINDS[name], keysOf(KINDS[name], old), false)) };
};

test('the portal takes calls of both of the card process’s keys while one replaces the other, and of no third', () => {
  const { old, both } = turned('card');
  const keys = publicKeys(publicHalves('CARD_SIGNING_KEY', both));
  const taken = (key: string) => {
    const signed = { timestamp: '1', nonce: 'n'.repeat(16), body: '{}' };
    const text = Buffer.from(callSigningInput('submit', signed.timestamp, signed.nonce, signed.body));
    const signature = sign(null, text, privateKey(key)).toString('base64url');
    return verifyCall(keys, 'submit', { ...signed, signature });
  };
  expect([old, both, turned('card').old].map(taken)).toEqual([true, true, false]);
});

test('who is signed in stays so while the secret of cookies changes, until the old one is taken out', async () => {
  const { old, both } = turned('auth');
  const cookie = await sessionCookieValue(old, 'ses_1');
  const [fresh = ''] = both.split(',');
  expect(await sessionIdFrom(both, cookie)).toBe('ses_1');
  expect(await sessionIdFrom(fresh, cookie)).toBeNull();
  expect(await sessionIdFrom(fresh, await sessionCookieValue(both, 'ses_2'))).toBe('ses_2');
});
