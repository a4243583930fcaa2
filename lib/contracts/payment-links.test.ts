import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_AMOUNT_MINOR } from '@/core/money';
import { createPaymentLinkInput } from './payment-links';

const item = fc.record(
  {
    description: fc.constant('An item'),
    quantity: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1_000_000 })),
    unitAmountMinor: fc.oneof(
      fc.integer({ min: -500, max: 5_000 }),
      fc.integer({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR }),
    ),
    taxMinor: fc.oneof(fc.nat(1_000), fc.nat(MAX_AMOUNT_MINOR)),
  },
  { requiredKeys: ['description', 'quantity', 'unitAmountMinor'] },
);
type Item = { quantity: number; unitAmountMinor: number; taxMinor?: number };

const sumOf = (items: readonly Item[]): bigint =>
  items.reduce(
    (sum, { quantity, unitAmountMinor, taxMinor = 0 }) =>
      sum + BigInt(quantity) * BigInt(unitAmountMinor) + BigInt(taxMinor),
    0n,
  );

/** Items that leave `amountMinor` in the end, however far beyond exact numbers they go on the way there. */
const balanced = fc
  .tuple(fc.array(item, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }))
  .map(([some, amountMinor]) => {
    const back = some.map((one) => ({ ...one, unitAmountMinor: -one.unitAmountMinor, taxMinor: 0 }));
    const taxes = some.map(({ taxMinor = 0 }) => ({
      description: 'Tax',
      quantity: 1,
      unitAmountMinor: -taxMinor,
    }));
    const rest = { description: 'Rest', quantity: 1, unitAmountMinor: amountMinor };
    return { amountMinor, lineItems: [...some, ...back, ...taxes, rest].slice(-100) };
  });

const refusedBy = (input: object): string[] => {
  const parsed = createPaymentLinkInput.safeParse({ currency: 'GBP', ...input });
  const paths = parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
  return [...new Set(paths)];
};

test('line items are taken when they sum to the amount, to the last unit, and refused by name when they do not', () => {
  fc.assert(
    fc.property(
      balanced,
      fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }),
      ({ lineItems, amountMinor }, other) => {
        const isSum = sumOf(lineItems) === BigInt(amountMinor);
        expect(refusedBy({ amountMinor, lineItems })).toEqual(isSum ? [] : ['lineItems']);
        const near = amountMinor === 1 ? 2 : amountMinor - 1;
        for (const wrong of [near, other])
          expect(refusedBy({ amountMinor: wrong, lineItems })).toEqual(
            sumOf(lineItems) === BigInt(wrong) ? [] : ['lineItems'],
          );
      },
    ),
    { numRuns: 1_000 },
  );
});

test('an amount is a whole number of minor units between one and twelve digits; nothing else is rounded to one', () => {
  const odd = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.constantFrom(0, -0, 0.1 + 0.2, 1e21, MAX_AMOUNT_MINOR + 1, '1240', null, true, 12n),
  );
  fc.assert(
    fc.property(odd, (amountMinor) => {
      const isAmount =
        Number.isSafeInteger(amountMinor) &&
        Number(amountMinor) >= 1 &&
        Number(amountMinor) <= MAX_AMOUNT_MINOR;
      expect(refusedBy({ amountMinor })).toEqual(isAmount ? [] : ['amountMinor']);
    }),
    { numRuns: 5_000 },
  );
});
