import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { PAGE_CHECK_RESULTS } from '@/core/page-check';
import { at } from './columns';

/** Each look at the payer's page, which is one for all merchants: the proof that somebody looks. Kept for 400 days. */
export const pageChecks = pgTable(
  'page_checks',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    result: text('result', { enum: PAGE_CHECK_RESULTS }).notNull(),
    /** What differs, or why nobody could look: a sentence each. */
    findings: jsonb('findings').$type<string[]>().notNull(),
    lookedAt: at('looked_at').notNull().default(sql`cf_now()`),
  },
  (t) => [index('page_checks_at').on(t.lookedAt)],
);
