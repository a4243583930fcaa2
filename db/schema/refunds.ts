import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { DISPUTE_STATES } from '@/core/dispute';
import { REFUND_STATES } from '@/core/refund';
import { at, disputeId, merchantKey, minor, paymentAttemptId, paymentLinkId, refundId } from './columns';
import { paymentAttempts } from './payment-attempts';

/** Money on its way back to a payer. Its id is the gateway's idempotency key. */
export const refunds = pgTable(
  'refunds',
  {
    merchantId: merchantKey(),
    id: refundId('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    paymentAttemptId: paymentAttemptId('payment_attempt_id').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    state: text('state', { enum: REFUND_STATES }).notNull().default('pending'),
    /** Why, in the words of whoever asked. */
    reason: text('reason'),
    /** Why it failed, in the gateway's words. */
    failure: text('failure'),
    gatewayReference: text('gateway_reference'),
    /** `gateway`: begun at the provider, and only told to us. */
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id'),
    createdByName: text('created_by_name').notNull(),
    reads: integer('reads').notNull().default(0),
    lastReadAt: at('last_read_at'),
    operatorSince: at('operator_since'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentAttemptId],
      foreignColumns: [paymentAttempts.merchantId, paymentAttempts.id],
    }),
    uniqueIndex('refunds_gateway_reference')
      .on(t.merchantId, t.paymentAttemptId, t.gatewayReference)
      .where(sql`${t.gatewayReference} is not null`),
    index('refunds_link').on(t.merchantId, t.paymentLinkId, t.id),
    index('refunds_open').on(t.merchantId, t.id).where(sql`${t.state} in ('pending', 'unknown')`),
    check('refunds_amount', sql`${t.amountMinor} > 0`),
  ],
);

/** A payer's bank takes money back. Opened and closed by the gateway. */
export const disputes = pgTable(
  'disputes',
  {
    merchantId: merchantKey(),
    id: disputeId('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    paymentAttemptId: paymentAttemptId('payment_attempt_id').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    state: text('state', { enum: DISPUTE_STATES }).notNull().default('open'),
    reason: text('reason'),
    gatewayReference: text('gateway_reference').notNull(),
    openedAt: at('opened_at').notNull().default(sql`cf_now()`),
    closedAt: at('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentAttemptId],
      foreignColumns: [paymentAttempts.merchantId, paymentAttempts.id],
    }),
    uniqueIndex('disputes_gateway_reference').on(t.merchantId, t.paymentAttemptId, t.gatewayReference),
    index('disputes_link').on(t.merchantId, t.paymentLinkId, t.id),
    check('disputes_amount', sql`${t.amountMinor} > 0`),
  ],
);
