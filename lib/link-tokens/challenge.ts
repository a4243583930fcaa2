import { createHmac, timingSafeEqual } from 'node:crypto';
import { PASS_SECONDS, PASSCODE_DIGITS } from '@/core/challenge';
import { encodeClaims, type LinkTokenClaims } from '@/core/link-token';
import type { LinkTokenKeys } from './index';

/** What is MACed for one purpose is worth nothing for another. */
const PASS_PURPOSE = 'counterfoil/pass/v1\n';
const PASSCODE_PURPOSE = 'counterfoil/passcode/v1\n';

const EXPIRY_BYTES = 4;
const MAC_BYTES = 16;
/** 20 bytes are written in one way: the last character carries four bits, so only sixteen can stand there. */
const PASS = /^[A-Za-z0-9_-]{26}[AEIMQUYcgkosw048]$/;

function keyOf(keys: LinkTokenKeys, id: number): Buffer {
  const key = keys.byId.get(id);
  if (!key) throw new Error(`no link-token key ${id}`);
  return key;
}

function passBytes(keys: LinkTokenKeys, claims: LinkTokenClaims, until: Buffer): Buffer {
  const mac = createHmac('sha256', keyOf(keys, claims.keyId))
    .update(PASS_PURPOSE)
    .update(encodeClaims(claims))
    .update(until)
    .digest();
  return Buffer.concat([until, mac.subarray(0, MAC_BYTES)]);
}

/** What a right answer leaves with the page it was given on: opens that address of that link for two hours from `now`. */
export function mintPass(keys: LinkTokenKeys, claims: LinkTokenClaims, now: Date): string {
  const until = Buffer.alloc(EXPIRY_BYTES);
  until.writeUInt32BE(Math.floor(now.getTime() / 1000) + PASS_SECONDS);
  return passBytes(keys, claims, until).toString('base64url');
}

/** Whether a pass was made by us for this very address and still opens it. The comparison takes the same time whatever differs. */
export function isPass(keys: LinkTokenKeys, claims: LinkTokenClaims, pass: string, now: Date): boolean {
  if (!PASS.test(pass)) return false;
  const given = Buffer.from(pass, 'base64url');
  const until = given.subarray(0, EXPIRY_BYTES);
  const isOurs = timingSafeEqual(passBytes(keys, claims, until), given);
  return isOurs && now.getTime() < until.readUInt32BE() * 1000;
}

/** Which passcode of which link: the `counter`-th that was sent. */
export type PasscodeClaims = { keyId: number; merchantId: number; paymentLinkId: string; counter: number };

/**
 * The six digits of a passcode, made again whenever they are needed and kept nowhere. Source: HOTP, RFC 4226, with SHA-256 and a
 * counter of our own that is bound to the link.
 */
export function passcodeOf(keys: LinkTokenKeys, claims: PasscodeClaims): string {
  const { keyId, merchantId, paymentLinkId, counter } = claims;
  const mac = createHmac('sha256', keyOf(keys, keyId))
    .update(PASSCODE_PURPOSE)
    .update([merchantId, paymentLinkId, counter].join('\n'))
    .digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** PASSCODE_DIGITS).padStart(PASSCODE_DIGITS, '0');
}
