import { sql } from 'drizzle-orm';
import { pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { OPT_OUT_WAYS } from '@/core/opt-outs';
import { CHANNELS } from '@/core/payment-link';
import { at, merchantKey, typeId } from './columns';
import { merchants } from './merchants';

/** A number or mailbox whose owner wants no more messages of a merchant, or did once; it holds until `liftedAt`. */
export const optOuts = pgTable(
  'opt_outs',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: typeId('optOut')('id').notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    /** As `optOutAddress` spells it. */
    address: text('address').notNull(),
    how: text('how', { enum: OPT_OUT_WAYS }).notNull(),
    /** Who of staff noted it. */
    byName: text('by_name'),
    at: at('at').notNull().default(sql`cf_now()`),
    /** When the newest STOP or START was written, by the carrier's clock: one that comes late undoes nothing. */
    saidAt: at('said_at'),
    liftedAt: at('lifted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('opt_outs_address').on(t.merchantId, t.channel, t.address),
  ],
);
