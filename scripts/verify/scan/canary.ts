import { randomInt } from 'node:crypto';
import { cscLengthOf, isCardNumber } from '@/core/card-rules';
import type { Card } from './spellings';

const LETTERS = 'bcdfghjklmnpqrstvwxz';
const digits = (length: number): string => Array.from({ length }, () => randomInt(10)).join('');

/** A number with this prefix and length that keeps every rule of its brand and that nobody has printed anywhere. */
function numberWith(prefix: string, length: number): string {
  const body = prefix + digits(length - prefix.length - 1);
  const number = [...'0123456789'].map((check) => body + check).find(isCardNumber);
  if (!number) throw new Error(`no card number begins with ${prefix} and has ${length} digits`);
  return number;
}

/** A fresh card: number, security code and a name that no other card has. */
export function freshCard(prefix = '411111', length = 16): Card {
  const number = numberWith(prefix, length);
  const family = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return {
    number,
    month: String(randomInt(1, 13)).padStart(2, '0'),
    year: String(new Date().getUTCFullYear() + randomInt(2, 7)),
    csc: digits(cscLengthOf(number)),
    name: `Canary ${family}`,
  };
}

/** The same card with its last digit mistyped: no card number by any rule. */
export const mistyped = (card: Card): Card => ({
  ...card,
  number: card.number.slice(0, -1) + ((Number(card.number.at(-1)) + 1) % 10),
});
