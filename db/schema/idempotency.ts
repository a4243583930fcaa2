import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, merchantKey, paymentLinkId } from './columns';

/** The answer to a POST under a client's key, written in the transaction that did the work. Kept until `expiresAt`. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    merchantId: merchantKey(),
    path: text('path').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    /** The body, encrypted with a key outside the database. */
    answer: text('answer').notNull(),
    /** The link that the answer tells of: it goes with what is erased of that. */
    paymentLinkId: paymentLinkId('payment_link_id'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    expiresAt: at('expires_at').notNull().default(sql`cf_now() + interval '7 days'`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.path, t.key] }),
    index('idempotency_keys_expiry').on(t.expiresAt),
    index('idempotency_keys_link')
      .on(t.merchantId, t.paymentLinkId)
      .where(sql`${t.paymentLinkId} is not null`),
  ],
);
