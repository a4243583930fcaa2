import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLAIM_BYTES, TOKEN_BYTES, TOKEN_CHARACTERS } from '@/core/link-token';
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

const anyClaims = fc.record({
  keyId: fc.constantFrom(1, 2),
  merchantId: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
  tokenId: fc.uuid(),
  expiresAtSeconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

test('whatever a token is made of, it reads back, in one spelling; with any one bit flipped it is refused', () => {
  fc.assert(
    fc.property(anyClaims, fc.nat(TOKEN_BYTES * 8 - 1), (one, bit) => {
      const made = mintLinkToken(keys, one);
      expect(made).toHaveLength(TOKEN_CHARACTERS);
      expect(readLinkToken(keys, made)).toEqual(one);
      expect(mintLinkToken(keys, one)).toBe(made);
      const bytes = Buffer.from(made, 'base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readLinkToken(keys, bytes.toString('base64url'))).toBeNull();
    }),
    { numRuns: 3_000 },
  );
});

test('the claims of one token under the MAC of another are refused, and so is any text of that length', () => {
  fc.assert(
    fc.property(anyClaims, anyClaims, fc.base64String({ minLength: 60, maxLength: 60 }), (one, two, text) => {
      const [first, second] = [one, two].map((each) => mintLinkToken(keys, each));
      const mixed = Buffer.concat([
        Buffer.from(first ?? '', 'base64url').subarray(0, CLAIM_BYTES),
        Buffer.from(second ?? '', 'base64url').subarray(CLAIM_BYTES),
      ]).toString('base64url');
      if (first !== second) expect(readLinkToken(keys, mixed)).toBeNull();
      expect(readLinkToken(keys, text.slice(0, TOKEN_CHARACTERS))).toBeNull();
    }),
    { numRuns: 1_000 },
  );
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
