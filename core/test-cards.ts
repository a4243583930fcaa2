import type { DeclineCode } from './payment-attempt';

export type Channel = 'ecommerce' | 'moto';

export type Verdict =
  /** `answered` false: the answer never reaches the caller. `disputed`: the cardholder disputes it once captured. */
  | { kind: 'approved'; answered: boolean; disputed?: true }
  /** `accepted` is what the issuer says once the cardholder has proved who they are. */
  | { kind: 'challenge'; accepted: 'approved' | 'declined' }
  | { kind: 'declined'; code: DeclineCode }
  | { kind: 'failed'; code: 'processor_error' };

export type TestCard = { number: string; says: string; ecommerce: Verdict; moto?: Verdict };

const approved: Verdict = { kind: 'approved', answered: true };
const declined = (code: DeclineCode): Verdict => ({ kind: 'declined', code });

/** What each test card of the sandbox does, in its order: told by the sandbox, its pages and the developers' pages. */
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
  {
    number: '4000000000000259',
    says: 'approved, and disputed a second after capture: fraudulent',
    ecommerce: { kind: 'approved', answered: true, disputed: true },
  },
];

export const TEST_CARD_RULE =
  'Any future expiry; any 3-digit code, 4 for American Express. Any other valid number of a known brand is approved.';

/** What becomes of a refund, by the last two digits of its amount in minor units; any other succeeds at once. */
export const TEST_REFUNDS: readonly { ending: string; says: string }[] = [
  { ending: '13', says: 'pending, then succeeded' },
  { ending: '17', says: 'pending, then failed: account_closed' },
  { ending: '19', says: 'failed at once: refund_declined' },
];
