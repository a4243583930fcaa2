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
  uuid,
} from 'drizzle-orm/pg-core';
import { CHALLENGE_KINDS } from '@/core/challenge';
import { LOOKUP_OUTCOMES } from '@/core/crm';
import { AMOUNT_TYPES, CHANNELS, LINK_ACCESS, LINK_STATUSES, TOKEN_STATES } from '@/core/payment-link';
import { REMINDER_BASES, REMINDER_STATES } from '@/core/reminders';
import {
  at,
  merchantKey,
  minor,
  paymentLinkBatchId,
  paymentLinkId,
  paymentSessionId,
  profileId,
} from './columns';
import { paymentProfiles } from './merchants';

export type LineItem = {
  description: string;
  quantity: number;
  unitAmountMinor: number;
  taxMinor?: number | undefined;
};

/** What is owed, by whom and until when. Access is a state; money is three sums that only verbs of attempts move. */
export const paymentLinks = pgTable(
  'payment_links',
  {
    merchantId: merchantKey(),
    id: paymentLinkId('id').notNull(),
    profileId: profileId('profile_id').notNull(),
    /** The payment session that it was issued in. */
    sessionId: paymentSessionId('session_id'),
    /** Null where it was issued by itself. */
    batchId: paymentLinkBatchId('batch_id'),
    access: text('access', { enum: LINK_ACCESS }).notNull(),
    amountType: text('amount_type', { enum: AMOUNT_TYPES }).notNull().default('fixed'),
    /** Null only where the payer says how much. */
    amountMinor: minor('amount_minor'),
    minAmountMinor: minor('min_amount_minor'),
    maxAmountMinor: minor('max_amount_minor'),
    /** The most that captured and held may ever sum to: core's `ceilingOf`, kept so that a constraint can hold it. */
    ceilingMinor: minor('ceiling_minor').notNull(),
    currency: text('currency').notNull(),
    capturedMinor: minor('captured_minor').notNull().default(0),
    heldMinor: minor('held_minor').notNull().default(0),
    refundedMinor: minor('refunded_minor').notNull().default(0),
    /** Open and lost disputes. */
    disputedMinor: minor('disputed_minor').notNull().default(0),
    description: text('description'),
    reference: text('reference'),
    lineItems: jsonb('line_items').$type<LineItem[]>(),
    customerName: text('customer_name'),
    customerEmail: text('customer_email'),
    customerPhone: text('customer_phone'),
    customerTimeZone: text('customer_time_zone'),
    /** What its payer is asked before it shows what it is for; the row of `challenges` says how that stands. */
    challenge: text('challenge', { enum: CHALLENGE_KINDS }),
    locale: text('locale').notNull(),
    channels: text('channels', { enum: CHANNELS }).array().notNull().default(sql`'{}'`),
    phrase: text('phrase').notNull(),
    returnUrl: text('return_url'),
    /** Where this link's events go as well, signed with its profile's secret. */
    callbackUrl: text('callback_url'),
    metadata: jsonb('metadata').$type<Record<string, string>>().notNull().default({}),
    livemode: boolean('livemode').notNull(),
    version: integer('version').notNull().default(1),
    /** The number of the newest event of this link. */
    sequence: integer('sequence').notNull().default(0),
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id'),
    createdByName: text('created_by_name').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    updatedAt: at('updated_at').notNull().default(sql`cf_now()`),
    expiresAt: at('expires_at').notNull(),
    openedAt: at('opened_at'),
    paidAt: at('paid_at'),
    canceledAt: at('canceled_at'),
    /** Tries and cards before this instant no longer count: somebody has unlocked the link. */
    unlockedAt: at('unlocked_at'),
    /** How many of core's EXPIRING_SOON_SECONDS have been told since the last issue. */
    warnings: integer('warnings').notNull().default(0),
    reissues: integer('reissues').notNull().default(0),
    /** When its details were asked for at the merchant's system: a payer's press asks only where nobody did. */
    lookedUpAt: at('looked_up_at'),
    /** How that ended; null while it is under way. */
    lookupOutcome: text('lookup_outcome', { enum: LOOKUP_OUTCOMES }),
    /** Core's `statusOf` as far as money and access tell it; what of it the clock ends is told by `expiresAt`. */
    standing: text('standing', { enum: LINK_STATUSES })
      .notNull()
      .generatedAlwaysAs(
        sql`case
        when disputed_minor > 0 then 'disputed'
        when captured_minor > 0 and refunded_minor >= captured_minor then 'refunded'
        when refunded_minor > 0 then 'partially_refunded'
        when captured_minor >= case when amount_type = 'open' then 1 else ceiling_minor end then 'paid'
        when held_minor > 0 then 'processing'
        when access in ('canceled', 'expired', 'locked') or captured_minor = 0 then access
        else 'partially_paid' end`,
      ),
    /** When all that names its customer was erased. */
    erasedAt: at('erased_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.profileId],
      foreignColumns: [paymentProfiles.merchantId, paymentProfiles.id],
    }),
    check(
      'payment_links_amount',
      sql`(${t.amountMinor} > 0 or (${t.amountType} = 'open' and ${t.amountMinor} is null)) and ${t.ceilingMinor} > 0`,
    ),
    check('payment_links_owed', sql`${t.capturedMinor} + ${t.heldMinor} <= ${t.ceilingMinor}`),
    check('payment_links_money', sql`${t.capturedMinor} >= 0 and ${t.heldMinor} >= 0`),
    check('payment_links_refunded', sql`${t.refundedMinor} between 0 and ${t.capturedMinor}`),
    check('payment_links_disputed', sql`${t.disputedMinor} >= 0`),
    index('payment_links_reference').on(t.merchantId, t.reference, t.id),
    index('payment_links_batch').on(t.merchantId, t.batchId, t.id).where(sql`${t.batchId} is not null`),
    index('payment_links_created_by').on(t.merchantId, t.createdById, t.id),
    index('payment_links_profile').on(t.merchantId, t.profileId, t.id),
    /** Counted without the table: the clock's part is in it. */
    index('payment_links_standing').on(t.merchantId, t.standing, t.id, t.expiresAt),
    index('payment_links_expiring')
      .on(t.merchantId, t.expiresAt, t.id)
      .where(sql`${t.standing} in ('active', 'locked', 'partially_paid')`),
    index('payment_links_amount').on(t.merchantId, t.currency, t.standing, t.amountMinor, t.id),
    index('payment_links_paid').on(t.merchantId, t.paidAt, t.id).where(sql`${t.paidAt} is not null`),
    index('payment_links_expiry')
      .on(t.expiresAt)
      .where(sql`${t.access} in ('active', 'locked') and ${t.paidAt} is null`),
    /** What is outstanding is summed from it alone. */
    index('payment_links_outstanding')
      .on(t.merchantId, t.expiresAt, t.currency, t.amountMinor, t.capturedMinor)
      .where(sql`${t.access} in ('active', 'locked') and ${t.paidAt} is null`),
  ],
);

