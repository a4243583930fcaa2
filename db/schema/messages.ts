import { sql } from 'drizzle-orm';
import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { CHANNELS } from '@/core/payment-link';
import { MESSAGE_STATES, MESSAGE_TEMPLATES } from '@/core/retry-schedule';
import { at, merchantKey, messageId, paymentLinkId } from './columns';
import { paymentLinks } from './payment-links';

/** One SMS or e-mail to a customer and what became of it. The text is made when it is sent: it holds the address. */
export const messages = pgTable(
  'messages',
  {
    merchantId: merchantKey(),
    id: messageId('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    recipient: text('recipient').notNull(),
    template: text('template', { enum: MESSAGE_TEMPLATES }).notNull(),
    state: text('state', { enum: MESSAGE_STATES }).notNull().default('queued'),
    reason: text('reason'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    sentAt: at('sent_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }),
    index('messages_link').on(t.merchantId, t.paymentLinkId, t.id),
    index('messages_id').on(t.id),
    index('messages_failed').on(t.merchantId, t.endedAt).where(sql`${t.state} in ('undelivered', 'bounced')`),
  ],
);
