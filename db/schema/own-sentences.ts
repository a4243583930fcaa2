import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { SENTENCE_KINDS } from '@/core/own-sentence';
import { merchantKey } from './columns';
import { merchants } from './merchants';

/** What a merchant adds to a kind of message in a language. Null once it was taken away: its version goes on. */
export const ownSentences = pgTable(
  'own_sentences',
  {
    merchantId: merchantKey().references(() => merchants.id),
    kind: text('kind', { enum: SENTENCE_KINDS }).notNull(),
    locale: text('locale').notNull(),
    text: text('text'),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.kind, t.locale] })],
);
