import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromWire, takesCurrency, toWire, WIRE_GATEWAYS } from './gateway-currencies';
import { CURRENCIES, exponentOf, isCurrency, MAX_AMOUNT_MINOR, UNITS_OF_ACCOUNT } from './money';

describe('ISO 4217', () => {
  test('the list is ISO’s as of 2026: what is new is there, what is withdrawn is not, nor what has no minor units', () => {
    for (const code of ['XCG', 'ZWG', 'SLE', 'VED', 'STN', 'MRU', 'BYN', 'EUR'])
      expect(isCurrency(code)).toBe(true);
    for (const code of 'BGN HRK ANG CUC SLL ZWL MRO STD BYR VEF LTL'.split(' '))
      expect(isCurrency(code)).toBe(false);
    for (const code of 'XAU XAG XDR XSU XUA XTS XXX CHE CHW USN XAD gbp'.split(' '))
      expect(isCurrency(code)).toBe(false);
    expect(CURRENCIES).toHaveLength(161);
  });

  test('digits: none, two, three and four', () => {
    const zero = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
    const three = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
    const four = ['CLF', 'UYW'];
    for (const code of CURRENCIES) {
      const digits = zero.includes(code) ? 0 : three.includes(code) ? 3 : four.includes(code) ? 4 : 2;
      expect([code, exponentOf(code)]).toEqual([code, digits]);
    }
    expect(UNITS_OF_ACCOUNT.every(isCurrency)).toBe(true);
  });
});

describe('amounts on a gateway’s wire', () => {
  test.each([
    ['adyen', 'CLP', 1234, 123400],
    ['adyen', 'ISK', 5, 500],
    ['adyen', 'IDR', 1500000, 15000],
    ['adyen', 'IDR', 1500050, null],
    ['adyen', 'CVE', 100, 1],
    ['adyen', 'CVE', 101, null],
    ['adyen', 'HUF', 123450, 123450],
    ['adyen', 'KWD', 1234, 1234],
    ['stripe', 'MGA', 1200, 12],
    ['stripe', 'MGA', 1210, null],
    ['stripe', 'ISK', 7, 700],
    ['stripe', 'UGX', 5, 500],
    ['stripe', 'JPY', 500, 500],
    ['stripe', 'KWD', 1230, 1230],
    ['stripe', 'KWD', 1234, null],
    ['stripe', 'CLF', 10000, null],
    ['sumup', 'HUF', 123400, 1234],
    ['sumup', 'HUF', 123450, null],
    ['sumup', 'COP', 500, 5],
    ['sumup', 'JPY', 500, null],
    ['sandbox', 'CLF', 12345, 12345],
    ['sandbox', 'XXX', 100, null],
  ] as const)('%s writes %s %i as %s', (gateway, currency, amountMinor, wire) => {
    expect(toWire(gateway, { amountMinor, currency })).toBe(wire);
    if (wire !== null) expect(fromWire(gateway, wire, currency)).toEqual({ amountMinor, currency });
  });

  const anywhere = {
    gateway: fc.constantFrom(...WIRE_GATEWAYS),
    currency: fc.constantFrom(...CURRENCIES),
    amount: fc.integer({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR }),
  };

  test('what can be written reads back as the same money, and what was read is written as it came', () => {
    fc.assert(
      fc.property(fc.record(anywhere), ({ gateway, currency, amount }) => {
        const wire = toWire(gateway, { amountMinor: amount, currency });
        if (wire !== null)
          expect(fromWire(gateway, wire, currency)).toEqual({ amountMinor: amount, currency });
        const money = fromWire(gateway, amount, currency);
        if (money) expect(toWire(gateway, money)).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing is ever rounded: two amounts never share a spelling, and a refusal is all or nothing', () => {
    fc.assert(
      fc.property(
        fc.record({ ...anywhere, other: anywhere.amount }),
        ({ gateway, currency, amount, other }) => {
          const [one, two] = [amount, other].map((amountMinor) => toWire(gateway, { amountMinor, currency }));
          if (amount !== other && one !== null && two !== null) expect(one).not.toBe(two);
          if (!takesCurrency(gateway, currency)) expect([one, two]).toEqual([null, null]);
          if (one !== null) expect(Number.isSafeInteger(one)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('what is no safe integer is refused in both directions', () => {
    for (const amount of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(toWire('sandbox', { amountMinor: amount, currency: 'GBP' })).toBeNull();
      expect(fromWire('sandbox', amount, 'GBP')).toBeNull();
    }
    expect(toWire('adyen', { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'CLP' })).toBeNull();
  });
});
