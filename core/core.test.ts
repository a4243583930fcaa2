import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brandOf, groupDigits, holdsCardNumber, isCardNumber, luhn } from './card-rules';
import { DISPUTE_STATES, DISPUTE_TRANSITIONS } from './dispute';
import { smsSize, toGsm7 } from './gsm7';
import { idFromUuid, uuidFromId } from './ids';
import { decodeClaims, encodeClaims } from './link-token';
import { LOCALE_CODES, localeFromHeader } from './messages';
import {
  CURRENCIES,
  exponentOf,
  formatMoney,
  MAX_AMOUNT_MINOR,
  parseAmount,
  toDecimal,
  toLocalDecimal,
} from './money';
import { ATTEMPT_STATES, ATTEMPT_TRANSITIONS, type AttemptState } from './payment-attempt';
import {
  LINK_ACCESS,
  LINK_TRANSITIONS,
  nextPayment,
  statusOf,
  TOKEN_STATES,
  TOKEN_TRANSITIONS,
} from './payment-link';
import { phraseOf } from './phrases';
import { REFUND_STATES, REFUND_TRANSITIONS } from './refund';
import { RETRY_DELAYS_MS, retryDelayMs } from './retry-schedule';
import { isFinal, type Transitions } from './transitions';

describe('money', () => {
  test('digits come from ISO 4217, not from Intl: yen 0, pound 2, dinar 3, UF 4, forint 2', () => {
    expect(['JPY', 'GBP', 'KWD', 'CLF', 'HUF'].map(exponentOf)).toEqual([0, 2, 3, 4, 2]);
    expect(formatMoney({ amountMinor: 123450, currency: 'HUF' }, 'en')).toMatch(/1,234\.50/);
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  });

  test('what is written as a decimal reads back as the same minor units, in every currency', () => {
    const money = fc.record({
      amountMinor: fc.integer({ min: 0, max: MAX_AMOUNT_MINOR }),
      currency: fc.constantFrom(...CURRENCIES),
    });
    fc.assert(fc.property(money, (m) => parseAmount(toDecimal(m), m.currency) === m.amountMinor));
  });

  test.each([
    ['12.40', 'GBP', 1240],
    ['12,40', 'EUR', 1240],
    ['1,234.50', 'GBP', 123450],
    ['1.234,50', 'EUR', 123450],
    ['1 234,5', 'EUR', 123450],
    ['1,234', 'GBP', null],
    ['1,234,567', 'GBP', 123456700],
    ['12,34,567', 'GBP', null],
    ['1.000.000', 'JPY', 1000000],
    ['1000', 'JPY', 1000],
    ['1,000', 'JPY', 1000],
    ['1.234', 'KWD', 1234],
    ['12.405', 'GBP', null],
    ['12.4', 'JPY', null],
    ['1,234.567.8', 'GBP', null],
    ['-5', 'GBP', null],
    ['£5', 'GBP', null],
    ['', 'GBP', null],
    ['1e3', 'GBP', null],
    ['12.', 'GBP', null],
  ])('%s %s is %s', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });
});

describe('ids and tokens', () => {
  test('a public id carries its uuid there and back, keeps the order of time and has one spelling', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => uuidFromId('event', idFromUuid('event', uuid)) === uuid));
    const a = idFromUuid('event', '01890000-0000-7000-8000-000000000000');
    const b = idFromUuid('event', '01890000-0001-7000-8000-000000000000');
    expect(a < b).toBe(true);
    for (const wrong of [
      a.toUpperCase(),
      `${a}0`,
      a.slice(0, -1),
      a.replace('evt', 'msg'),
      `evt_8${a.slice(5)}`,
    ])
      expect(uuidFromId('event', wrong)).toBeNull();
  });

  test('claims of a link token survive the bytes, up to the largest merchant number and year 2106', () => {
    const claims = fc.record({
      keyId: fc.integer({ min: 0, max: 255 }),
      merchantId: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
      tokenId: fc.uuid(),
      expiresAtSeconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    });
    fc.assert(
      fc.property(claims, (c) => {
        expect(decodeClaims(encodeClaims(c))).toEqual(c);
      }),
    );
  });
});

/** Every state can be reached from the first, and those that are not final lead on. */
function walk<S extends string>(table: Transitions<S>, first: S): Set<S> {
  const seen = new Set<S>([first]);
  for (const state of seen) for (const next of table[state]) seen.add(next);
  return seen;
}

