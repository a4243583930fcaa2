import { createHmac, randomBytes } from 'node:crypto';

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

/** The headers of Standard Webhooks 1.0 for these exact bytes, signed at `at`. */
export function webhookHeaders(secret: string, id: string, body: string, at: Date): Record<string, string> {
  const key = webhookKey(secret);
  if (!key) throw new Error('not a webhook secret');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
