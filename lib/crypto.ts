import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './key-ring';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed, and the number of its key before a full stop; nothing before it is 0. */
const SEALED = /^(?:(\d{1,3})\.)?([\w-]+)$/;
const marked = (id: number): string => (id === 0 ? '' : `${id}.`);

/** AES-256-GCM, by the ring's first key. `context` is bound in, so that a value cannot be moved to another row or column. */
export function seal({ first, byId }: KeyRing, plain: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyAt(byId, first), iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return marked(first) + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** The text that was sealed. Throws when its key is not in the ring, or context or value are not the ones it was sealed with. */
export function unseal({ byId }: KeyRing, sealed: string, context: string): string {
  const [, id = '0', text = ''] = SEALED.exec(sealed) ?? [];
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyAt(byId, Number(id)), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function keyAt(byId: KeyRing['byId'], id: number): Buffer {
  const key = byId.get(id);
  if (!key) throw new Error(`DATA_ENCRYPTION_KEY has no key ${id}`);
  return key;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Takes the same time wherever the difference is. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/** The same for texts, whatever their lengths: of those nothing is told either. */
export const sameText = (one: string, other: string): boolean =>
  sameBytes(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
