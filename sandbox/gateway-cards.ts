/** What becomes of a card. The whole number comes in here and goes no further: a verdict holds none of it. */
import { type Brand, brandOf, cscLengthOf, isCardNumber } from '@/core/card-rules';
import { type Channel, TEST_CARDS, type TestCard, type Verdict } from '@/core/test-cards';

const BY_NUMBER = new Map(TEST_CARDS.map((card) => [card.number, card]));
/** Fresh numbers with these prefixes do what the listed card does: for checks that must not use printed numbers. */
const LIKE: Record<string, string> = {
  '400000250': '4000002500003155',
  '400000276': '4000002760003184',
  '400000000': '4000000000000002',
};
const cardLike = (number: string): TestCard | undefined =>
  BY_NUMBER.get(number) ?? BY_NUMBER.get(LIKE[number.slice(0, 9)] ?? '');

export type CardInput = { number: string; expMonth: number; expYear: number; csc: string };
export type CardFacts = { brand: Brand; last4: string; expMonth: number; expYear: number };

/** What may be kept of a card; null when brand, length, check digit or security code do not fit together. */
export function factsOf(card: CardInput): CardFacts | null {
  const brand = brandOf(card.number);
  if (!brand || !isCardNumber(card.number) || card.csc.length !== cscLengthOf(card.number)) return null;
  return { brand, last4: card.number.slice(-4), expMonth: card.expMonth, expYear: card.expYear };
}

/** The issuer's word. A card past its last month is declined whatever it is; a number like no listed one is approved. */
export function verdictOf(card: CardInput, channel: Channel, now: Date): Verdict {
  const monthAfterExpiry = Date.UTC(card.expYear, card.expMonth, 1);
  if (now.getTime() >= monthAfterExpiry) return { kind: 'declined', code: 'expired_card' };
  const listed = cardLike(card.number);
  if (!listed) return { kind: 'approved', answered: true };
  return channel === 'moto' ? (listed.moto ?? listed.ecommerce) : listed.ecommerce;
}
