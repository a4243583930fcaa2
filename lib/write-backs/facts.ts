import { type Money, toDecimal } from '@/core/money';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { PaymentAttempt } from '../contracts/payment-attempts';
import type { Facts } from './template';

export type Told = { id: string; type: string; occurredAt: Date };

const decimal = (amountMinor: number | null, currency: string): string | null => {
  const money: Money | null = amountMinor === null ? null : { amountMinor, currency };
  return money && toDecimal(money);
};

/** What a write-back can say of an end, by the names of a template. How the link stands is not among it: that may move on. */
export function factsOf(event: Told, link: PaymentLinkRow, attempt: PaymentAttempt | null): Facts {
  return {
    outcome: event.type.split('.')[1],
    'event.id': event.id,
    'event.type': event.type,
    'event.occurredAt': event.occurredAt.toISOString(),
    livemode: link.livemode,
    'link.id': link.id,
    'link.reference': link.reference,
    'link.description': link.description,
    'link.amountType': link.amountType,
    'link.amountMinor': link.amountMinor,
    'link.amount': decimal(link.amountMinor, link.currency),
    'link.currency': link.currency,
    'link.profile': link.profileId,
    'link.customer.name': link.customerName,
    'link.customer.email': link.customerEmail,
    'link.customer.phone': link.customerPhone,
    'link.metadata': link.metadata,
    ...Object.fromEntries(
      Object.entries(link.metadata).map(([name, value]) => [`link.metadata.${name}`, value]),
    ),
    ...(attempt && attemptFacts(attempt)),
  };
}

const attemptFacts = (attempt: PaymentAttempt): Facts => ({
  'attempt.id': attempt.id,
  'attempt.state': attempt.state,
  'attempt.amountMinor': attempt.amountMinor,
  'attempt.amount': decimal(attempt.amountMinor, attempt.currency),
  'attempt.currency': attempt.currency,
  'attempt.channel': attempt.channel,
  'attempt.card': attempt.card,
  'attempt.card.brand': attempt.card?.brand,
  'attempt.card.last4': attempt.card?.last4,
  'attempt.declineCode': attempt.declineCode,
  'attempt.gatewayReference': attempt.gatewayReference,
});

/** Facts of nobody, for the test: as an end would tell them. */
export const sampleFacts = (event: Told, profileId: string): Facts => ({
  outcome: 'test',
  'event.id': event.id,
  'event.type': event.type,
  'event.occurredAt': event.occurredAt.toISOString(),
  livemode: false,
  'link.reference': 'TEST',
  'link.description': 'A test of the write-back',
  'link.amountType': 'fixed',
  'link.amountMinor': 1240,
  'link.amount': '12.40',
  'link.currency': 'GBP',
  'link.profile': profileId,
  'link.metadata': {},
});
