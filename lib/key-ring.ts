import { randomBytes } from 'node:crypto';

/** Keys by number: `first` makes what is new, the others still open what is old. */
export type KeyRing = { first: number; byId: ReadonlyMap<number, Buffer> };

/** Reads `2:<base64url of 32 bytes>,1:…`. Throws on anything else; the message names the variable, never its value. */
export function parseKeyRing(name: string, text: string): KeyRing {
  const pairs = text.split(',').map((part): [number, Buffer] => {
    const [id = '', secret = ''] = part.trim().split(':');
    const key = Buffer.from(secret, 'base64url');
    if (!/^\d{1,3}$/.test(id) || Number(id) > 255 || key.length !== 32)
      throw new Error(`${name} must be like 1:<base64url of 32 bytes>`);
    return [Number(id), key];
  });
  const byId = new Map(pairs);
  const [first] = byId.keys();
  if (first === undefined || byId.size < pairs.length) throw new Error(`${name} has two keys of one number`);
  return { first, byId };
}

/** The number of a key that was written without one, as all were before a second could stand beside it. */
const UNNUMBERED = 0;

/** Reads DATA_ENCRYPTION_KEY: a ring, or one key without a number. */
export const parseDataKey = (text: string): KeyRing =>
  parseKeyRing('DATA_ENCRYPTION_KEY', text.includes(':') ? text : `${UNNUMBERED}:${text}`);

/** The key that was there before the others: numbers go up. */
export const oldestKey = ({ byId }: KeyRing): Buffer => byId.get(Math.min(...byId.keys())) ?? Buffer.alloc(0);

/** A ring as the environment has it. */
export const keyRingText = ({ byId }: KeyRing): string =>
  [...byId].map(([id, key]) => `${id}:${key.toString('base64url')}`).join(',');

/** A ring of one new key. */
export const newKeyRing = (id = 0): KeyRing => ({ first: id, byId: new Map([[id, randomBytes(32)]]) });
