/** The card that is being keyed: its digits are bytes of three buffers and nothing else, ever. */
import { type Brand, brandOf, cscLengthOf, maxLengthOf } from '@/core/card-rules';
import {
  allCaptured,
  type FieldError,
  type FieldState,
  type FieldsFacts,
  idleFields,
  SESSION_FIELDS,
  type SessionField,
} from '@/core/payment-session';
import { type CardFields, isLengthOfBrand, luhnBytes, wipe } from '../card-bytes';

export type KeyedCard = {
  active: SessionField | null;
  /** `digits` of a field is how many bytes of its buffer are keyed. */
  facts: FieldsFacts;
  bytes: Record<SessionField, Buffer>;
};

const STAR = 42;
const HASH = 35;
const PREFIX_DIGITS = 4;
const EXPIRY_DIGITS = 4;
const SHORT_CODE_DIGITS = 3;
const LONG_CODE_DIGITS = 4;
/** Nobody says a name on a keypad. */
const NAME = 'Telephone order';

const newBytes = (): KeyedCard['bytes'] => ({
  card_number: Buffer.alloc(19),
  expiry: Buffer.alloc(EXPIRY_DIGITS),
  security_code: Buffer.alloc(LONG_CODE_DIGITS),
});

export const newKeyedCard = (): KeyedCard => ({ active: null, facts: idleFields(), bytes: newBytes() });

function empty(
  card: KeyedCard,
  field: SessionField,
  state: FieldState,
  error: FieldError | null = null,
): void {
  wipe(card.bytes[field]);
  card.facts[field] = { state, digits: 0, error };
}

export function wipeCard(card: KeyedCard): void {
  card.active = null;
  for (const field of SESSION_FIELDS) empty(card, field, 'idle');
}

const digitsOf = (card: KeyedCard, field: SessionField): Buffer =>
  card.bytes[field].subarray(0, card.facts[field].digits);

const prefixOf = (card: KeyedCard): string =>
  digitsOf(card, 'card_number').subarray(0, PREFIX_DIGITS).toString('latin1');

export const brandKeyed = (card: KeyedCard): Brand | null => brandOf(prefixOf(card));

/** How long the security code must be; null as long as no number says so. */
const codeLength = (card: KeyedCard): number | null =>
  card.facts.card_number.state === 'captured' ? cscLengthOf(prefixOf(card)) : null;

function numberError(digits: Buffer, prefix: string): FieldError | null {
  if (digits.length < PREFIX_DIGITS) return 'length';
  if (!brandOf(prefix)) return 'unknown_brand';
  if (!isLengthOfBrand(prefix, digits.length)) return 'length';
  return luhnBytes(digits) ? null : 'check_digit';
}

/** Whether it has expired is the issuer's to say: this clock decides nothing. */
function expiryError(digits: Buffer): FieldError | null {
  if (digits.length !== EXPIRY_DIGITS) return 'length';
  const month = Number(digits.subarray(0, 2).toString('latin1'));
  return month >= 1 && month <= 12 ? null : 'date';
}

function errorOf(card: KeyedCard, field: SessionField): FieldError | null {
  const digits = digitsOf(card, field);
  switch (field) {
    case 'card_number':
      return numberError(digits, prefixOf(card));
    case 'expiry':
      return expiryError(digits);
    case 'security_code': {
      const length = codeLength(card) ?? Math.max(SHORT_CODE_DIGITS, digits.length);
      return digits.length === length ? null : 'length';
    }
  }
}

/** With this many digits there can be no further one. */
function fullLength(card: KeyedCard, field: SessionField): number {
  switch (field) {
    case 'card_number':
      return maxLengthOf(prefixOf(card));
    case 'expiry':
      return EXPIRY_DIGITS;
    case 'security_code':
      return codeLength(card) ?? LONG_CODE_DIGITS;
  }
}

/** True when the active field would be right as it stands, so that a pause ends it. */
export const mayEndHere = (card: KeyedCard): boolean =>
  card.active !== null && errorOf(card, card.active) === null;

/** True when the number is as long as its brand's may be and breaks another rule: a caller who goes on has a longer one, who waits is done. */
export const isLongEnough = (card: KeyedCard): boolean =>
  card.active === 'card_number' && isLengthOfBrand(prefixOf(card), card.facts.card_number.digits);

/** The active field ends: captured when it keeps the rules, else wiped and to be asked again. */
export function complete(card: KeyedCard): void {
  const field = card.active;
  if (!field) return;
  const error = errorOf(card, field);
  card.active = null;
  if (error) empty(card, field, 'error', error);
  else card.facts[field].state = 'captured';
  // A code that was keyed before its number may be of the wrong length for the number's brand.
  const codeStands = card.facts.security_code.state === 'captured';
  if (field === 'card_number' && !error && codeStands && errorOf(card, 'security_code'))
    empty(card, 'security_code', 'error', 'length');
}

/** Digits are those of this field from now on. One that was being keyed is as if it had not been asked. */
export function ask(card: KeyedCard, field: SessionField): void {
  if (card.active) empty(card, card.active, 'idle');
  empty(card, field, 'requested');
  card.active = field;
}

/** One key as its ASCII byte; it goes nowhere while no field is asked. */
export function press(card: KeyedCard, key: number): void {
  const field = card.active;
  if (!field) return;
  const facts = card.facts[field];
  if (key === STAR) empty(card, field, 'requested');
  else if (key === HASH) complete(card);
  else {
    card.bytes[field][facts.digits++] = key;
    facts.state = 'capturing';
    if (facts.digits >= fullLength(card, field)) complete(card);
  }
}

/** The active field was not keyed in its time. */
export function giveUp(card: KeyedCard): void {
  if (card.active) empty(card, card.active, 'error', 'timeout');
  card.active = null;
}

/** The whole card for one submission, out of here for good: whoever takes the buffers wipes them. Null unless all is keyed. */
export function take(card: KeyedCard, ticket: string): CardFields | null {
  if (!allCaptured(card.facts)) return null;
  const number = digitsOf(card, 'card_number');
  const expiry = card.bytes.expiry;
  const csc = digitsOf(card, 'security_code');
  const expYear = Buffer.alloc(4, '20');
  expiry.copy(expYear, 2, 2);
  wipe(expiry.subarray(2));
  card.bytes = newBytes();
  wipeCard(card);
  return {
    ticket: Buffer.from(ticket),
    number,
    expMonth: expiry.subarray(0, 2),
    expYear,
    csc,
    name: Buffer.from(NAME),
  };
}
