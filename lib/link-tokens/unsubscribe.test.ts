import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idFromUuid } from '@/core/ids';
import { type LinkTokenKeys, mintLinkToken, readLinkToken } from './index';
import { mintUnsubscribe, readUnsubscribe } from './unsubscribe';

const keyOf = (id: number): LinkTokenKeys => ({ signing: id, byId: new Map([[id, randomBytes(32)]]) });
const keys = keyOf(1);
const uuid = randomUUID();
const claims = { merchantId: 7, message: idFromUuid('message', uuid) };
const token = mintUnsubscribe(keys, claims);

test('the address of a message reads back which message it is of, for as long as its key is there', () => {
  expect(readUnsubscribe(keys, token)).toEqual(claims);
  expect(readUnsubscribe(keyOf(1), token)).toBeNull();
  expect(readUnsubscribe(keyOf(2), token)).toBeNull();
});

test('it opens no payment, and the address of a payment ends no reminders', () => {
  expect(readLinkToken(keys, token)).toBeNull();
  const linkToken = mintLinkToken(keys, { keyId: 1, merchantId: 7, tokenId: uuid, expiresAtSeconds: 0 });
  expect(readUnsubscribe(keys, linkToken)).toBeNull();
});

test('with any character changed it is nobody’s', () => {
  for (let i = 0; i < token.length; i++) {
    const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
    expect(readUnsubscribe(keys, changed), `at ${i}`).toBeNull();
  }
});
