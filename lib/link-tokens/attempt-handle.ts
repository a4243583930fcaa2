import { createHmac, timingSafeEqual } from 'node:crypto';
import { idFromUuid, uuidFromId } from '@/core/ids';
import { HANDLE_SECONDS } from '@/core/payment-attempt';
import type { LinkTokenKeys } from './index';

/** What is MACed for one purpose is worth nothing for another. */
const PURPOSE = 'counterfoil/attempt-handle/v1\n';
const ID_BYTES = 16;
const BODY_BYTES = 1 + ID_BYTES + 4;
const MAC_BYTES = 16;

const macOf = (key: Buffer, body: Uint8Array): Buffer =>
  createHmac('sha256', key).update(PURPOSE).update(body).digest().subarray(0, MAC_BYTES);

/**
 * What a bank's page returns with: the attempt, and for a quarter of an hour the way back to its page. The link token itself
 * is told to no bank. Source: decision 14. Key id (1 byte), attempt (16), end (4, unix seconds), MAC (16): 50 characters.
 */
export function mintAttemptHandle(keys: LinkTokenKeys, attempt: string, now: Date): string {
  const uuid = uuidFromId('paymentAttempt', attempt);
  const key = keys.byId.get(keys.signing);
  if (!uuid || !key) throw new Error('a handle needs an attempt and a key');
  const body = Buffer.alloc(BODY_BYTES);
  body.writeUInt8(keys.signing);
  body.write(uuid.replaceAll('-', ''), 1, 'hex');
  body.writeUInt32BE(Math.floor(now.getTime() / 1000) + HANDLE_SECONDS, 1 + ID_BYTES);
  return Buffer.concat([body, macOf(key, body)]).toString('base64url');
}

/** The attempt of a handle that we made, and when its way back ends; null for anything else. */
export function readAttemptHandle(
  keys: LinkTokenKeys,
  handle: string,
): { attempt: string; until: Date } | null {
  const bytes = Buffer.from(handle, 'base64url');
  if (bytes.length !== BODY_BYTES + MAC_BYTES || bytes.toString('base64url') !== handle) return null;
  const body = bytes.subarray(0, BODY_BYTES);
  const key = keys.byId.get(body.readUInt8());
  if (!key || !timingSafeEqual(macOf(key, body), bytes.subarray(BODY_BYTES))) return null;
  return {
    attempt: idFromUuid('paymentAttempt', body.toString('hex', 1, 1 + ID_BYTES)),
    until: new Date(body.readUInt32BE(1 + ID_BYTES) * 1000),
  };
}
