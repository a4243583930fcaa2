import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { sameBytes } from '../crypto';
import { Recent } from '../recent';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** The key inside a secret; null unless it is `whsec_` and 24 to 64 bytes of base64. */
export function webhookKey(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX)) return null;
  const text = secret.slice(PREFIX.length);
  const key = Buffer.from(text, 'base64');
  if (key.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) return null;
  return key.length >= 24 && key.length <= 64 ? key : null;
}

/** A pair of Ed25519: the private key as PKCS#8 in base64, the public one as its 32 bytes in base64. */
export function newSigningKey(): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync('ed25519');
  const { x = '' } = pair.publicKey.export({ format: 'jwk' });
  return {
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: Buffer.from(x, 'base64url').toString('base64'),
  };
}

/** What signs: secrets for `v1`, private keys of Ed25519 for `v1a`. Two of each while one replaces the other. */
export type Signers = { secrets: readonly string[]; privateKeys: readonly string[] };

/** The headers of Standard Webhooks 1.0 for these exact bytes, signed at `at`: a signature for each signer. */
export function signedHeaders(
  { secrets, privateKeys }: Signers,
  id: string,
  body: string,
  at: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const bytes = Buffer.from(`${id}.${timestamp}.${body}`);
  const symmetric = secrets.map((secret) => {
    const key = webhookKey(secret);
    if (!key) throw new Error('not a webhook secret');
    return signatureOf(key, id, timestamp, body);
  });
  const asymmetric = privateKeys.map((text) => `v1a,${sign(null, bytes, keyOf(text)).toString('base64')}`);
  const signature = [...symmetric, ...asymmetric].join(' ');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

/** Reading a key takes about as long as signing with it. */
const keys = new Recent<KeyObject>(1_000);
const keyOf = (text: string): KeyObject =>
  keys.get(text, () => createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }));

/** The same with one secret. */
export const webhookHeaders = (secret: string, id: string, body: string, at: Date): Record<string, string> =>
  signedHeaders({ secrets: [secret], privateKeys: [] }, id, body, at);

const signatureOf = (key: Buffer, id: string, timestamp: string, body: string | Buffer): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;

/** When these very bytes were signed with this secret, as their headers say under the signature; null when they were not. */
export function signedAt(
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Date | null {
  const key = webhookKey(secret);
  const id = headers['webhook-id'] ?? '';
  const seconds = headers['webhook-timestamp'] ?? '';
  if (!key || !id || id.length > 200 || !/^\d{1,12}$/.test(seconds)) return null;
  const known = Buffer.from(signatureOf(key, id, seconds, body));
  const isKnown = (headers['webhook-signature'] ?? '')
    .split(' ')
    .some((one) => sameBytes(Buffer.from(one), known));
  return isKnown ? new Date(Number(seconds) * 1000) : null;
}

const TOLERANCE_MS = 300_000;

/** No older and no newer than five minutes at `now`, which is of the database's clock. */
export const isTimely = (at: Date, now: Date): boolean =>
  Math.abs(now.getTime() - at.getTime()) <= TOLERANCE_MS;
