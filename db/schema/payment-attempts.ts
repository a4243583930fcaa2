import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { LEDGER_KINDS } from '@/core/ledger';
import { ATTEMPT_STATES, DECISIONS, DECLINE_CODES } from '@/core/payment-attempt';
import {
  at,
  disputeId,
  gatewayAccountId,
  merchantKey,
  minor,
  paymentAttemptId,
  paymentLinkId,
  refundId,
  typeId,
} from './columns';
import { gatewayAccounts } from './merchants';
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
    /** Where it was begun: there it is read, captured, voided and refunded, whatever the profile uses later. */
    gatewayAccountId: gatewayAccountId('gateway_account_id').notNull(),
    gatewayReference: text('gateway_reference'),
    brand: text('brand'),
    last4: text('last4'),
    expMonth: integer('exp_month'),
    expYear: integer('exp_year'),
    declineCode: text('decline_code', { enum: DECLINE_CODES }),
    reason: text('reason'),
    /** True where the link may be paid once only (fixed and open amounts): one such attempt succeeds, ever. */
    exclusive: boolean('exclusive').notNull().default(true),
    capturedMinor: minor('captured_minor').notNull().default(0),
    /** Refunds known to be back, refunds on their way (pending, unknown), and open or lost disputes. */
    refundedMinor: minor('refunded_minor').notNull().default(0),
    refundingMinor: minor('refunding_minor').notNull().default(0),
    disputedMinor: minor('disputed_minor').notNull().default(0),
    /** The payer's network (IPv4 address or IPv6 /64), for the budgets against card testing. */
    network: text('network'),
    /** Since when an operator must look: the gateway could not tell for a day. */
    operatorSince: at('operator_since'),
    /** What a person said of it, and since when the gateway has told as well; until then it is still asked. */
    decidedAs: text('decided_as', { enum: DECISIONS }),
    decisionToldAt: at('decision_told_at'),
    /** Since when money that was not taken must go back at the gateway, and when it had. */
    reversalDueAt: at('reversal_due_at'),
    reversedAt: at('reversed_at'),
    /** Before this instant the card process may still send; the gateway is not asked "is it there?" for an answer. */
    sendBefore: at('send_before'),
    /** How often the gateway was read while the outcome was open. */
    reads: integer('reads').notNull().default(0),
    lastReadAt: at('last_read_at'),
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
    foreignKey({
      name: 'payment_attempts_account',
      columns: [t.merchantId, t.gatewayAccountId],
      foreignColumns: [gatewayAccounts.merchantId, gatewayAccounts.id],
    }),
    uniqueIndex('payment_attempts_one_open')
      .on(t.merchantId, t.paymentLinkId)
      .where(sql`${t.state} in ('submitted', 'requires_action', 'unknown', 'authorized')`),
    uniqueIndex('payment_attempts_one_succeeded')
      .on(t.merchantId, t.paymentLinkId)
      .where(sql`${t.state} = 'succeeded' and ${t.exclusive}`),
    check(
      'payment_attempts_given_back',
      sql`${t.refundedMinor} >= 0 and ${t.refundingMinor} >= 0 and ${t.disputedMinor} >= 0
        and ${t.refundedMinor} + ${t.refundingMinor} + ${t.disputedMinor} <= ${t.capturedMinor}`,
    ),
    check('payment_attempts_captured', sql`${t.capturedMinor} between 0 and ${t.amountMinor}`),
    /** The card process and the gateway's report know an attempt by its id alone. */
    index('payment_attempts_id').on(t.id),
    index('payment_attempts_reversals')
      .on(t.merchantId, t.id)
      .where(sql`${t.reversalDueAt} is not null and ${t.reversedAt} is null`),
    index('payment_attempts_recent').on(t.merchantId, t.submittedAt),
    index('payment_attempts_declined')
      .on(t.submittedAt, t.merchantId)
      .where(sql`${t.state} = 'declined' and ${t.channel} = 'ecommerce'`),
    index('payment_attempts_declined_here')
      .on(t.merchantId, t.submittedAt)
      .where(sql`${t.state} = 'declined'`),
    index('payment_attempts_network').on(t.network, t.submittedAt),
    index('payment_attempts_last4')
      .on(t.merchantId, t.last4, t.paymentLinkId)
      .where(sql`${t.last4} is not null`),
    index('payment_attempts_account').on(t.merchantId, t.gatewayAccountId, t.id),
    index('payment_attempts_link').on(t.merchantId, t.paymentLinkId, t.id),
  ],
);

/** Money that moved. Append-only. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    merchantId: merchantKey(),
    id: typeId('ledgerEntry')('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    paymentAttemptId: paymentAttemptId('payment_attempt_id').notNull(),
    refundId: refundId('refund_id'),
    disputeId: disputeId('dispute_id'),
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
    uniqueIndex('ledger_entries_one_refund').on(t.merchantId, t.refundId).where(sql`${t.kind} = 'refund'`),
    uniqueIndex('ledger_entries_one_dispute')
      .on(t.merchantId, t.disputeId, t.kind)
      .where(sql`${t.disputeId} is not null`),
    check('ledger_entries_amount', sql`${t.amountMinor} > 0 or ${t.kind} = 'adjustment'`),
    index('ledger_entries_at').on(t.merchantId, t.at, t.id),
    index('ledger_entries_link').on(t.merchantId, t.paymentLinkId, t.id),
  ],
);
