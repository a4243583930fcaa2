import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { sha256 } from '../crypto';

const SECRET_BYTES = 24;
const CHECKSUM_CHARACTERS = 6;

/** Six characters that tell a mistyped key from an unknown one, and let scanners know ours without asking. */
function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url').slice(0, CHECKSUM_CHARACTERS);
}

export type NewApiKey = { key: string; prefix: string; hash: string };

/** A new key: `cf_live_` or `cf_test_`, 192 random bits, checksum. The key is shown once; only its hash is kept. */
export function newApiKey(livemode: boolean): NewApiKey {
  const body = `cf_${livemode ? 'live' : 'test'}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  const key = body + checksum(body);
  return { key, prefix: key.slice(0, 12), hash: sha256(key) };
}

/** The hash to look a key up by, or null when it cannot be one of ours. */
export function apiKeyHash(key: string): string | null {
  if (!/^cf_(live|test)_[A-Za-z0-9_-]{38}$/.test(key)) return null;
  const body = key.slice(0, -CHECKSUM_CHARACTERS);
  return checksum(body) === key.slice(-CHECKSUM_CHARACTERS) ? sha256(key) : null;
}
