import * as z from 'zod';
import { MAX_AMOUNT_MINOR } from '@/core/money';
import { REFUND_STATES } from '@/core/refund';
import { maker, minor, time } from './common';
import { plain } from './text';

/** POST /refunds. Without `amountMinor` all that is left; `paymentAttempt` where a link has several captures. */
export const createRefundInput = z.strictObject({
  paymentLink: z.string().max(64),
  paymentAttempt: z.string().max(64).optional(),
  amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR).optional(),
  reason: plain(200).optional(),
});
export type CreateRefundInput = z.input<typeof createRefundInput>;

/** A refund as the API, the screens and the events tell it. */
export const refund = z.strictObject({
  id: z.string(),
  object: z.literal('refund'),
  paymentLink: z.string(),
  paymentAttempt: z.string(),
  amountMinor: minor,
  currency: z.string(),
  state: z.enum(REFUND_STATES),
  reason: z.string().nullable().meta({ description: 'Why, in the words of whoever asked.' }),
  failure: z.string().nullable().meta({ description: "Why it failed, in the gateway's words." }),
  createdBy: maker.meta({ description: '`kind` is `gateway` where it was begun at the provider.' }),
  createdAt: time,
  endedAt: time.nullable(),
});
export type Refund = z.output<typeof refund>;
