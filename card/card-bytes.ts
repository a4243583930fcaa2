/** Card data stays bytes: no number and no security code ever becomes a string, which could not be wiped. */
import { isUtf8 } from 'node:buffer';
import { brandOf, cscLengthOf, isCardNumber } from '@/core/card-rules';
import type { CardFacts } from '@/core/payment-attempt';

/** The fields of one request: views into its body, so wiping the body wipes them. */
export type CardFields = {
  ticket: Buffer;
  number: Buffer;
  expMonth: Buffer;
  expYear: Buffer;
  csc: Buffer;
  name: Buffer;
};

const NEWLINE = 10;
const MAX_NAME_BYTES = 200;

/** Overwrites every buffer with zeros. */
export function wipe(...buffers: readonly (Buffer | null | undefined)[]): void {
  for (const buffer of buffers) buffer?.fill(0);
}

/** The six lines of a body (ticket, number, month, year, security code, name); null when they are not six. */
export function parseFields(body: Buffer): CardFields | null {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = body.indexOf(NEWLINE); end >= 0; end = body.indexOf(NEWLINE, start)) {
    lines.push(body.subarray(start, end));
    start = end + 1;
  }
  const [ticket, number, expMonth, expYear, csc, ...rest] = lines;
  if (!ticket || !number || !expMonth || !expYear || !csc || rest.length > 0) return null;
  return { ticket, number, expMonth, expYear, csc, name: body.subarray(start) };
}

const areDigits = (bytes: Buffer): boolean =>
  bytes.length > 0 && bytes.every((byte) => byte >= 48 && byte <= 57);

/** The check digit of ISO/IEC 7812-1, annex B, over ASCII digits. */
export function luhnBytes(digits: Buffer): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = (digits[digits.length - 1 - i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return false;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Whether the brand of these four digits issues numbers of this length: asks the core rules about a stand-in number. */
export function isLengthOfBrand(prefix: string, length: number): boolean {
  const zeros = '0'.repeat(Math.max(0, length - prefix.length - 1));
  return [...'0123456789'].some((check) => isCardNumber(prefix + zeros + check));
}

const MOST_DIGITS_IN_A_NAME = 11;
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** A name with as many digits as a card number has is a card number in the wrong field. */
const isName = (name: Buffer): boolean =>
  name.length > 0 &&
  name.length <= MAX_NAME_BYTES &&
  isUtf8(name) &&
  name.every((byte) => byte >= 32 && byte !== 127) &&
  name.filter(isDigit).length <= MOST_DIGITS_IN_A_NAME &&
  name.some((byte) => byte !== 32);

/**
 * What may be shown of a card that keeps the rules: brand, length, check digit, security-code length, a month and a year.
 * Null when a rule is broken. Whether the card has expired is the issuer's to say: this clock decides nothing.
 */
export function factsOf({ number, expMonth, expYear, csc, name }: CardFields): CardFacts | null {
  if (!areDigits(number) || number.length < 12 || number.length > 19 || !luhnBytes(number)) return null;
  const prefix = number.toString('latin1', 0, 4);
  const brand = brandOf(prefix);
  if (!brand || !isLengthOfBrand(prefix, number.length)) return null;
  if (!areDigits(csc) || csc.length !== cscLengthOf(prefix) || !isName(name)) return null;
  const dated = areDigits(expMonth) && areDigits(expYear) && expMonth.length === 2 && expYear.length === 4;
  const month = Number(expMonth.toString('latin1'));
  const year = Number(expYear.toString('latin1'));
  if (!dated || month < 1 || month > 12 || year < 2000) return null;
  return { brand, last4: number.toString('latin1', number.length - 4), expMonth: month, expYear: year };
}

const QUOTE = 34;
const BACKSLASH = 92;

/** The name escaped for a JSON string. Control bytes were refused before, so quotes and backslashes remain. */
function escapeJson(name: Buffer): Buffer {
  const escaped = Buffer.alloc(name.length * 2);
  let length = 0;
  for (const byte of name) {
    if (byte === QUOTE || byte === BACKSLASH) escaped[length++] = BACKSLASH;
    escaped[length++] = byte;
  }
  return escaped.subarray(0, length);
}

/** `{...open, "card": {...}}` as bytes that the caller must wipe; `open` holds everything that is no card data. */
export function withCard(open: object, fields: CardFields, facts: CardFacts): Buffer {
  const head = JSON.stringify(open).slice(0, -1);
  const dates = `","expMonth":${facts.expMonth},"expYear":${facts.expYear},"csc":"`;
  const name = escapeJson(fields.name);
  const parts = [
    Buffer.from(`${head},"card":{"number":"`),
    fields.number,
    Buffer.from(dates),
    fields.csc,
    Buffer.from('","name":"'),
    name,
    Buffer.from('"}}'),
  ];
  const body = Buffer.alloc(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) at += part.copy(body, at);
  wipe(name);
  return body;
}
