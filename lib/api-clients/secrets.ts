import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { sha256 } from '../crypto';

const SECRET_BYTES = 24;
const CHECKSUM_CHARACTERS = 6;
/** Says to people and to scanners what a secret opens. */
const KINDS = ['live', 'test', 'secret', 'token'] as const;
type Kind = (typeof KINDS)[number];

/** Six characters that tell a mistyped secret from an unknown one, and let scanners know ours without asking. */
function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url').slice(0, CHECKSUM_CHARACTERS);
}

/** `cf_<kind>_`, 192 random bits, checksum. Shown once; only `hash` is kept. */
function newSecret(kind: Kind): { secret: string; hash: string } {
  const body = `cf_${kind}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  const secret = body + checksum(body);
  return { secret, hash: sha256(secret) };
}

export type NewApiKey = { key: string; prefix: string; hash: string };

/** A new API key, `cf_live_…` or `cf_test_…`; the prefix is for people to tell keys apart. */
export function newApiKey(livemode: boolean): NewApiKey {
  const { secret, hash } = newSecret(livemode ? 'live' : 'test');
  return { key: secret, prefix: secret.slice(0, 12), hash };
}

/** The secret of a new OAuth client, `cf_secret_…`. */
export const newClientSecret = () => newSecret('secret');

/** A new access token, `cf_token_…`. */
export const newAccessToken = () => newSecret('token');

/** What kind of secret this is and the hash to look it up by, or null when it cannot be one of ours. */
export function readSecret(secret: string): { kind: Kind; hash: string } | null {
  const kind = KINDS.find((one) => one === /^cf_([a-z]+)_[A-Za-z0-9_-]{38}$/.exec(secret)?.[1]);
  const body = secret.slice(0, -CHECKSUM_CHARACTERS);
  if (!kind || checksum(body) !== secret.slice(-CHECKSUM_CHARACTERS)) return null;
  return { kind, hash: sha256(secret) };
}
