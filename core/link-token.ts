/**
 * The link token, 43 bytes in 58 characters of base64url:
 * version (1) · key id (1) · merchant number (5) · token id (16) · expiry in unix seconds (4) · MAC (16).
 * This file lays out the bytes; the MAC is made and checked in `lib/link-tokens`.
 */
export const TOKEN_VERSION = 1;
export const TOKEN_BYTES = 43;
export const TOKEN_CHARACTERS = 58;
export const CLAIM_BYTES = 27;
/** Prefix of everything that is MACed: a token for one purpose is worth nothing for another. */
export const LINK_PURPOSE = 'counterfoil/link/v1\n';

export type LinkTokenClaims = {
  keyId: number;
  merchantId: number;
  /** UUID text, 128 random bits. */
  tokenId: string;
  /** Unix seconds: the ceiling. The row decides. */
  expiresAtSeconds: number;
};

/** The 27 bytes before the MAC. */
export function encodeClaims(claims: LinkTokenClaims): Uint8Array {
  const bytes = new Uint8Array(CLAIM_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = TOKEN_VERSION;
  bytes[1] = claims.keyId;
  view.setUint8(2, Math.floor(claims.merchantId / 2 ** 32));
  view.setUint32(3, claims.merchantId % 2 ** 32);
  const hex = claims.tokenId.replaceAll('-', '');
  for (let i = 0; i < 16; i += 4) view.setUint32(7 + i, Number.parseInt(hex.slice(i * 2, i * 2 + 8), 16));
  view.setUint32(23, claims.expiresAtSeconds);
  return bytes;
}

/** Reads the 27 bytes; null for another version. Says nothing about the MAC. */
export function decodeClaims(bytes: Uint8Array): LinkTokenClaims | null {
  if (bytes.length < CLAIM_BYTES || bytes[0] !== TOKEN_VERSION) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hex = [...bytes.subarray(7, 23)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    keyId: view.getUint8(1),
    merchantId: view.getUint8(2) * 2 ** 32 + view.getUint32(3),
    tokenId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
    expiresAtSeconds: view.getUint32(23),
  };
}
