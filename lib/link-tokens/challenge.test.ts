import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PASS_SECONDS } from '@/core/challenge';
import { isPass, mintPass, passcodeOf } from './challenge';
import { type LinkTokenKeys, mintLinkToken } from './index';

const keys: LinkTokenKeys = {
  signing: 2,
  byId: new Map([
    [1, randomBytes(32)],
    [2, randomBytes(32)],
  ]),
};
const claims = { keyId: 2, merchantId: 7, tokenId: randomUUID(), expiresAtSeconds: 1_900_000_000 };
const now = new Date('2026-11-27T12:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const pass = mintPass(keys, claims, now);

test('a pass opens the address it was made for, for two hours', () => {
  expect(isPass(keys, claims, pass, now)).toBe(true);
  expect(isPass(keys, claims, pass, later(PASS_SECONDS - 1))).toBe(true);
  expect(isPass(keys, claims, pass, later(PASS_SECONDS))).toBe(false);
});

test('a pass opens no other address: another token, merchant, end or key', () => {
  for (const other of [
    { ...claims, tokenId: randomUUID() },
    { ...claims, merchantId: 8 },
    { ...claims, expiresAtSeconds: claims.expiresAtSeconds + 1 },
    { ...claims, keyId: 1 },
  ])
    expect(isPass(keys, other, pass, now)).toBe(false);
});

test('a pass with any character changed, or made for another purpose, opens nothing', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let i = 0; i < pass.length; i++)
    for (const other of alphabet.replace(pass.charAt(i), '')) {
      const changed = pass.slice(0, i) + other + pass.slice(i + 1);
      expect(isPass(keys, claims, changed, now), `${other} at ${i}`).toBe(false);
    }
  const token = mintLinkToken(keys, claims);
  for (const text of ['', 'x', `${pass}A`, pass.slice(1), token, token.slice(0, 27)])
    expect(isPass(keys, claims, text, now)).toBe(false);
});

test('a passcode has six digits, and is another one each time, for each link and merchant', () => {
  const one = { keyId: 2, merchantId: 7, paymentLinkId: 'plink_1', counter: 1 };
  const code = passcodeOf(keys, one);
  expect(code).toMatch(/^\d{6}$/);
  expect(passcodeOf(keys, one)).toBe(code);
  const many = Array.from({ length: 2000 }, (_, counter) => passcodeOf(keys, { ...one, counter }));
  expect(many.every((each) => /^\d{6}$/.test(each))).toBe(true);
  expect(new Set(many).size).toBeGreaterThan(1950);
  expect(many.some((each) => each.startsWith('0'))).toBe(true);
  const others = [{ merchantId: 8 }, { paymentLinkId: 'plink_2' }, { keyId: 1 }];
  const differing = others.filter((change) => passcodeOf(keys, { ...one, ...change }) !== code);
  expect(differing.length).toBeGreaterThan(1);
});
