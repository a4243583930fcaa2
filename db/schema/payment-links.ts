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
import { CHANNELS, LINK_ACCESS, TOKEN_STATES } from '@/core/payment-link';
import { at, merchantKey, minor, paymentLinkId, profileId } from './columns';
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
    access: text('access', { enum: LINK_ACCESS }).notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    capturedMinor: minor('captured_minor').notNull().default(0),
    heldMinor: minor('held_minor').notNull().default(0),
    refundedMinor: minor('refunded_minor').notNull().default(0),
    description: text('description'),
    reference: text('reference'),
    lineItems: jsonb('line_items').$type<LineItem[]>(),
    customerName: text('customer_name'),
    customerEmail: text('customer_email'),
    customerPhone: text('customer_phone'),
    customerTimeZone: text('customer_time_zone'),
    locale: text('locale').notNull(),
    channels: text('channels', { enum: CHANNELS }).array().notNull().default(sql`'{}'`),
    phrase: text('phrase').notNull(),
    returnUrl: text('return_url'),
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
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.profileId],
      foreignColumns: [paymentProfiles.merchantId, paymentProfiles.id],
    }),
    check('payment_links_amount', sql`${t.amountMinor} > 0`),
    check('payment_links_owed', sql`${t.capturedMinor} + ${t.heldMinor} <= ${t.amountMinor}`),
    check('payment_links_money', sql`${t.capturedMinor} >= 0 and ${t.heldMinor} >= 0`),
    check('payment_links_refunded', sql`${t.refundedMinor} between 0 and ${t.capturedMinor}`),
    index('payment_links_reference').on(t.merchantId, t.reference, t.id),
    index('payment_links_expiry')
      .on(t.expiresAt)
      .where(sql`${t.access} in ('active', 'locked') and ${t.capturedMinor} < ${t.amountMinor}`),
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
  ],
);
