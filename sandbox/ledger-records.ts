/** What the ledger writes down, and what follows from it by the clock alone. */
import type { DeclineCode } from '@/core/payment-attempt';
import type { Channel } from '@/core/test-cards';
import type { CardFacts } from './gateway-cards';
import { newId } from './ids';

export type PaymentStatus =
  | 'authorized'
  | 'captured'
  | 'requires_action'
  | 'declined'
  | 'failed'
  | 'voided'
  | 'expired';

export type Challenge = { returnUrl: string; expiresAt: string; accepted: 'approved' | 'declined' };

export type Payment = CardFacts & {
  id: string;
  reference: string;
  paymentLink: string;
  /** Whom the portal's notifications are for; a payment without one is not told about. */
  account?: string;
  idempotencyKey: string;
  amountMinor: number;
  currency: string;
  status: PaymentStatus;
  capture: boolean;
  /** What was taken of the amount; less after a partial capture. */
  capturedMinor: number;
  capturedAt?: string;
  channel: Channel;
  declineCode?: DeclineCode;
  challenge?: Challenge;
  /** When an authorisation that nobody captures is over. */
  holdUntil?: string;
  /** The cardholder will dispute it, `disputeAt` being when. */
  disputed?: true;
  disputeAt?: string;
  createdAt: string;
};

export type RefundStatus = 'pending' | 'succeeded' | 'failed';
export type RefundEnd = { status: 'succeeded' | 'failed'; reason?: string };

export type Refund = {
  id: string;
  payment: string;
  /** The caller's own reference, which is its idempotency key; null when it was begun at the provider. */
  reference: string | null;
  amountMinor: number;
  currency: string;
  status: RefundStatus;
  reason?: string;
  /** While pending: how it will end, and when. */
  settles?: RefundEnd & { at: string };
  settledAt?: string;
  createdAt: string;
};

export type Dispute = {
  id: string;
  payment: string;
  amountMinor: number;
  currency: string;
  reason: string;
  status: 'open' | 'won' | 'lost';
  createdAt: string;
  closedAt?: string;
};

/** What is to be tried before the card is sent: an amount under a reference. */
export type Intent = {
  id: string;
  reference: string;
  paymentLink: string;
  amountMinor: number;
  currency: string;
};

/** What the portal is to be told, with the exact bytes; in the same line as the change it tells of. */
export type Notification = {
  id: string;
  type: string;
  account: string;
  payment: string;
  /** By which a fault finds it. */
  reference: string;
  paymentLink: string;
  refundReference?: string;
  payload: string;
  at: string;
};

/** `bodyHash` is on the first record of a payment only: it is what a repeat of the same idempotency key must match. */
export type LedgerRecord =
  | { type: 'payment'; payment: Payment; bodyHash?: string }
  | { type: 'capture'; id: string; payment: string; amountMinor: number; at: string }
  | { type: 'void'; id: string; payment: string; at: string }
  | { type: 'refund'; refund: Refund }
  | { type: 'dispute'; dispute: Dispute }
  | { type: 'intent'; intent: Intent }
  | { type: 'fence'; reference: string; at: string }
  | { type: 'notification'; notification: Notification }
  | { type: 'notified'; id: string };

/** A challenge nobody answered, or a hold nobody captured in time, is over before anyone has written that down. */
export function statusAt(payment: Payment, now: Date): PaymentStatus {
  const { status, challenge, holdUntil } = payment;
  const end = { requires_action: challenge?.expiresAt, authorized: holdUntil }[status as string];
  return end !== undefined && end <= now.toISOString() ? 'expired' : status;
}

/** The records that take a hold (or an open challenge) back. */
export const voidRecords = (payment: Payment, now: Date): LedgerRecord[] => [
  { type: 'payment', payment: { ...payment, status: 'voided' } },
  { type: 'void', id: newId('gwv'), payment: payment.id, at: now.toISOString() },
];

/** A payment as an older journal wrote it, in today's shape. */
export const upgraded = (payment: Payment): Payment =>
  payment.capturedMinor === undefined
    ? {
        ...payment,
        ...(payment.status === 'captured'
          ? { capturedMinor: payment.amountMinor, capturedAt: payment.createdAt }
          : { capturedMinor: 0 }),
      }
    : payment;
