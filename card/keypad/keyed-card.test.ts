import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCardNumber } from '@/core/card-rules';
import { idleFields, SESSION_FIELDS, type SessionField } from '@/core/payment-session';
import { factsOf } from '../card-bytes';
import {
  ask,
  brandKeyed,
  complete,
  giveUp,
  type KeyedCard,
  mayEndHere,
  newKeyedCard,
  press,
  take,
  wipeCard,
} from './keyed-card';

const type = (card: KeyedCard, keys: string) => {
  for (const key of keys) press(card, key.charCodeAt(0));
};
const keyed = (...fields: [SessionField, string][]): KeyedCard => {
  const card = newKeyedCard();
  for (const [field, keys] of fields) {
    ask(card, field);
    type(card, keys);
  }
  return card;
};
const buffersOf = (card: KeyedCard) => SESSION_FIELDS.map((field) => card.bytes[field]);
const isZero = (buffer: Buffer) => buffer.every((byte) => byte === 0);
const captured = (digits: number) => ({ state: 'captured', digits, error: null });
const error = (why: string) => ({ state: 'error', digits: 0, error: why });

const VISA = '4242424242424242';
const AMEX = '378282246310005';
const MASTERCARD = '5555555555554444';

test.each<[string, string, SessionField, string, object]>([
  ['a Visa number ended with #', '16 digits', 'card_number', `${VISA}#`, captured(16)],
  ['the longest of its brand', 'without #', 'card_number', '4000000000000000006', captured(19)],
  ['the only length of its brand', 'without #', 'card_number', MASTERCARD, captured(16)],
  ['fifteen for American Express', 'without #', 'card_number', AMEX, captured(15)],
  ['a wrong check digit', 'told at #', 'card_number', '4242424242424241#', error('check_digit')],
  ['a wrong check digit', 'told at the only length', 'card_number', '5555555555554445', error('check_digit')],
  ['too short', 'told at #', 'card_number', '4242#', error('length')],
  ['nothing', 'told at #', 'card_number', '#', error('length')],
  ['no brand', 'told at #', 'card_number', '9999999999999995#', error('unknown_brand')],
  ['no brand', 'told at 19 digits', 'card_number', '9'.repeat(19), error('unknown_brand')],
  ['an expiry', 'at four digits', 'expiry', '1231', captured(4)],
  ['an expiry of long ago', 'is the issuer’s to say', 'expiry', '0101', captured(4)],
  ['month 13', 'is none', 'expiry', '1331', error('date')],
  ['month 0', 'is none', 'expiry', '0031', error('date')],
  ['a short expiry', 'told at #', 'expiry', '123#', error('length')],
  ['a code without number', 'three and #', 'security_code', '123#', captured(3)],
  ['a code without number', 'four', 'security_code', '1234', captured(4)],
  ['a code without number', 'two and #', 'security_code', '12#', error('length')],
])('%s, %s', (_name, _how, field, keys, facts) => {
  const card = keyed([field, keys]);
  expect(card.facts[field]).toEqual(facts);
  expect(card.active).toBeNull();
  if (card.facts[field].error) expect(isZero(card.bytes[field])).toBe(true);
});

test('a number that could go on ends with a pause, and only where it is right', () => {
  const card = keyed(['card_number', VISA]);
  expect(card.facts.card_number).toEqual({ state: 'capturing', digits: 16, error: null });
  expect(mayEndHere(card)).toBe(true);
  complete(card);
  expect(card.facts.card_number).toEqual(captured(16));
  for (const keys of ['424242424242424', '4242424242424241', '9999999999999995'])
    expect(mayEndHere(keyed(['card_number', keys]))).toBe(false);
  expect(mayEndHere(keyed(['security_code', '123']))).toBe(true);
  expect(mayEndHere(newKeyedCard())).toBe(false);
});

