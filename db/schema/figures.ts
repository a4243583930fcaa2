import { date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { type Times, WAYS } from '@/core/figures';
import { at, merchantKey } from './columns';
import { merchants } from './merchants';

/** What happened to the links of a merchant on a day, by how they were to be sent, as far as it was counted. */
export const dailyFigures = pgTable(
  'daily_figures',
  {
    merchantId: merchantKey().references(() => merchants.id),
    /** Of the calendar of the merchant, when it was counted. */
    day: date('day', { mode: 'string' }).notNull(),
    way: text('way', { enum: WAYS }).notNull(),
    issued: integer('issued').notNull(),
    sent: integer('sent').notNull(),
    delivered: integer('delivered').notNull(),
    opened: integer('opened').notNull(),
    started: integer('started').notNull(),
    paid: integer('paid').notNull(),
    /** How long the payers of that day took from the issue. */
    times: jsonb('times').$type<Times>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.day, t.way] })],
);

/** Up to when the figures of a merchant are counted: what happened before that instant stands in `daily_figures`. */
export const figuresMarks = pgTable(
  'figures_marks',
  {
    merchantId: merchantKey().references(() => merchants.id),
    through: at('through').notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId] })],
);
