/** What each test card does. The whole number comes in here and goes no further: a verdict holds none of it. */
import { type Brand, brandOf, cscLengthOf, isCardNumber } from '@/core/card-rules';
import type { DeclineCode } from '@/core/payment-attempt';

export type Channel = 'ecommerce' | 'moto';

export type Verdict =
  /** `answered` false: the money is held, but the answer never reaches the caller. */
  | { kind: 'approved'; answered: boolean }
  /** `accepted` is what the issuer says once the cardholder has proved who they are. */
  | { kind: 'challenge'; accepted: 'approved' | 'declined' }
  | { kind: 'declined'; code: DeclineCode }
  | { kind: 'failed'; code: 'processor_error' };

type TestCard = { number: string; says: string; ecommerce: Verdict; moto?: Verdict };

const approved: Verdict = { kind: 'approved', answered: true };
const declined = (code: DeclineCode): Verdict => ({ kind: 'declined', code });

export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242424242424242', says: 'approved', ecommerce: approved },
  { number: '5555555555554444', says: 'approved', ecommerce: approved },
  { number: '378282246310005', says: 'approved', ecommerce: approved },
  {
    number: '4000002500003155',
    says: '3-D Secure challenge, then approved; by telephone (MOTO) approved at once',
    ecommerce: { kind: 'challenge', accepted: 'approved' },
    moto: approved,
  },
  {
    number: '4000002760003184',
    says: '3-D Secure challenge, then declined by the issuer; by telephone declined: authentication_required',
    ecommerce: { kind: 'challenge', accepted: 'declined' },
    moto: declined('authentication_required'),
  },
  {
    number: '4000000000000002',
    says: 'declined: do_not_honor',
    ecommerce: declined('do_not_honor'),
  },
  {
    number: '4000000000009995',
    says: 'declined: insufficient_funds',
    ecommerce: declined('insufficient_funds'),
  },
  {
    number: '4000000000000069',
    says: 'declined: expired_card',
    ecommerce: declined('expired_card'),
  },
  {
    number: '4000000000000127',
    says: 'declined: incorrect_cvc',
    ecommerce: declined('incorrect_cvc'),
  },
  {
    number: '4000000000000119',
    says: 'processor_error, nothing happened',
    ecommerce: { kind: 'failed', code: 'processor_error' },
  },
  {
    number: '4000000000000341',
    says: 'authorises, but the answer never arrives',
    ecommerce: { kind: 'approved', answered: false },
  },
];
const BY_NUMBER = new Map(TEST_CARDS.map((card) => [card.number, card]));

export type CardInput = { number: string; expMonth: number; expYear: number; csc: string };
export type CardFacts = { brand: Brand; last4: string; expMonth: number; expYear: number };

/** What may be kept of a card; null when brand, length, check digit or security code do not fit together. */
export function factsOf(card: CardInput): CardFacts | null {
  const brand = brandOf(card.number);
  if (!brand || !isCardNumber(card.number) || card.csc.length !== cscLengthOf(card.number)) return null;
  return { brand, last4: card.number.slice(-4), expMonth: card.expMonth, expYear: card.expYear };
}

/** The issuer's word. A card past its last month is declined whatever it is; an unlisted number is approved. */
export function verdictOf(card: CardInput, channel: Channel, now: Date): Verdict {
  const monthAfterExpiry = Date.UTC(card.expYear, card.expMonth, 1);
  if (now.getTime() >= monthAfterExpiry) return declined('expired_card');
  const listed = BY_NUMBER.get(card.number);
  if (!listed) return approved;
  return channel === 'moto' ? (listed.moto ?? listed.ecommerce) : listed.ecommerce;
}
