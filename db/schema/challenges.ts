import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { CHANNELS } from '@/core/payment-link';
import { at, merchantKey, paymentLinkId } from './columns';
import { paymentLinks } from './payment-links';

/** What a payer must answer before a link shows what it is for, and how many answers are left. A passcode is not kept. */
export const challenges = pgTable(
  'challenges',
  {
    merchantId: merchantKey(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    /** As it is compared: letters and digits alone. Only of a challenge for a postcode. */
    postcode: text('postcode'),
    /** How passcodes go. Only of a challenge for one. */
    channel: text('channel', { enum: CHANNELS }),
    answersLeft: integer('answers_left').notNull(),
    passcodesLeft: integer('passcodes_left').notNull(),
    /** How many passcodes there were: only the last one is right. */
    passcodes: integer('passcodes').notNull().default(0),
    passcodeAt: at('passcode_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.paymentLinkId] }),
    foreignKey({
      name: 'challenges_link',
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }),
    check('challenges_left', sql`${t.answersLeft} >= 0 and ${t.passcodesLeft} >= 0`),
  ],
);
