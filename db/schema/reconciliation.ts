import { sql } from 'drizzle-orm';
import { date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import {
  ALERT_KINDS,
  type BalanceGap,
  LINK_REQUEST_STATES,
  NOTIFICATION_STATES,
} from '@/core/reconciliation';
import {
  at,
  gatewayAccountId,
  merchantKey,
  minor,
  paymentAttemptId,
  paymentLinkId,
  profileId,
  typeId,
} from './columns';
import { paymentLinks } from './payment-links';

/** What a gateway told us by itself: stored before it is acknowledged, applied after. No card data is in it. */
export const gatewayNotifications = pgTable(
  'gateway_notifications',
  {
    merchantId: merchantKey(),
    profileId: profileId('profile_id').notNull(),
    /** The gateway's own id of the notification: a second one of the same id is the same. */
    gatewayId: text('gateway_id').notNull(),
    /** The account whose secret signed it; null for what is no notification but an answer. */
    gatewayAccountId: gatewayAccountId('gateway_account_id'),
    type: text('type').notNull(),
    payload: text('payload').notNull(),
    state: text('state', { enum: NOTIFICATION_STATES }).notNull().default('received'),
    /** Why it waits or is quarantined. */
    reason: text('reason'),
    paymentAttemptId: paymentAttemptId('payment_attempt_id'),
    tries: integer('tries').notNull().default(0),
    receivedAt: at('received_at').notNull().default(sql`cf_now()`),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.profileId, t.gatewayId] }),
    index('gateway_notifications_attempt').on(t.merchantId, t.paymentAttemptId),
    index('gateway_notifications_ended').on(t.endedAt),
    index('gateway_notifications_open')
      .on(t.merchantId, t.receivedAt)
      .where(sql`${t.state} in ('received', 'waiting', 'quarantined')`),
  ],
);

/** What an operator must look at. One open alert per kind and subject. */
export const alerts = pgTable(
  'alerts',
  {
    merchantId: merchantKey(),
    kind: text('kind', { enum: ALERT_KINDS }).notNull(),
    /** The id of what it is about. */
    subject: text('subject').notNull(),
    /** One sentence for people: what is the matter and what to do. */
    message: text('message').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id'),
    raisedAt: at('raised_at').notNull().default(sql`cf_now()`),
    settledAt: at('settled_at'),
    settledByName: text('settled_by_name'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.kind, t.subject] }),
    index('alerts_open').on(t.merchantId, t.raisedAt).where(sql`${t.settledAt} is null`),
  ],
);

/** The nightly three-way balance of one day, profile and currency: gateway's report, attempts and events. */
export const balanceReports = pgTable(
  'balance_reports',
  {
    merchantId: merchantKey(),
    id: typeId('balanceReport')('id').notNull(),
    profileId: profileId('profile_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    currency: text('currency').notNull(),
    gatewayMinor: minor('gateway_minor').notNull(),
    ledgerMinor: minor('ledger_minor').notNull(),
    eventsMinor: minor('events_minor').notNull(),
    gapCount: integer('gap_count').notNull().default(0),
    /** The first of them; `gap_count` has them all. */
    gaps: jsonb('gaps').$type<BalanceGap[]>().notNull().default([]),
    madeAt: at('made_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.profileId, t.day, t.currency] }),
    index('balance_reports_id').on(t.merchantId, t.id),
  ],
);

/** A payer's wish for a fresh link, from the page of an expired one. */
export const linkRequests = pgTable(
  'link_requests',
  {
    merchantId: merchantKey(),
    id: typeId('linkRequest')('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    state: text('state', { enum: LINK_REQUEST_STATES }).notNull(),
    /** Where the payer asked from, as of an attempt: null where that tells nothing. */
    network: text('network'),
    decidedByName: text('decided_by_name'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    decidedAt: at('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }),
    index('link_requests_link').on(t.merchantId, t.paymentLinkId, t.createdAt),
    index('link_requests_recent').on(t.merchantId, t.createdAt),
    index('link_requests_network').on(t.network, t.createdAt),
    index('link_requests_pending').on(t.merchantId, t.createdAt).where(sql`${t.state} = 'pending'`),
  ],
);
