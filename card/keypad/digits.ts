/** What a telephony provider sends: proved before it is read, and read without the key ever being text. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type DigitSource, isKey } from '@/core/keypad';
import { parse } from '../json';

type Verifier = (source: DigitSource, headers: IncomingHttpHeaders, body: Buffer) => boolean;

/** One verifier for each kind of provider. */
const VERIFIERS: Record<DigitSource['kind'], Verifier> = {
  sandbox(source, headers, body) {
    const [, hex] = /^sha256=([0-9a-f]{64})$/.exec(String(headers['x-phone-signature'])) ?? [];
    const right = createHmac('sha256', source.secret).update(body).digest();
    return hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), right);
  },
};

export const isFromProvider: Verifier = (source, headers, body) =>
  VERIFIERS[source.kind](source, headers, body);

const NAME = Buffer.from('"key"');
const COLON = 58;
const QUOTE = 34;
const ZERO = 48;
const isBlank = (byte: number | undefined): boolean =>
  byte === 32 || byte === 9 || byte === 10 || byte === 13;

/** Where in the body the one character of `"key": "…"` stands; -1 unless there is exactly one such field. */
function placeOfKey(body: Buffer): number {
  let at = body.indexOf(NAME);
  if (at < 0 || body.indexOf(NAME, at + 1) >= 0) return -1;
  at += NAME.length;
  const skip = (wanted: number): boolean => {
    while (isBlank(body[at])) at++;
    return body[at++] === wanted;
  };
  return skip(COLON) && skip(QUOTE) && body[at + 1] === QUOTE ? at : -1;
}

/** The key as a byte and its place in order; null for anything else. A zero stands in the body for it before that is parsed. */
export function readKey(body: Buffer): { key: number; order: number } | null {
  const at = placeOfKey(body);
  const key = body[at];
  if (key === undefined || !isKey(String.fromCharCode(key))) return null;
  body[at] = ZERO;
  const { call, order, key: stand } = parse(body.toString()) ?? {};
  const isRight = typeof call === 'string' && Number.isSafeInteger(order) && stand === '0';
  return isRight ? { key, order: Number(order) } : null;
}
