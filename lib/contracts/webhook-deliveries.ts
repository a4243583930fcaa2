import * as z from 'zod';
import { EVENT_TYPES } from '@/core/events';
import { DELIVERY_STATES } from '@/core/retry-schedule';
import { paging, time } from './common';
import { typesQuery } from './events';

const fields = {
  id: z.string(),
  object: z.literal('webhook_delivery'),
  event: z.string(),
  eventType: z.enum(EVENT_TYPES),
  webhookEndpoint: z.string(),
  url: z.string(),
  state: z.enum(DELIVERY_STATES),
  tries: z.int(),
  nextTryAt: time.nullable().meta({ description: 'Null once it has ended.' }),
  createdAt: time,
  endedAt: time.nullable(),
};

/** One event on its way to one endpoint. */
export const webhookDelivery = z.strictObject(fields);
export type WebhookDelivery = z.output<typeof webhookDelivery>;

const headers = z.record(z.string(), z.string());

/** One try: what was sent, and what came back. */
export const webhookTry = z.strictObject({
  number: z.int(),
  at: time.meta({ description: 'When it had ended.' }),
  durationMs: z.int(),
  request: z
    .strictObject({ url: z.string(), headers })
    .nullable()
    .meta({ description: 'Values of your own headers are not kept. The body is that of the delivery.' }),
  response: z
    .strictObject({ status: z.int(), headers, body: z.string().meta({ description: 'Its first 4 kB.' }) })
    .nullable()
    .meta({ description: 'Null where none came.' }),
  error: z
    .string()
    .nullable()
    .meta({ description: 'Why none came, with how far the request had come, or why its body was cut.' }),
});
export type WebhookTry = z.output<typeof webhookTry>;

/** A delivery with all that was sent and answered, oldest try first. */
export const webhookDeliveryDetail = z.strictObject({
  ...fields,
  body: z.string().meta({ description: 'The bytes that every try sends.' }),
  attempts: z.array(webhookTry).meta({ description: 'The newest 100, oldest first.' }),
});
export type WebhookDeliveryDetail = z.output<typeof webhookDeliveryDetail>;

/** GET /webhook-deliveries. Filters are joined by "and". */
export const listDeliveriesInput = z.strictObject({
  ...paging,
  endpoint: z.string().max(64).optional(),
  event: z.string().max(64).optional(),
  status: z.enum(DELIVERY_STATES).optional(),
  types: typesQuery,
});

/** POST /events/{id}/redeliver. Without an endpoint: all that want its type. */
export const redeliverInput = z.strictObject({ endpoint: z.string().max(64).optional() });

export const webhookRedelivery = z.strictObject({
  object: z.literal('webhook_redelivery'),
  event: z.string(),
  deliveries: z.array(webhookDelivery),
});
export type WebhookRedelivery = z.output<typeof webhookRedelivery>;
