import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
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

/** Each time that somebody had the whole chain checked, one at a time: it is one for all merchants, and so is what was found. */
export const auditChecks = pgTable(
  'audit_checks',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    askedAt: at('asked_at').notNull().default(sql`cf_now()`),
    /** How many entries were held against the chain so far, of how many. */
    entries: bigint('entries', { mode: 'number' }).notNull().default(0),
    ofEntries: bigint('of_entries', { mode: 'number' }).notNull(),
    /** Null while it is under way. */
    endedAt: at('ended_at'),
    /** What does not hold, a sentence each; the first is the first entry that is wrong. */
    faults: jsonb('faults').$type<string[]>().notNull().default([]),
    /** Why it could not be done. */
    failure: text('failure'),
  },
  (t) => [uniqueIndex('audit_checks_open').on(sql`(true)`).where(sql`${t.endedAt} is null`)],
);
