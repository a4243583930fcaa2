import { sql } from 'drizzle-orm';
import { bigint, check, date, integer, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, bytes, merchantKey, typeId } from './columns';

const seq = () => bigint('seq', { mode: 'number' });

/**
 * The order in which audit entries were sealed, over all merchants. Each MAC covers the one before and the whole entry, under a
 * key that the database does not hold. Append-only.
 */
export const auditChain = pgTable(
  'audit_chain',
  {
    seq: seq().notNull(),
    merchantId: merchantKey(),
    auditId: typeId('audit')('audit_id').notNull(),
    mac: bytes('mac').notNull(),
    sealedAt: at('sealed_at').notNull().default(sql`cf_now()`),
  },
  (t) => [primaryKey({ columns: [t.seq] }), uniqueIndex('audit_chain_entry').on(t.merchantId, t.auditId)],
);

/** Where the chain ends, and when that was last looked at: one row. `seal` covers the others. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: integer('id').primaryKey(),
    seq: seq().notNull(),
    mac: bytes('mac').notNull(),
    at: at('at').notNull(),
    seal: bytes('seal').notNull(),
  },
  (t) => [check('audit_head_one', sql`${t.id} = 1`)],
);

/** Where the chain stood at the end of each day (UTC). Logged as well, so that it can be kept elsewhere. Append-only. */
export const auditRoots = pgTable('audit_roots', {
  day: date('day', { mode: 'string' }).primaryKey(),
  seq: seq().notNull(),
  mac: bytes('mac').notNull(),
  seal: bytes('seal').notNull(),
});
