import * as z from 'zod';
import { CHANNELS } from '@/core/payment-link';
import { MESSAGE_STATES, MESSAGE_TEMPLATES } from '@/core/retry-schedule';
import { time } from './common';

/** A message to the customer and what became of it. */
export const message = z.strictObject({
  id: z.string(),
  object: z.literal('message'),
  paymentLink: z.string(),
  template: z.enum(MESSAGE_TEMPLATES),
  channel: z.enum(CHANNELS),
  to: z.string().meta({ description: 'Empty once the customer was erased.' }),
  state: z.enum(MESSAGE_STATES),
  reason: z.string().nullable(),
  createdAt: time,
  sentAt: time.nullable(),
  endedAt: time.nullable(),
});
export type Message = z.output<typeof message>;
