import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, merchantKey, typeId } from './columns';

/** What an API client asked and was answered, masked, for 30 days. Written in batches after the answer: a row may be missing. */
export const apiRequests = pgTable(
  'api_requests',
  {
    merchantId: merchantKey(),
    /** The Request-Id of the answer. */
    id: typeId('request')('id').notNull(),
    /** Of a key or an OAuth client. */
    clientId: text('client_id').notNull(),
    clientName: text('client_name').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    query: jsonb('query').$type<Record<string, unknown>>().notNull(),
    /** Its name in the document; null for a path that is not there. */
    operation: text('operation'),
    body: jsonb('body').$type<unknown>(),
    status: integer('status').notNull(),
    /** Why it was refused, and the whole problem. */
    code: text('code'),
    problem: jsonb('problem').$type<unknown>(),
    durationMs: integer('duration_ms').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent'),
    idempotencyKey: text('idempotency_key'),
    replayed: boolean('replayed').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('api_requests_of_client').on(t.merchantId, t.clientId, t.id),
    index('api_requests_refused').on(t.merchantId, t.id).where(sql`${t.status} >= 400`),
    index('api_requests_at').on(t.at),
  ],
);
