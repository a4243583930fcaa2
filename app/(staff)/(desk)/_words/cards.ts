import { brandName } from '@/core/card-rules';
import type { DeclineCode } from '@/core/payment-attempt';

/** Why the bank said no, and what to tell the customer. Staff read it; the customer's page stays general. */
export const DECLINES: Record<DeclineCode, { why: string; say: string }> = {
  do_not_honor: {
    why: 'The bank refused without a reason',
    say: 'Please try another card, or ask your bank to allow the payment and try again.',
  },
  insufficient_funds: {
    why: 'Not enough money or limit on the card',
    say: 'Please try another card.',
  },
  expired_card: { why: 'The card has expired', say: 'Please use a card that is still valid.' },
  incorrect_cvc: {
    why: 'The security code was wrong',
    say: 'Please check the three or four digits of the security code and try again.',
  },
  authentication_required: {
    why: 'The bank wants the customer to confirm',
    say: 'Please pay with the link, where your bank can ask you to confirm.',
  },
  authentication_failed: {
    why: 'The bank check was not passed',
    say: 'Please try again and confirm in your banking app, or use another card.',
  },
  processor_error: {
    why: 'A fault on the way to the bank; no money moved',
    say: 'Please wait a minute and try again with the same card.',
  },
  generic_decline: { why: 'The bank refused', say: 'Please try another card or ask your bank.' },
};

export const isDecline = (code: string): code is DeclineCode => code in DECLINES;

/** "Visa ending in 4242", or that no card is known yet. */
export const cardText = (card: { brand: string; last4: string } | null): string =>
  card ? `${brandName(card.brand)} ending in ${card.last4}` : 'No card yet';
