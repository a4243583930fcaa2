import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, merchantKey } from './columns';

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
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    expiresAt: at('expires_at').notNull().default(sql`cf_now() + interval '7 days'`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.path, t.key] }),
    index('idempotency_keys_expiry').on(t.expiresAt),
  ],
);
