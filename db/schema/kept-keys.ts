import { pgTable, text } from 'drizzle-orm/pg-core';

/** Keys that must stay as they are when DATA_ENCRYPTION_KEY is changed, encrypted with it. Empty until it first is. */
export const keptKeys = pgTable('kept_keys', {
  name: text('name').primaryKey(),
  sealed: text('sealed').notNull(),
});
