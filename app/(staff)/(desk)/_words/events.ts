import { brandName } from '@/core/card-rules';
import type { EventType } from '@/core/events';
import { DECLINES, isDecline } from './cards';
import { SESSION_REASONS } from './session-reasons';

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
  'payment_link.late_payment': ['Paid late: the link had ended or been canceled', 'warn'],
  'payment_attempt.started': ['Payment begun', 'plain'],
  'payment_attempt.requires_action': ['Bank asks the customer to confirm', 'plain'],
  'payment_attempt.authorized': ['Card accepted, money held', 'ok'],
  'payment_attempt.succeeded': ['Card accepted', 'ok'],
  'payment_attempt.declined': ['Card declined', 'bad'],
  'payment_attempt.failed': ['Payment failed', 'bad'],
  'payment_attempt.abandoned': ['Try given up, nothing charged', 'plain'],
  'payment_attempt.unknown': ['Outcome not known yet; the gateway is being asked', 'warn'],
  'payment_attempt.resolved': ['Outcome is known now', 'plain'],
  'refund.created': ['Refund begun', 'plain'],
  'refund.succeeded': ['Refunded', 'ok'],
  'refund.failed': ['Refund failed', 'bad'],
  'dispute.opened': ['Customer disputes the payment', 'bad'],
  'dispute.closed': ['Dispute closed', 'plain'],
  'payment_session.created': ['Agent began to take the payment', 'plain'],
  'payment_session.secured': ['Call secured: nobody hears what is keyed', 'ok'],
  'payment_session.field_requested': ['Caller asked to key a field', 'plain'],
  'payment_session.field_captured': ['Field keyed', 'ok'],
  'payment_session.field_error': ['Field keyed wrongly, or not in time', 'warn'],
  'payment_session.ready': ['All fields keyed, ready to take the payment', 'ok'],
  'payment_session.completed': ['Payment session ended', 'plain'],
  'payment_session.canceled': ['Payment session canceled', 'warn'],
  'payment_session.recording_suspended': ['Recording off', 'plain'],
  'payment_session.recording_resumed': ['Recording on again', 'plain'],
  'message.sent': ['Message handed to the provider', 'plain'],
  'message.delivered': ['Message delivered', 'ok'],
  'message.undelivered': ['Message could not be delivered', 'bad'],
  'message.bounced': ['E-mail came back', 'bad'],
  'message.suppressed': ['Message held back', 'warn'],
  'reminder.sent': ['Customer reminded', 'plain'],
  'reminder.skipped': ['Reminder left out', 'plain'],
  'webhook_endpoint.disabled': ['Webhook endpoint switched off', 'warn'],
  'test.ping': ['Test ping', 'plain'],
};

export function eventInWords(type: string): { sentence: string; tone: Tone } {
  const [sentence, tone] = EVENTS[type as EventType] ?? [type, 'plain'];
  return { sentence, tone };
}

/** Codes of gateways and defences, as people say them. */
const REASONS: Record<string, string> = {
  not_sent: 'never sent to the bank',
  fenced: 'stopped before the bank',
  timeout: 'no answer in time',
  reset: 'the answer was lost on the way',
  garbled: 'the answer could not be read',
  refused: 'the gateway refused to take it',
  voided: 'the hold was released',
  account_closed: 'the customer’s account is closed',
  fraudulent: 'the customer says that it was not them',
  breaker:
    'paused for 15 minutes: most cards of the last ten minutes were declined, which looks like card testing',
  network_tries: 'stopped: too many tries came from the same network within ten minutes',
  refund_declined: 'the customer’s bank refused it',
  decided: 'decided by hand, as the gateway did not tell',
  withdrawn: 'given up by the customer',
  taken_over: 'stopped by the customer at the bank check, to pay again',
  mismatch: 'the gateway names another amount',
  network_cards: 'stopped: too many different cards came from the same network within ten minutes',
  ...SESSION_REASONS,
};

/** The facts of an event, its codes put into words. */
export const detailInWords = (detail: string | null): string =>
  (detail ?? '')
    .split(' · ')
    .filter(Boolean)
    .map((part) => {
      if (isDecline(part)) return DECLINES[part].why.toLowerCase();
      const card = /^([a-z]+) ending in (\d{4})$/.exec(part);
      if (card?.[1]) return `${brandName(card[1])} ending in ${card[2]}`;
      return reasonInWords(part);
    })
    .join(' · ');

/** Why something failed, in words where we know the code. */
export const reasonInWords = (code: string): string => REASONS[code] ?? code.replaceAll('_', ' ');
