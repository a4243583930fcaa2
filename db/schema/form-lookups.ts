import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { type Credentials, LOOKUP_OCCASIONS, LOOKUP_OUTCOMES } from '@/core/crm';
import { at, formLookupId, merchantKey, profileId } from './columns';
import { paymentProfiles } from './merchants';

/** Where a profile's form is filled from before it is sent: the merchant's own system. */
export const formLookups = pgTable(
  'form_lookups',
  {
    merchantId: merchantKey(),
    profileId: profileId('profile_id').notNull(),
    url: text('url').notNull(),
    /** `whsec_…`, which signs every request; encrypted with a key outside the database. */
    secret: text('secret').notNull(),
    credentials: jsonb('credentials').$type<Credentials>().notNull(),
    /** The client secret or the header's value; encrypted like the other. */
    credentialSecret: text('credential_secret'),
    /** Our field to the path in the answer; null where the answer is in our words. */
    mapping: jsonb('mapping').$type<Record<string, string>>(),
    enabled: boolean('enabled').notNull().default(true),
    /** Asked for also when a payer presses Continue, once per link. */
    payerAsks: boolean('payer_asks').notNull().default(false),
    version: integer('version').notNull().default(1),
    updatedAt: at('updated_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.profileId] }),
    foreignKey({
      name: 'form_lookups_profile',
      columns: [t.merchantId, t.profileId],
      foreignColumns: [paymentProfiles.merchantId, paymentProfiles.id],
    }),
  ],
);

/** One lookup: who asked, how it ended, and the shape of the answer with its values masked. Kept for 30 days. */
export const formLookupCalls = pgTable(
  'form_lookup_calls',
  {
    merchantId: merchantKey(),
    id: formLookupId('id').notNull(),
    profileId: profileId('profile_id').notNull(),
    occasion: text('occasion', { enum: LOOKUP_OCCASIONS }).notNull(),
    actorName: text('actor_name').notNull(),
    reference: text('reference'),
    outcome: text('outcome', { enum: LOOKUP_OUTCOMES }).notNull(),
    status: integer('status'),
    detail: text('detail'),
    /** The fields that were proposed, by name. */
    proposed: text('proposed').array().notNull().default(sql`'{}'`),
    answer: text('answer'),
    durationMs: integer('duration_ms').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('form_lookup_calls_profile').on(t.merchantId, t.profileId, t.id),
    index('form_lookup_calls_at').on(t.at),
  ],
);
