import { randomBytes } from 'node:crypto';

/**
 * A prefix and 128 random bits in the letters a to p. Without digits an id can never look like a card number to a
 * scanner, nor be guessed.
 */
export function newId(prefix: string): string {
  let text = '';
  for (const byte of randomBytes(16)) text += String.fromCharCode(97 + (byte >> 4), 97 + (byte & 15));
  return `${prefix}_${text}`;
}
