import * as z from 'zod';
import { ATTEMPT_STATES, DECLINE_CODES } from '@/core/payment-attempt';
import { minor, time } from './common';

/** Of a card no more than this is ever known. */
export const cardView = z.strictObject({
  brand: z.string(),
  last4: z.string(),
  expMonth: z.int(),
  expYear: z.int(),
});

/** A try to pay a link, as the API, the screens and the events tell it. */
export const paymentAttempt = z.strictObject({
  id: z.string(),
  object: z.literal('payment_attempt'),
  paymentLink: z.string(),
  state: z.enum(ATTEMPT_STATES),
  amountMinor: minor,
  currency: z.string(),
  channel: z.enum(['ecommerce', 'moto']),
  card: cardView.nullable(),
  declineCode: z.enum(DECLINE_CODES).nullable(),
  gatewayReference: z.string().nullable(),
  createdAt: time,
  submittedAt: time.nullable(),
  endedAt: time.nullable(),
});
export type PaymentAttempt = z.output<typeof paymentAttempt>;
