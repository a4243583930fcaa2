import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { ATTEMPT_STATES, DECLINE_CODES } from '@/core/payment-attempt';
import { at, merchantKey, minor, paymentAttemptId, paymentLinkId, typeId } from './columns';
import { paymentLinks } from './payment-links';

/** One try to pay a link. Its id is the gateway's idempotency key and our reference there. */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    merchantId: merchantKey(),
    id: paymentAttemptId('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    state: text('state', { enum: ATTEMPT_STATES }).notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    channel: text('channel', { enum: ['ecommerce', 'moto'] }).notNull(),
    gateway: text('gateway').notNull(),
    gatewayReference: text('gateway_reference'),
    brand: text('brand'),
    last4: text('last4'),
    expMonth: integer('exp_month'),
    expYear: integer('exp_year'),
    declineCode: text('decline_code', { enum: DECLINE_CODES }),
    reason: text('reason'),
    /** Before this instant the card process may still send; the gateway is not asked "is it there?" for an answer. */
    sendBefore: at('send_before'),
    /** How often the gateway was read while the outcome was open. */
    reads: integer('reads').notNull().default(0),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    submittedAt: at('submitted_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }),
    uniqueIndex('payment_attempts_one_open')
      .on(t.merchantId, t.paymentLinkId)
      .where(sql`${t.state} in ('submitted', 'requires_action', 'unknown', 'authorized')`),
    uniqueIndex('payment_attempts_one_succeeded')
      .on(t.merchantId, t.paymentLinkId)
      .where(sql`${t.state} = 'succeeded'`),
    index('payment_attempts_link').on(t.merchantId, t.paymentLinkId, t.id),
  ],
);

export const LEDGER_KINDS = ['payment', 'refund', 'chargeback', 'reversal', 'adjustment'] as const;

/** Money that moved. Append-only. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    merchantId: merchantKey(),
    id: typeId('ledgerEntry')('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    paymentAttemptId: paymentAttemptId('payment_attempt_id').notNull(),
    kind: text('kind', { enum: LEDGER_KINDS }).notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    late: boolean('late').notNull().default(false),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentAttemptId],
      foreignColumns: [paymentAttempts.merchantId, paymentAttempts.id],
    }),
    uniqueIndex('ledger_entries_one_payment')
      .on(t.merchantId, t.paymentAttemptId)
      .where(sql`${t.kind} = 'payment'`),
    index('ledger_entries_link').on(t.merchantId, t.paymentLinkId, t.id),
  ],
);
