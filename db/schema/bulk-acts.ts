import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { BULK_ACTS, BULK_LINK_STATES, BULK_STATES } from '@/core/bulk-act';
import { CHANNELS } from '@/core/payment-link';
import { at, bulkActId, merchantKey, paymentLinkId, userId } from './columns';
import { merchants } from './merchants';

/** An act on many links at once: who asked for it, how, and how far it is. */
export const bulkActs = pgTable(
  'bulk_acts',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: bulkActId('id').notNull(),
    act: text('act', { enum: BULK_ACTS }).notNull(),
    state: text('state', { enum: BULK_STATES }).notNull().default('prepared'),
    links: integer('links').notNull(),
    /** How links are sent; null where they are not. */
    channel: text('channel', { enum: CHANNELS }),
    /** Why links are canceled; null where they are not. */
    reason: text('reason'),
    createdById: userId('created_by_id').notNull(),
    createdByName: text('created_by_name').notNull(),
    address: text('address'),
    requestId: text('request_id').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    /** Before this instant it is undone whole. */
    startsAt: at('starts_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('bulk_acts_open').on(t.merchantId, t.id).where(sql`${t.state} in ('waiting', 'running')`),
    index('bulk_acts_at').on(t.createdAt),
  ],
);

/** The links of such an act in their order, and why it left one. */
export const bulkActLinks = pgTable(
  'bulk_act_links',
  {
    merchantId: merchantKey(),
    bulkActId: bulkActId('bulk_act_id').notNull(),
    place: integer('place').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    state: text('state', { enum: BULK_LINK_STATES }).notNull().default('waiting'),
    /** Why it was left, in the words of the single act. */
    message: text('message'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.bulkActId, t.place] }),
    foreignKey({
      columns: [t.merchantId, t.bulkActId],
      foreignColumns: [bulkActs.merchantId, bulkActs.id],
    }).onDelete('cascade'),
  ],
);