/** What a link is found by, in small letters, kept by triggers apart from its row, which changes more often. */
export const paymentLinkTexts = pgTable(
  'payment_link_texts',
  {
    merchantId: merchantKey(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    text: text('text').notNull(),
    /** The last 15 hex digits of its id, of which the number of its receipt is made. */
    receipt: text('receipt').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.paymentLinkId] }),
    foreignKey({
      name: 'payment_link_texts_link',
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }).onDelete('cascade'),
    index('payment_link_texts_receipt').on(t.merchantId, t.receipt),
  ],
);

/** How a link is reached. The address can be made again from this row and the token key; the MAC is not kept. */
export const linkTokens = pgTable(
  'link_tokens',
  {
    merchantId: merchantKey(),
    id: uuid('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    state: text('state', { enum: TOKEN_STATES }).notNull().default('live'),
    keyId: integer('key_id').notNull(),
    /** The domain that its address was given with. Null: the portal's. */
    origin: text('origin'),
    expiresAt: at('expires_at').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }),
    index('link_tokens_link').on(t.merchantId, t.paymentLinkId),
    index('link_tokens_superseded').on(t.expiresAt).where(sql`${t.state} = 'superseded'`),
  ],
);

/** What became of each reminder of a token, once: a reissue begins anew. */
export const reminders = pgTable(
  'reminders',
  {
    merchantId: merchantKey(),
    tokenId: uuid('token_id').notNull(),
    basis: text('basis', { enum: REMINDER_BASES }).notNull(),
    minutes: integer('minutes').notNull(),
    state: text('state', { enum: REMINDER_STATES }).notNull(),
    /** Waiting: the end of quiet hours. */
    sendAt: at('send_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.tokenId, t.basis, t.minutes] }),
    foreignKey({
      columns: [t.merchantId, t.tokenId],
      foreignColumns: [linkTokens.merchantId, linkTokens.id],
    }),
  ],
);
