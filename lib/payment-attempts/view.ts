import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentAttempt } from '../contracts/payment-links';

/** An attempt as the API, the screens and the events tell it: of the card only what may be known. */
export function paymentAttemptView(row: PaymentAttemptRow): PaymentAttempt {
  const { brand, last4, expMonth, expYear } = row;
  const card = brand && last4 && expMonth && expYear ? { brand, last4, expMonth, expYear } : null;
  return {
    id: row.id,
    object: 'payment_attempt',
    paymentLink: row.paymentLinkId,
    state: row.state,
    amountMinor: row.amountMinor,
    currency: row.currency,
    channel: row.channel,
    card,
    declineCode: row.declineCode,
    gatewayReference: row.gatewayReference,
    createdAt: row.createdAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