test('what a payer is shown in a field is read again as the same amount, in every language and currency', () => {
  for (const locale of [...LOCALE_CODES, 'de-CH'])
    for (const currency of ['GBP', 'JPY', 'KWD', 'CLF'])
      for (const amountMinor of [1, 124_050, 1_234_567_890])
        expect(parseAmount(toLocalDecimal({ amountMinor, currency }, locale), currency)).toBe(amountMinor);
  expect(toLocalDecimal({ amountMinor: 1240, currency: 'EUR' }, 'de')).toBe('12,40');
});

describe('states', () => {
  test('every state of an attempt and of a link is reachable', () => {
    expect([...walk(ATTEMPT_TRANSITIONS, 'created')].sort()).toEqual([...ATTEMPT_STATES].sort());
    expect([...walk(LINK_TRANSITIONS, 'draft')].sort()).toEqual([...LINK_ACCESS].sort());
    expect([...walk(TOKEN_TRANSITIONS, 'live')].sort()).toEqual([...TOKEN_STATES].sort());
    expect([...walk(REFUND_TRANSITIONS, 'pending')].sort()).toEqual([...REFUND_STATES].sort());
    expect([...walk(DISPUTE_TRANSITIONS, 'open')].sort()).toEqual([...DISPUTE_STATES].sort());
  });

  test('the next payment never exceeds what is owed, never strands a rest, and an open amount is paid once', () => {
    const debt = { amountMinor: 100, minAmountMinor: 30, maxAmountMinor: null, capturedMinor: 0 };
    expect(nextPayment({ ...debt, amountType: 'fixed' })).toEqual({ minMinor: 100, maxMinor: 100 });
    expect(nextPayment({ ...debt, amountType: 'partial' })).toEqual({ minMinor: 30, maxMinor: 100 });
    expect(nextPayment({ ...debt, amountType: 'partial', capturedMinor: 80 })).toEqual({
      minMinor: 20,
      maxMinor: 20,
    });
    expect(nextPayment({ ...debt, amountType: 'partial', capturedMinor: 100 })).toBeNull();
    const open = { ...debt, amountType: 'open' as const, amountMinor: null, maxAmountMinor: 500 };
    expect(nextPayment(open)).toEqual({ minMinor: 30, maxMinor: 500 });
    expect(nextPayment({ ...open, capturedMinor: 30 })).toBeNull();
  });

  test('an attempt only advances: no way leads back to a state once left', () => {
    const rank: AttemptState[] = ['created', 'submitted'];
    for (const from of ATTEMPT_STATES)
      for (const early of rank) {
        if (from !== 'created') expect(ATTEMPT_TRANSITIONS[from]).not.toContain('created');
        if (isFinal(ATTEMPT_TRANSITIONS, from))
          expect(walk(ATTEMPT_TRANSITIONS, from).has(early)).toBe(false);
      }
    expect(ATTEMPT_TRANSITIONS.succeeded).toEqual([]);
  });

  test('money comes before access: a canceled or expired link that is paid is paid', () => {
    const facts = {
      amountType: 'fixed' as const,
      amountMinor: 100,
      minAmountMinor: null,
      maxAmountMinor: null,
      capturedMinor: 100,
      heldMinor: 0,
      refundedMinor: 0,
      disputedMinor: 0,
      expired: true,
    };
    for (const access of LINK_ACCESS) expect(statusOf({ ...facts, access })).toBe('paid');
    expect(statusOf({ ...facts, access: 'active', capturedMinor: 0 })).toBe('expired');
    expect(statusOf({ ...facts, access: 'processing', heldMinor: 100, capturedMinor: 0 })).toBe('processing');
    expect(statusOf({ ...facts, access: 'active', refundedMinor: 40 })).toBe('partially_refunded');
    expect(statusOf({ ...facts, access: 'active', refundedMinor: 100 })).toBe('refunded');
    expect(statusOf({ ...facts, access: 'active', disputedMinor: 1 })).toBe('disputed');
    const canceled = { ...facts, access: 'canceled' as const, capturedMinor: 0 };
    expect([statusOf(canceled), statusOf({ ...canceled, heldMinor: 100 })]).toEqual([
      'canceled',
      'processing',
    ]);
  });
});