test('the security code is as long as its brand’s, whichever comes first', () => {
  expect(keyed(['card_number', AMEX], ['security_code', '1234']).facts.security_code).toEqual(captured(4));
  expect(keyed(['card_number', AMEX], ['security_code', '123#']).facts.security_code).toEqual(
    error('length'),
  );
  expect(keyed(['card_number', MASTERCARD], ['security_code', '123']).facts.security_code).toEqual(
    captured(3),
  );
  const early = keyed(['security_code', '1234'], ['card_number', MASTERCARD]);
  expect(early.facts).toMatchObject({ card_number: captured(16), security_code: error('length') });
  expect(isZero(early.bytes.security_code)).toBe(true);
  const right = keyed(['security_code', '1234'], ['card_number', AMEX]);
  expect(right.facts.security_code).toEqual(captured(4));
  const broken = keyed(['security_code', '1234'], ['card_number', '5555555555554445']);
  expect(broken.facts.security_code).toEqual(captured(4));
});

test('* empties the field that is asked, and it is keyed anew', () => {
  const card = keyed(['card_number', '4242*']);
  expect(card.facts.card_number).toEqual({ state: 'requested', digits: 0, error: null });
  expect(isZero(card.bytes.card_number)).toBe(true);
  expect(brandKeyed(card)).toBeNull();
  type(card, MASTERCARD);
  expect(card.facts.card_number).toEqual(captured(16));
});

test('any field is asked again in any order; one that was being keyed is as if it had not been asked', () => {
  const card = keyed(['expiry', '12'], ['card_number', MASTERCARD], ['security_code', '12']);
  expect(card.facts.expiry.state).toBe('idle');
  expect(isZero(card.bytes.expiry)).toBe(true);
  ask(card, 'card_number');
  expect(card.facts).toMatchObject({ ...idleFields(), card_number: { state: 'requested', digits: 0 } });
  expect(buffersOf(card).every(isZero)).toBe(true);
  expect(card.active).toBe('card_number');
});

test('a key while nothing is asked goes nowhere; a field not keyed in time is wiped', () => {
  const card = newKeyedCard();
  type(card, '4242*#');
  expect(card).toEqual(newKeyedCard());
  ask(card, 'card_number');
  type(card, '4242');
  giveUp(card);
  expect(card).toEqual({ ...newKeyedCard(), facts: { ...idleFields(), card_number: error('timeout') } });
});

test('the brand is known as soon as the first digits tell it', () => {
  expect(brandKeyed(keyed(['card_number', '4']))).toBe('visa');
  expect(brandKeyed(keyed(['card_number', '5']))).toBeNull();
  expect(brandKeyed(keyed(['card_number', '37']))).toBe('amex');
});

test('a card is taken once, keeps the card rules, and leaves nothing; wiping leaves nothing either', () => {
  const card = keyed(['card_number', `${VISA}#`], ['expiry', '1231'], ['security_code', '123']);
  const buffers = buffersOf(card);
  const fields = take(card, 'ticket');
  expect(fields && factsOf(fields)).toEqual({ brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 });
  expect(card).toEqual(newKeyedCard());
  expect(take(card, 'ticket')).toBeNull();
  for (const field of Object.values(fields ?? {})) field.fill(0);
  expect(buffers.every(isZero)).toBe(true);
  const other = keyed(['card_number', `${VISA}#`], ['expiry', '12']);
  wipeCard(other);
  expect(other).toEqual(newKeyedCard());
});

test('whatever is keyed, a number is captured only when the core rules accept it, and nothing runs over', () => {
  const prefixes = fc.constantFrom('4', '51', '34', '6011', '36', '3528', '62', '5018', '9');
  fc.assert(
    fc.property(prefixes, fc.stringMatching(/^\d{0,24}[*#]?\d{0,20}#$/), (prefix, rest) => {
      const card = newKeyedCard();
      ask(card, 'card_number');
      type(card, prefix + rest);
      expect(card.bytes.card_number.length).toBe(19);
      const { state, digits } = card.facts.card_number;
      const number = card.bytes.card_number.toString('latin1', 0, digits);
      if (state === 'captured') expect(isCardNumber(number)).toBe(true);
      else expect(isZero(card.bytes.card_number)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
