import * as z from 'zod';
import { EVENT_TYPES } from '@/core/events';
import { createdBetween, paging, time, wholeNumber } from './common';
import { dispute } from './disputes';
import { message } from './messages';
import { paymentAttempt } from './payment-attempts';
import { paymentLink } from './payment-links';
import { paymentSession } from './payment-sessions';
import { refund } from './refunds';
import { webhookEndpoint } from './webhooks';

/** What happened, as its webhook tells it: frozen when it happened. */
export const linkEvent = z.strictObject({
  id: z.string(),
  type: z.enum(EVENT_TYPES),
  apiVersion: z.string(),
  occurredAt: time,
  livemode: z.boolean(),
  paymentLink: z.string().nullable(),
  sequence: z.int().nullable().meta({ description: 'Counts the events of a link; null without one.' }),
  data: z
    .discriminatedUnion('object', [
      paymentLink,
      paymentAttempt,
      paymentSession,
      refund,
      dispute,
      message,
      webhookEndpoint,
    ])
    .meta({ description: 'The whole object, as it stood.' }),
  previous: z.record(z.string(), z.unknown()).meta({ description: 'Prior values of what changed.' }),
});
export type Event = z.output<typeof linkEvent>;

/** A list of event types with commas, as a query has it. */
export const typesQuery = z
  .string()
  .max(2_000)
  .transform((value) => value.split(','))
  .pipe(z.array(z.enum(EVENT_TYPES)))
  .optional()
  .meta({ description: 'Event types with commas between them.' });

/** GET /events. `types` is a list with commas. `afterSequence` goes with `paymentLink`, and gives the oldest first. */
export const listEventsInput = z.strictObject({
  ...paging,
  order: z.enum(['newest', 'oldest']).default('newest').meta({
    description: '`oldest` is a feed to poll: `nextCursor` is never null, and nothing is missed behind it.',
  }),
  types: typesQuery,
  paymentLink: z.string().max(64).optional(),
  afterSequence: wholeNumber(0, 2_147_483_647).optional(),
  ...createdBetween,
});
