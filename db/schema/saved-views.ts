import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, merchantKey, typeId, userId } from './columns';
import { users } from './merchants';

/** What a person asks of the list of payment links again and again, under a name. It holds no words that were searched for. */
export const savedViews = pgTable(
  'saved_views',
  {
    merchantId: merchantKey(),
    id: typeId('savedView')('id').notNull(),
    userId: userId('user_id').notNull(),
    name: text('name').notNull(),
    filter: jsonb('filter').$type<Record<string, string>>().notNull(),
    /** Shown to everybody of the merchant. */
    shared: boolean('shared').notNull().default(false),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    index('saved_views_user').on(t.merchantId, t.userId),
    index('saved_views_shared').on(t.merchantId).where(sql`${t.shared}`),
  ],
);
