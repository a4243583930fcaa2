import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { type Credentials, ENDPOINT_KINDS, WRITE_BACK_METHODS } from '@/core/crm';
import { EVENT_TYPES } from '@/core/events';
import { DELIVERY_STATES } from '@/core/retry-schedule';
import {
  at,
  deliveryId,
  endpointId,
  eventId,
  merchantKey,
  paymentLinkId,
  profileId,
  typeId,
} from './columns';
import { merchants } from './merchants';

/** What happened. `payload` is the webhook's body, frozen: every try sends these same bytes. */
export const events = pgTable(
  'events',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: eventId('id').notNull(),
    type: text('type', { enum: EVENT_TYPES }).notNull(),
    paymentLinkId: paymentLinkId('payment_link_id'),
    sequence: integer('sequence'),
    payload: text('payload').notNull(),
    actorName: text('actor_name').notNull(),
    /** A short sentence of facts for the timeline, e.g. which card or which address. */
    detail: text('detail'),
    occurredAt: at('occurred_at').notNull(),
    /** The trace of what made it happen, which its deliveries go on with. */
    trace: text('trace'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('events_sequence').on(t.merchantId, t.paymentLinkId, t.sequence),
    /** With all that the figures of a day are counted from. */
    index('events_of_day').on(t.merchantId, t.occurredAt, t.type, t.paymentLinkId),
  ],
);

/** Who did what, from where. Append-only. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    merchantId: merchantKey(),
    id: typeId('audit')('id').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    address: text('address'),
    requestId: text('request_id').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('audit_entries_subject').on(t.merchantId, t.subject),
    index('audit_entries_at').on(t.at),
    index('audit_entries_newest').on(t.merchantId, t.at, t.id),
    index('audit_entries_person').on(t.merchantId, t.actorId, t.at, t.id).where(sql`${t.actorKind} = 'user'`),
    index('audit_entries_kind').on(t.merchantId, sql`split_part(${t.action}, '.', 1)`, t.at, t.id),
  ],
);

export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: endpointId('id').notNull(),
    kind: text('kind', { enum: ENDPOINT_KINDS }).notNull().default('events'),
    /** Null where the row stands for the callbacks of a payment profile: each delivery has its own then. */
    url: text('url'),
    /** Of callbacks and write-backs. */
    profileId: profileId('profile_id'),
    /** A write-back's own: how it is sent, what it proves itself with beside the signature, and the body it is made from. */
    method: text('method', { enum: WRITE_BACK_METHODS }).notNull().default('POST'),
    credentials: jsonb('credentials').$type<Credentials>(),
    credentialSecret: text('credential_secret'),
    template: text('template'),
    description: text('description'),
    /** Event types wanted; null is all. */
    types: text('types').array(),
    /** `whsec_…`, encrypted with a key outside the database. */
    secret: text('secret').notNull(),
    /** The secret before, which signs too until its time is over. */
    previousSecret: text('previous_secret'),
    previousSecretUntil: at('previous_secret_until'),
    /** The pair of Ed25519 beside it: the private key encrypted, the public one published. They change together. */
    signingKey: text('signing_key'),
    publicKey: text('public_key'),
    previousSigningKey: text('previous_signing_key'),
    previousPublicKey: text('previous_public_key'),
    /** The merchant's own headers as JSON, encrypted: they often hold a key. Their names are told. */
    headers: text('headers'),
    headerNames: text('header_names').array().notNull().default(sql`'{}'`),
    version: integer('version').notNull().default(1),
    pausedAt: at('paused_at'),
    disabledAt: at('disabled_at'),
    disabledReason: text('disabled_reason'),
    /** Taken away by the merchant. The row stays for the log of its deliveries. */
    deletedAt: at('deleted_at'),
    /** Since when every try has failed; null while it works. */
    failingSince: at('failing_since'),
    /** How far on the way to being disabled its operators were told of: 50, 70, 90 or 100. */
    alertedPercent: integer('alerted_percent').notNull().default(0),
    /** A success has taken more than two seconds: first tries wait for as long as later ones. */
    isSlow: boolean('is_slow').notNull().default(false),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    /** The published keys are asked for by whoever holds an endpoint's id. */
    uniqueIndex('webhook_endpoints_id').on(t.id),
    uniqueIndex('webhook_endpoints_of_profile')
      .on(t.merchantId, t.profileId, t.kind)
      .where(sql`${t.deletedAt} is null`),
    check(
      'webhook_endpoints_where',
      sql`case ${t.kind} when 'events' then ${t.url} is not null and ${t.profileId} is null
        when 'callbacks' then ${t.url} is null and ${t.profileId} is not null
        when 'compatible' then ${t.url} is not null and ${t.profileId} is not null
        else ${t.url} is not null and ${t.profileId} is not null and ${t.template} is not null end`,
    ),
  ],
);

/** One event on its way to one endpoint. Claimed by lease; a claim that has lost its lease can no longer write. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    merchantId: merchantKey(),
    id: deliveryId('id').notNull(),
    eventId: eventId('event_id').notNull(),
    endpointId: endpointId('endpoint_id').notNull(),
    /** The link's own address, where it is a callback. */
    url: text('url'),
    /** What a write-back sends instead of the event, made when it happened, and the id that it is sent under. */
    body: text('body'),
    messageId: text('message_id'),
    state: text('state', { enum: DELIVERY_STATES }).notNull().default('pending'),
    tries: integer('tries').notNull().default(0),
    /** When its schedule began, and the tries before that: both move when it is sent again by hand. */
    scheduledAt: at('scheduled_at').notNull().default(sql`cf_now()`),
    triesBefore: integer('tries_before').notNull().default(0),
    nextTryAt: at('next_try_at').notNull().default(sql`cf_now()`),
    leaseUntil: at('lease_until'),
    /** Raised by each claim: the fence that keeps a frozen worker from writing after its lease. */
    fence: integer('fence').notNull().default(0),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId, t.eventId], foreignColumns: [events.merchantId, events.id] }),
    foreignKey({
      columns: [t.merchantId, t.endpointId],
      foreignColumns: [webhookEndpoints.merchantId, webhookEndpoints.id],
    }),
    uniqueIndex('webhook_deliveries_once').on(t.merchantId, t.eventId, t.endpointId),
    index('webhook_deliveries_of_endpoint').on(t.merchantId, t.endpointId, t.id),
    index('webhook_deliveries_not_delivered')
      .on(t.merchantId, t.state, t.id)
      .where(sql`${t.state} <> 'succeeded'`),
    index('webhook_deliveries_waiting')
      .on(t.state, t.merchantId, t.endpointId, t.nextTryAt)
      .where(sql`${t.state} in ('pending', 'retrying')`),
  ],
);

/** One try of a delivery: what was answered, how long it took. Bodies are capped and card-like digits masked. */
export const webhookTries = pgTable(
  'webhook_tries',
  {
    merchantId: merchantKey(),
    deliveryId: deliveryId('delivery_id').notNull(),
    number: integer('number').notNull(),
    url: text('url'),
    /** As sent; values of the merchant's own headers are not kept. */
    requestHeaders: jsonb('request_headers').$type<Record<string, string>>(),
    status: integer('status'),
    error: text('error'),
    answer: text('answer'),
    answerHeaders: jsonb('answer_headers').$type<Record<string, string>>(),
    durationMs: integer('duration_ms').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.deliveryId, t.number] })],
);
