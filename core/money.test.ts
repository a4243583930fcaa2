import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDigits } from './digits';
import { LOCALE_CODES } from './messages';
import { CURRENCIES, exponentOf, formatMoney, MAX_AMOUNT_MINOR, parseAmount, toDecimal } from './money';
import { AMOUNT_TYPES, askedMinor, ceilingOf, type DebtFacts, isSettled, nextPayment } from './payment-link';

const RUNS = { numRuns: 2_000 };
/** One currency of each exponent, and every other one as well. */
const currency = fc.oneof(fc.constantFrom('JPY', 'GBP', 'KWD', 'CLF'), fc.constantFrom(...CURRENCIES));
/** Small amounts, any, and those at the edge: a slip of a digit shows in the first and the last. */
const amount = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.integer({ min: 0, max: MAX_AMOUNT_MINOR }),
  fc.integer({ min: MAX_AMOUNT_MINOR - 1000, max: MAX_AMOUNT_MINOR }),
);
const money = fc.record({ amountMinor: amount, currency });
const digitsOf = (text: string): string => text.replace(/\D/g, '');
const plain = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

describe('amounts in words and back', () => {
  test('a decimal has exactly the digits of its currency, none, two, three or four, and nothing was rounded', () => {
    fc.assert(
      fc.property(money, (m) => {
        const exponent = exponentOf(m.currency);
        const decimal = toDecimal(m);
        expect(decimal).toMatch(exponent === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${exponent}}$`));
        expect(plain(digitsOf(decimal))).toBe(String(m.amountMinor));
        expect(toDecimal({ ...m, amountMinor: -m.amountMinor }).replace('-', '')).toBe(decimal);
      }),
      RUNS,
    );
  });

  test('grouped in any way that people write, with all its decimals, it is read as the same amount or not at all', () => {
    const marks = fc.constantFrom(
      ...[',.', '.,', ' .', ' ,', "'.", '\u00a0,', '\u202f,'].map((two) => [...two]),
    );
    fc.assert(
      fc.property(money, marks, (m, [group = '', point = '']) => {
        const [whole = '', fraction] = toDecimal(m).split('.');
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
        const read = parseAmount(fraction === undefined ? grouped : grouped + point + fraction, m.currency);
        expect(read).toBe(m.amountMinor);
      }),
      RUNS,
    );
  });

  test('an amount in the digits and marks of an Arabic, Persian or Japanese keyboard is the same amount', () => {
    for (const text of ['١٬٢٣٤٫٥٠', '۱۲۳۴٫۵۰', '１，２３４．５０', '１２３４.５'])
      expect(parseAmount(text, 'GBP')).toBe(123_450);
    expect(parseAmount('12.4²', 'GBP')).toBeNull();
  });

  test('fewer decimals are filled up: without the zeros at its end it is the same amount', () => {
    const zeros = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(money, zeros, (m, count) => {
        const amountMinor = m.amountMinor - (m.amountMinor % 10 ** count);
        const decimal = toDecimal({ ...m, amountMinor });
        const short = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
        expect(parseAmount(short, m.currency)).toBe(amountMinor);
      }),
      RUNS,
    );
  });

  test('groups are parted by one mark: two kinds of them are refused, and so are groups of another length', () => {
    const marks = fc.array(fc.constantFrom(',', '.'), { minLength: 2, maxLength: 3 });
    const lengths = fc.constantFrom(3, 3, 3, 2, 4);
    fc.assert(
      fc.property(marks, lengths, fc.constantFrom('JPY', 'GBP', 'KWD'), (between, length, code) => {
        const text = between.reduce((all, mark) => `${all}${mark}${'2'.repeat(length)}`, '0');
        const isDecimal = exponentOf(code) > 0 && between.at(-1) !== between.at(-2);
        const isOne = new Set(isDecimal ? between.slice(0, -1) : between).size === 1;
        const fits = length === 3 && (!isDecimal || exponentOf(code) >= 3);
        expect(parseAmount(text, code) !== null).toBe(isOne && fits);
      }),
      RUNS,
    );
  });

  test('whatever is typed: no digit is lost or invented, only the decimals are filled up; or it is refused', () => {
    const typed = fc.string({ unit: fc.constantFrom(..."0123456789.,' -e٣٫５"), maxLength: 20 });
    fc.assert(
      fc.property(typed, currency, (text, code) => {
        const minor = parseAmount(text, code);
        if (minor === null) return;
        expect(Number.isSafeInteger(minor) && minor >= 0 && minor <= MAX_AMOUNT_MINOR).toBe(true);
        const filled = Array.from({ length: exponentOf(code) + 1 }, (_, zeros) =>
          plain(digitsOf(plainDigits(text)) + '0'.repeat(zeros)),
        );
        expect(filled).toContain(String(minor));
      }),
      { numRuns: 20_000 },
    );
  });

  test('one decimal more than the currency has is refused, whatever it is', () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 0, max: 9 }), (m, digit) => {
        if (exponentOf(m.currency) === 0) return;
        expect(parseAmount(`${toDecimal(m)}${digit}`, m.currency)).toBeNull();
      }),
      RUNS,
    );
  });

  test('in Arabic a sign of Latin letters keeps its order, and one of Arabic letters the order of its sentence', () => {
    expect(formatMoney({ amountMinor: 1240, currency: 'GBP' }, 'ar')).toBe(
      '\u200f12.40\u00a0\u2066UK£\u2069',
    );
    expect(formatMoney({ amountMinor: 1240, currency: 'AED' }, 'ar')).not.toContain('\u2066');
  });

  test('a person reads the same digits, up to the largest amount', () => {
    fc.assert(
      fc.property(money, fc.constantFrom(...LOCALE_CODES, 'de-CH'), (m, locale) => {
        expect(plain(digitsOf(formatMoney(m, locale)))).toBe(String(m.amountMinor));
      }),
      RUNS,
    );
  });
});

type Debt = Omit<DebtFacts, 'capturedMinor'>;

/** A debt as the contract lets one be: bounds in order, and only where they belong. */
const debt: fc.Arbitrary<Debt> = fc
  .record({
    amountType: fc.constantFrom(...AMOUNT_TYPES),
    bounds: fc
      .tuple(amount, amount, amount)
      .map((all) => all.map((one) => Math.max(one, 1)).sort((a, b) => a - b)),
    least: fc.boolean(),
    most: fc.boolean(),
    suggests: fc.boolean(),
  })
  .map(({ amountType, bounds: [min = 1, asked = 1, max = 1], least, most, suggests }) => {
    const isOpen = amountType === 'open';
    return {
      amountType,
      amountMinor: !isOpen || suggests ? asked : null,
      minAmountMinor: amountType !== 'fixed' && least ? min : null,
      maxAmountMinor: isOpen && most ? max : null,
    };
  });

describe('what is left of a debt', () => {
  const shares = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 30 });

  test('paid in any parts that are allowed it ends at exactly what was owed, and no part strands a rest', () => {
    fc.assert(
      fc.property(debt, shares, (owed, parts) => {
        let capturedMinor = 0;
        for (const [i, share] of parts.entries()) {
          const range = nextPayment({ ...owed, capturedMinor });
          expect(range === null).toBe(isSettled({ ...owed, capturedMinor }));
          if (!range) break;
          expect(range.minMinor >= 1 && range.minMinor <= range.maxMinor).toBe(true);
          const isLast = i === parts.length - 1;
          const width = range.maxMinor - range.minMinor;
          capturedMinor += isLast ? range.maxMinor : range.minMinor + Math.floor((width * share) / 1_000);
          expect(Number.isSafeInteger(capturedMinor) && capturedMinor <= ceilingOf(owed)).toBe(true);
        }
        if (owed.amountType !== 'open') expect(capturedMinor).toBe(ceilingOf(owed));
        expect(nextPayment({ ...owed, capturedMinor })).toBeNull();
      }),
      RUNS,
    );
  });

  test('a fixed or an open amount is paid at once or not at all; a part lies at its least or is the rest', () => {
    fc.assert(
      fc.property(debt, fc.nat(MAX_AMOUNT_MINOR), (owed, paid) => {
        const capturedMinor = Math.min(paid, ceilingOf(owed));
        const range = nextPayment({ ...owed, capturedMinor });
        if (!range) return;
        const least = owed.minAmountMinor ?? 1;
        if (owed.amountType === 'fixed') expect(range.minMinor).toBe(range.maxMinor);
        else expect(range.minMinor).toBe(Math.min(least, range.maxMinor));
        if (owed.amountType === 'open') expect(capturedMinor).toBe(0);
      }),
      RUNS,
    );
  });

  test('asked and captured sum to the debt at every moment', () => {
    fc.assert(
      fc.property(debt, fc.nat(MAX_AMOUNT_MINOR), (owed, paid) => {
        if (owed.amountType === 'open') return;
        const capturedMinor = Math.min(paid, ceilingOf(owed));
        expect((askedMinor({ ...owed, capturedMinor }) ?? Number.NaN) + capturedMinor).toBe(owed.amountMinor);
      }),
      RUNS,
    );
  });
});
