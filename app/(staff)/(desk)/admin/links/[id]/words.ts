import type { EventType } from '@/core/events';
import type { DeclineCode } from '@/core/payment-attempt';

type Tone = 'ok' | 'bad' | 'warn' | 'plain';

/** Each event as a person would say it. */
const EVENTS: Record<EventType, [string, Tone]> = {
  'payment_link.created': ['Link issued', 'plain'],
  'payment_link.updated': ['Link changed', 'plain'],
  'payment_link.sent': ['Link sent to the customer', 'plain'],
  'payment_link.opened': ['Customer opened the page', 'plain'],
  'payment_link.locked': ['Link locked after too many tries', 'warn'],
  'payment_link.unlocked': ['Link unlocked', 'plain'],
  'payment_link.expiring_soon': ['Link is about to expire', 'warn'],
  'payment_link.expired': ['Link expired', 'warn'],
  'payment_link.reissued': ['Link issued anew for another 72 hours', 'plain'],
  'payment_link.canceled': ['Link canceled', 'warn'],
  'payment_link.paid': ['Paid', 'ok'],
  'payment_link.partially_paid': ['Partly paid', 'ok'],
  'payment_link.late_payment': ['Paid late, after the link had ended', 'warn'],
  'payment_attempt.started': ['Customer started to pay', 'plain'],
  'payment_attempt.requires_action': ['Bank asks the customer to confirm', 'plain'],
  'payment_attempt.succeeded': ['Card accepted', 'ok'],
  'payment_attempt.declined': ['Card declined', 'bad'],
  'payment_attempt.failed': ['Payment failed', 'bad'],
  'payment_attempt.abandoned': ['Try given up, nothing charged', 'plain'],
  'payment_attempt.unknown': ['Outcome not known yet; the gateway is being asked', 'warn'],
  'payment_attempt.resolved': ['Outcome confirmed with the gateway', 'plain'],
  'message.sent': ['Message handed to the provider', 'plain'],
  'message.delivered': ['Message delivered', 'ok'],
  'message.undelivered': ['Message could not be delivered', 'bad'],
  'message.bounced': ['E-mail came back', 'bad'],
  'message.suppressed': ['Message held back', 'warn'],
  'webhook_endpoint.disabled': ['Webhook endpoint switched off', 'warn'],
  'test.ping': ['Test ping', 'plain'],
};

export function eventInWords(type: string): { sentence: string; tone: Tone } {
  const [sentence, tone] = EVENTS[type as EventType] ?? [type, 'plain'];
  return { sentence, tone };
}

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

const REASONS: Record<string, string> = {
  not_sent: 'never sent to the bank',
  fenced: 'stopped before the bank',
  timeout: 'no answer in time',
};

const isDecline = (code: string): code is DeclineCode => code in DECLINES;

/** "Visa", "American Express": how a card brand is written. */
export const brandName = (brand: string): string =>
  ({ amex: 'American Express', jcb: 'JCB', unionpay: 'UnionPay', mastercard: 'Mastercard' })[brand] ??
  brand.charAt(0).toUpperCase() + brand.slice(1);

/** The facts of an event, its codes put into words. */
export const detailInWords = (detail: string | null): string =>
  (detail ?? '')
    .split(' · ')
    .filter(Boolean)
    .map((part) => {
      if (isDecline(part)) return DECLINES[part].why.toLowerCase();
      const card = /^([a-z]+) ending in (\d{4})$/.exec(part);
      if (card?.[1]) return `${brandName(card[1])} ending in ${card[2]}`;
      return REASONS[part] ?? part.replaceAll('_', ' ');
    })
    .join(' · ');
