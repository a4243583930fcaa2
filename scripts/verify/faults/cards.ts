/** Cards to pay with: fresh numbers, which must turn up in no sink, and the sandbox's test cards that do something else. */
import { isCardNumber, luhn } from '@/core/card-rules';
import type { Random } from './random';

/** What the sandbox's issuer does with a card. Source: docs/sandbox.md, "Test cards". */
export const NUMBERS = {
  challenged: '4000002500003155',
  challengedThenDeclined: '4000002760003184',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  processorError: '4000000000000119',
  neverAnswered: '4000000000000341',
} as const;
export type CardKind = 'approved' | keyof typeof NUMBERS;
export type Card = { kind: CardKind; number: string; month: string; year: string; code: string };

const PREFIXES = ['4', '51', '2223', '6011', '3528'] as const;

/** A number of a known brand that nobody has used: any such number is approved. */
function freshNumber(random: Random): string {
  const listed: readonly string[] = Object.values(NUMBERS);
  for (;;) {
    let digits: string = random.pick(PREFIXES);
    while (digits.length < 15) digits += String(random.int(10));
    const check = [...'0123456789'].find((digit) => luhn(digits + digit)) ?? '0';
    if (isCardNumber(digits + check) && !listed.includes(digits + check)) return digits + check;
  }
}

export function cardOf(kind: CardKind, random: Random): Card {
  const number = kind === 'approved' ? freshNumber(random) : NUMBERS[kind];
  return { kind, number, month: '12', year: String(2031 + random.int(5)), code: '123' };
}
