import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idFromUuid } from '@/core/ids';
import { ATTEMPT_HANDLE, HANDLE_SECONDS } from '@/core/payment-attempt';
import { mintAttemptHandle, readAttemptHandle } from './attempt-handle';
import { type LinkTokenKeys, mintLinkToken } from './index';

const keys: LinkTokenKeys = {
  signing: 2,
  byId: new Map([
    [1, randomBytes(32)],
    [2, randomBytes(32)],
  ]),
};
const now = new Date('2026-11-28T12:00:00Z');
const attempt = idFromUuid('paymentAttempt', randomUUID());
const handle = mintAttemptHandle(keys, attempt, now);

test('a handle names its attempt and ends after a quarter of an hour; it is as long as the card process expects', () => {
  const until = new Date(now.getTime() + HANDLE_SECONDS * 1000);
  expect(readAttemptHandle(keys, handle)).toEqual({ attempt, until });
  expect(handle).toMatch(ATTEMPT_HANDLE);
});

test('a handle with any character changed, of another key or another purpose opens nothing', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let i = 0; i < handle.length; i++)
    for (const other of alphabet.replace(handle.charAt(i), ''))
      expect(readAttemptHandle(keys, handle.slice(0, i) + other + handle.slice(i + 1))).toBeNull();
  const others: LinkTokenKeys = { signing: 2, byId: new Map([[2, randomBytes(32)]]) };
  expect(readAttemptHandle(others, handle)).toBeNull();
  const claims = { keyId: 2, merchantId: 1, tokenId: randomUUID(), expiresAtSeconds: 1_900_000_000 };
  for (const text of ['', 'x', `${handle}A`, handle.slice(1), mintLinkToken(keys, claims)])
    expect(readAttemptHandle(keys, text)).toBeNull();
});