describe('cards', () => {
  test('test cards have the brand, check digit and groups printed on them', () => {
    expect(brandOf('4242424242424242')).toBe('visa');
    expect(brandOf('5555555555554444')).toBe('mastercard');
    expect(brandOf('2720990000000007')).toBe('mastercard');
    expect(brandOf('378282246310005')).toBe('amex');
    expect(groupDigits('378282246310005')).toBe('3782 822463 10005');
    expect(groupDigits('4242424242424242')).toBe('4242 4242 4242 4242');
    expect(isCardNumber('4242424242424242')).toBe(true);
    expect(isCardNumber('4242424242424241')).toBe(false);
    expect(isCardNumber('9999999999999995')).toBe(false);
  });

  test('changing any one digit of a card number breaks its check digit', () => {
    const digits = '4242424242424242';
    for (let i = 0; i < digits.length; i++)
      for (let d = 0; d < 10; d++)
        expect(luhn(digits.slice(0, i) + d + digits.slice(i + 1))).toBe(String(d) === digits[i]);
  });

  test('card numbers are found in text, whole or grouped; phone numbers, ids and near misses are not', () => {
    for (const text of [
      '4242424242424242',
      'pay 4242 4242 4242 4242 now',
      'x3782-822463-10005',
      'a=5555.5555.5555.4444',
      '4242 4242 4242 4242 12/31 123',
      'id 7 4242 4242 4242 4242',
      '3782 8224 6310 005',
      '4242\u00a04242\u00a04242\u00a04242',
      '4242\u20134242\u20134242\u20134242',
      '4242\n4242\n4242\n4242',
      '42\u200b42\u200d4242\ufeff4242\u00ad4242',
      '４２４２４２４２４２４２４２４２',
      '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢',
      '+4242424242424242',
    ])
      expect(holdsCardNumber(text)).toBe(true);
    for (const text of [
      '+44 7700 900123',
      '+4222222222222',
      '4242424242424243',
      '42424242424242424242424',
      'plink_01j9z3',
      '42 4242 4242 4242 42',
    ])
      expect(holdsCardNumber(text)).toBe(false);
  });
});

describe('words', () => {
  test('the language is the first of Accept-Language that we speak, by its weight', () => {
    expect(localeFromHeader('xx-CH, de-AT;q=0.8, en;q=0.9')).toBe('en');
    expect(localeFromHeader('de-AT,de;q=0.9')).toBe('de');
    expect(localeFromHeader('pt-BR,ar;q=0.9')).toBe('pt');
    expect(localeFromHeader('xx, de;q=0')).toBe('en');
    expect(localeFromHeader(null)).toBe('en');
  });

  test('an SMS is counted as networks do: 160 septets, two for the euro, 70 outside GSM-7', () => {
    expect(smsSize('a'.repeat(160))).toEqual({ alphabet: 'gsm7', units: 160, segments: 1 });
    expect(smsSize('a'.repeat(161)).segments).toBe(2);
    expect(smsSize(`${'a'.repeat(158)}€`).segments).toBe(1);
    expect(smsSize(`${'a'.repeat(159)}€`).segments).toBe(2);
    expect(smsSize('ł'.repeat(71))).toEqual({ alphabet: 'ucs2', units: 71, segments: 2 });
    expect(toGsm7('Łódź – 12\u00a0€ “Café”')).toBe('Lodz - 12 € "Café"');
  });

  test('a phrase is two words', () => {
    fc.assert(fc.property(fc.nat(255), fc.nat(255), (a, b) => /^[a-z]+ [a-z]+$/.test(phraseOf(a, b))));
  });
});

describe('the retry schedule', () => {
  test('ten tries as published, then daily until day 30, then no more', () => {
    expect(RETRY_DELAYS_MS).toHaveLength(10);
    expect(retryDelayMs(1, 0, 0)).toBe(5_000);
    expect(retryDelayMs(9, 0, 0)).toBe(86_400_000);
    expect(retryDelayMs(15, 5 * 86_400_000, 0)).toBe(86_400_000);
    expect(retryDelayMs(40, 29.5 * 86_400_000, 0)).toBeNull();
    expect(retryDelayMs(1, 0, 1)).toBe(6_000);
    expect(retryDelayMs(1, 0, -1)).toBe(4_000);
  });
});
