import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  CLAIM_BYTES,
  decodeClaims,
  encodeClaims,
  LINK_PURPOSE,
  type LinkTokenClaims,
  TOKEN_BYTES,
  TOKEN_CHARACTERS,
} from '@/core/link-token';
import { parseKeyRing } from '../key-ring';

/** Keys by id; `signing` makes new tokens, the others still open old ones. */
export type LinkTokenKeys = { signing: number; byId: ReadonlyMap<number, Buffer> };

/** Reads `1:<base64url of 32 bytes>,2:…`; the first signs. Throws on anything else. */
export function parseLinkTokenKeys(text: string): LinkTokenKeys {
  const { first, byId } = parseKeyRing('LINK_TOKEN_KEYS', text);
  return { signing: first, byId };
}

const MAC_BYTES = TOKEN_BYTES - CLAIM_BYTES;

const macOf = (key: Buffer, purpose: string, claims: Uint8Array): Buffer =>
  createHmac('sha256', key).update(purpose).update(claims).digest().subarray(0, MAC_BYTES);

/** The 58 characters of a link's address. */
export function mintLinkToken(keys: LinkTokenKeys, claims: LinkTokenClaims, purpose = LINK_PURPOSE): string {
  const key = keys.byId.get(claims.keyId);
  if (!key) throw new Error(`no link-token key ${claims.keyId}`);
  const bytes = encodeClaims(claims);
  return Buffer.concat([bytes, macOf(key, purpose, bytes)]).toString('base64url');
}

/**
 * The claims of a token that we made, or null: wrong length, spelling, version, key or MAC. Asks no database, and the
 * comparison takes the same time wherever the difference is. Expiry is not judged here: the row decides.
 */
export function readLinkToken(
  keys: LinkTokenKeys,
  token: string,
  purpose = LINK_PURPOSE,
): LinkTokenClaims | null {
  if (token.length !== TOKEN_CHARACTERS || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== token) return null;
  const claims = decodeClaims(bytes);
  const key = claims && keys.byId.get(claims.keyId);
  if (!key) return null;
  const mac = macOf(key, purpose, bytes.subarray(0, CLAIM_BYTES));
  return timingSafeEqual(mac, bytes.subarray(CLAIM_BYTES)) ? claims : null;
}
