import * as z from 'zod';
import { ENDPOINT_KINDS } from '@/core/crm';
import { EVENT_TYPES, REPLAY_DAYS } from '@/core/events';
import { rotateInput } from './api-clients';
import { instant, time } from './common';
import { plain } from './text';

export const MOST_ENDPOINTS = 50;
const MOST_HEADERS = 20;

/** Names that belong to HTTP, to the connection or to the signature. */
const RESERVED =
  /^(host|content-.*|transfer-encoding|te|trailer|upgrade|connection|keep-alive|expect|proxy-.*|user-agent|accept-encoding|idempotency-key|webhook-.*)$/i;

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, { error: 'must be the name of a header' })
  .refine((name) => !RESERVED.test(name), { error: 'is a header that Counterfoil sets itself' });
export const headerValue = z.string().regex(/^[\x21-\x7e]([\x20-\x7e]{0,1022}[\x21-\x7e])?$/, {
  error: 'must be 1 to 1024 printable ASCII characters without blanks at the ends',
});
const headers = z
  .record(headerName, headerValue)
  .refine((value) => Object.keys(value).length <= MOST_HEADERS, { error: `at most ${MOST_HEADERS} headers` })
  .refine((value) => isDistinct(Object.keys(value).map((name) => name.toLowerCase())), {
    error: 'names a header twice',
  });
const isDistinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

const types = z
  .array(z.enum(EVENT_TYPES))
  .min(1)
  .refine(isDistinct, { error: 'names a type twice' })
  .meta({ description: 'The event types wanted; null or absent is all.' });
const url = z.string().max(2_000).meta({ description: 'https, on port 443 or 8443, to a public name.' });
const secret = z
  .string()
  .max(100)
  .meta({ description: '`whsec_` and 24 to 64 bytes in base64. Without it one is made.' });
const paused = z.boolean().meta({ description: 'Events wait and are sent when this is false again.' });

/** POST /webhook-endpoints. `headers` go with every request, and are never shown again. */
export const createWebhookEndpointInput = z.strictObject({
  url,
  description: plain(200).optional(),
  types: types.nullable().optional(),
  headers: headers.optional(),
  paused: paused.optional(),
  secret: secret.optional(),
});
export type CreateWebhookEndpointInput = z.input<typeof createWebhookEndpointInput>;

/** PATCH /webhook-endpoints/{id}. Null takes away; `headers` replace all that there were. */
export const updateWebhookEndpointInput = z.strictObject({
  url: url.optional(),
  description: plain(200).nullable().optional(),
  types: types.nullable().optional(),
  headers: headers.nullable().optional(),
  paused: paused.optional(),
});
export type UpdateWebhookEndpointInput = z.input<typeof updateWebhookEndpointInput>;

/** POST /webhook-endpoints/{id}/rotate-secret. The secret before signs too, for `overlapSeconds` more. */
export const rotateWebhookSecretInput = rotateInput.extend({ secret: secret.optional() });

/** POST /webhook-endpoints/{id}/replay: `since` is in, `until` is out. */
export const replayInput = z.strictObject({
  since: instant.meta({ description: `At most ${REPLAY_DAYS} days ago.` }),
  until: instant.optional().meta({ description: 'Without it: now.' }),
  types: types.optional().meta({ description: 'Without it: those that the endpoint wants.' }),
});

export const ENDPOINT_STATES = ['enabled', 'failing', 'paused', 'disabled'] as const;

/** An endpoint as the API, the screens and the events tell it: never its secret nor the values of its headers. */
export const webhookEndpoint = z.strictObject({
  id: z.string(),
  object: z.literal('webhook_endpoint'),
  kind: z.enum(ENDPOINT_KINDS).meta({
    description:
      '`events`: one of yours. `callbacks`: stands for the callbacks of a payment profile. `write_back`: the write-back of a profile. `compatible`: its Vonage-compatible webhook. Both are set up on its screen.',
  }),
  url: z
    .string()
    .nullable()
    .meta({ description: 'Null where the links of a profile say it: `callbackUrl`.' }),
  profile: z.string().nullable().meta({
    description: 'The payment profile of an endpoint that stands for one; null for an ordinary endpoint.',
  }),
  description: z.string().nullable(),
  types: z.array(z.enum(EVENT_TYPES)).nullable().meta({ description: 'Event types wanted; null is all.' }),
  headerNames: z.array(z.string()).meta({ description: 'Headers of your own that go with every request.' }),
  state: z.enum(ENDPOINT_STATES),
  version: z.int(),
  createdAt: time,
  pausedAt: time.nullable(),
  failingSince: time.nullable().meta({ description: 'Since when every try has failed.' }),
  disabledAt: time.nullable(),
  disabledReason: z.string().nullable(),
  publicKey: z
    .string()
    .nullable()
    .meta({ description: '`whpk_` and the Ed25519 key that verifies `v1a` signatures, in base64.' }),
  keySetUrl: z
    .string()
    .meta({ description: 'Where this key, and the one before in a rotation, are published.' }),
  previousSecretUntil: time
    .nullable()
    .meta({ description: 'Until when the secret and key before sign too.' }),
});
export type WebhookEndpoint = z.output<typeof webhookEndpoint>;

/** Shown once, at its making or when it gets a new secret. */
export const newWebhookEndpoint = webhookEndpoint.extend({ secret: z.string() });
export type NewWebhookEndpoint = z.output<typeof newWebhookEndpoint>;

export const deletedWebhookEndpoint = z.strictObject({
  id: z.string(),
  object: z.literal('webhook_endpoint'),
  deleted: z.literal(true),
});
export type DeletedWebhookEndpoint = z.output<typeof deletedWebhookEndpoint>;

export const webhookReplay = z.strictObject({
  object: z.literal('webhook_replay'),
  webhookEndpoint: z.string(),
  since: time,
  until: time,
  queued: z.int().meta({ description: 'Events that are on their way again.' }),
});
export type WebhookReplay = z.output<typeof webhookReplay>;
