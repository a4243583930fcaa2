/** Payments, refunds and disputes as callers see them: no card number, idempotency key, return address or plan. */
import { type Dispute, type Payment, type Refund, statusAt } from './ledger-records';
import type { World } from './world';

/** The bank check's address is shown only while it is open. A tampered payment is shown as the tampering says. */
export function paymentView(payment: Payment, world: World): object {
  const { id, reference, paymentLink, account, capture, channel } = payment;
  const { brand, last4, expMonth, expYear, declineCode, createdAt } = payment;
  const { amountMinor, capturedMinor, currency } = world.distortions.shown(payment);
  const status = statusAt(payment, world.now());
  return {
    id,
    reference,
    paymentLink,
    ...(account === undefined ? {} : { account }),
    amountMinor,
    currency,
    status,
    capture,
    channel,
    brand,
    last4,
    expMonth,
    expYear,
    ...(declineCode === undefined ? {} : { declineCode }),
    ...(status === 'requires_action' ? { action: { url: `${world.url}/acs/${id}` } } : {}),
    createdAt,
    capturedMinor,
    refundedMinor: world.ledger.refundedMinor(id),
  };
}

export function refundView(refund: Refund, { reference: paymentReference }: Payment): object {
  const { id, payment, reference, amountMinor, currency, status, reason, createdAt } = refund;
  const why = reason === undefined ? {} : { reason };
  return { id, payment, paymentReference, reference, amountMinor, currency, status, ...why, createdAt };
}

export function disputeView(dispute: Dispute, { reference: paymentReference }: Payment): object {
  const { id, payment, amountMinor, currency, reason, status, createdAt } = dispute;
  return { id, payment, paymentReference, amountMinor, currency, reason, status, createdAt };
}
