import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { TOKEN_CHARACTERS } from '@/core/link-token';
import { type LinkTokenKeys, mintLinkToken, parseLinkTokenKeys, readLinkToken } from './index';

const keys: LinkTokenKeys = {
  signing: 2,
  byId: new Map([
    [1, randomBytes(32)],
    [2, randomBytes(32)],
  ]),
};
const claims = { keyId: 2, merchantId: 2 ** 39 + 7, tokenId: randomUUID(), expiresAtSeconds: 1_900_000_000 };
const token = mintLinkToken(keys, claims);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('a link token has 58 characters and reads back what it was made of, for every live key', () => {
  expect(token).toHaveLength(TOKEN_CHARACTERS);
  expect(readLinkToken(keys, token)).toEqual(claims);
  const old = { ...claims, keyId: 1 };
  expect(readLinkToken(keys, mintLinkToken(keys, old))).toEqual(old);
});

test('a token with any single character changed is refused', () => {
  for (let i = 0; i < token.length; i++) {
    for (const char of ALPHABET) {
      if (char === token[i]) continue;
      expect(readLinkToken(keys, token.slice(0, i) + char + token.slice(i + 1))).toBeNull();
    }
  }
});

test('truncated, lengthened, padded and re-encoded spellings are refused', () => {
  const bytes = Buffer.from(token, 'base64url');
  const spellings = [
    '',
    ...Array.from({ length: token.length }, (_, i) => token.slice(0, i)),
    `${token}A`,
    `${token}=`,
    `${token}==`,
    ` ${token}`,
    `${token}\n`,
    token.toUpperCase(),
    token.toLowerCase(),
    encodeURIComponent(`${token}%`),
    bytes.toString('base64'),
    bytes.toString('hex'),
    token.replace(
      /.$/,
      (last) => ALPHABET[(ALPHABET.indexOf(last) & ~15) + ((ALPHABET.indexOf(last) + 1) % 16)] ?? '',
    ),
  ].filter((text) => text !== token);
  for (const text of spellings) expect(readLinkToken(keys, text)).toBeNull();
});

test('a token of another key, of an unknown key id, or for another purpose is refused', () => {
  const other: LinkTokenKeys = { signing: 2, byId: new Map([[2, randomBytes(32)]]) };
  expect(readLinkToken(keys, mintLinkToken(other, claims))).toBeNull();
  const unknown: LinkTokenKeys = { signing: 9, byId: new Map([[9, randomBytes(32)]]) };
  expect(readLinkToken(keys, mintLinkToken(unknown, { ...claims, keyId: 9 }))).toBeNull();
  expect(readLinkToken(keys, mintLinkToken(keys, claims, 'counterfoil/receipt/v1\n'))).toBeNull();
  expect(readLinkToken(keys, mintLinkToken(keys, claims, ''))).toBeNull();
});

test('the MAC is HMAC-SHA256 over purpose and claims, cut to 16 bytes', () => {
  const bytes = Buffer.from(token, 'base64url');
  const mac = createHmac('sha256', keys.byId.get(2) ?? '')
    .update('counterfoil/link/v1\n')
    .update(bytes.subarray(0, 27))
    .digest();
  expect(bytes.subarray(27).equals(mac.subarray(0, 16))).toBe(true);
});

test('keys are read from one line, the first signs, and anything else is an error', () => {
  const secret = randomBytes(32).toString('base64url');
  expect(parseLinkTokenKeys(`3:${secret},1:${secret}`).signing).toBe(3);
  for (const bad of ['', '1', `256:${secret}`, '1:short', `x:${secret}`]) {
    expect(() => parseLinkTokenKeys(bad)).toThrow(/LINK_TOKEN_KEYS/);
  }
});
