import * as z from 'zod';
import { DISPUTE_STATES } from '@/core/dispute';
import { minor, time } from './common';

/** A dispute as the screens and the events tell it: a payer's bank takes money back. */
export const dispute = z.strictObject({
  id: z.string(),
  object: z.literal('dispute'),
  paymentLink: z.string(),
  paymentAttempt: z.string(),
  amountMinor: minor,
  currency: z.string(),
  state: z.enum(DISPUTE_STATES),
  reason: z.string().nullable(),
  openedAt: time,
  closedAt: time.nullable(),
});
export type Dispute = z.output<typeof dispute>;
