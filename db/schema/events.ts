import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { EVENT_TYPES } from '@/core/events';
import { DELIVERY_STATES } from '@/core/retry-schedule';
import { at, deliveryId, endpointId, eventId, merchantKey, paymentLinkId, typeId } from './columns';
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
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('events_sequence').on(t.merchantId, t.paymentLinkId, t.sequence),
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
  ],
);

export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: endpointId('id').notNull(),
    url: text('url').notNull(),
    description: text('description'),
    /** Event types wanted; null is all. */
    types: text('types').array(),
    /** `whsec_…`, encrypted with a key outside the database. */
    secret: text('secret').notNull(),
    disabledAt: at('disabled_at'),
    /** Since when every try has failed; null while it works. */
    failingSince: at('failing_since'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.id] })],
);

/** One event on its way to one endpoint. Claimed by lease; a claim that has lost its lease can no longer write. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    merchantId: merchantKey(),
    id: deliveryId('id').notNull(),
    eventId: eventId('event_id').notNull(),
    endpointId: endpointId('endpoint_id').notNull(),
    state: text('state', { enum: DELIVERY_STATES }).notNull().default('pending'),
    tries: integer('tries').notNull().default(0),
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
    index('webhook_deliveries_due').on(t.nextTryAt).where(sql`${t.state} in ('pending', 'retrying')`),
  ],
);

/** One try of a delivery: what was answered, how long it took. Bodies are capped and card-like digits masked. */
export const webhookTries = pgTable(
  'webhook_tries',
  {
    merchantId: merchantKey(),
    deliveryId: deliveryId('delivery_id').notNull(),
    number: integer('number').notNull(),
    status: integer('status'),
    error: text('error'),
    answer: text('answer'),
    durationMs: integer('duration_ms').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.deliveryId, t.number] })],
);
