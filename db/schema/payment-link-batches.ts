import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { BATCH_FORMATS, BATCH_RULES, BATCH_STATES } from '@/core/payment-link-batch';
import { at, merchantKey, paymentLinkBatchId } from './columns';
import { merchants } from './merchants';

/** Many links asked for at once, with who asked and how far it is. */
export const paymentLinkBatches = pgTable(
  'payment_link_batches',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: paymentLinkBatchId('id').notNull(),
    state: text('state', { enum: BATCH_STATES }).notNull().default('receiving'),
    onError: text('on_error', { enum: BATCH_RULES }).notNull(),
    format: text('format', { enum: BATCH_FORMATS }).notNull(),
    rows: integer('rows').notNull().default(0),
    checkedRows: integer('checked_rows').notNull().default(0),
    issuedRows: integer('issued_rows').notNull().default(0),
    refusedRows: integer('refused_rows').notNull().default(0),
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id'),
    createdByName: text('created_by_name').notNull(),
    address: text('address'),
    requestId: text('request_id').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('payment_link_batches_open')
      .on(t.merchantId, t.id)
      .where(sql`${t.state} in ('receiving', 'checking', 'issuing')`),
  ],
);

const ofBatch = { merchantId: merchantKey(), batchId: paymentLinkBatchId('batch_id').notNull() };

/** Rows of a batch that wait to be issued. A part is deleted in the transaction that issues its links. */
export const paymentLinkBatchParts = pgTable(
  'payment_link_batch_parts',
  {
    ...ofBatch,
    number: integer('number').notNull(),
    /** JSON: `[[row number, the row], …]`. */
    rows: text('rows').notNull(),
    checked: boolean('checked').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.batchId, t.number] }),
    foreignKey({
      columns: [t.merchantId, t.batchId],
      foreignColumns: [paymentLinkBatches.merchantId, paymentLinkBatches.id],
    }).onDelete('cascade'),
  ],
);

/** Rows of which no link was made, as JSON, to be mended and sent again. One with a card number in it is not kept. */
export const paymentLinkBatchRejects = pgTable(
  'payment_link_batch_rejects',
  {
    ...ofBatch,
    row: integer('row').notNull(),
    value: text('value').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.batchId, t.row] }),
    index('payment_link_batch_rejects_at').on(t.createdAt),
    foreignKey({
      columns: [t.merchantId, t.batchId],
      foreignColumns: [paymentLinkBatches.merchantId, paymentLinkBatches.id],
    }).onDelete('cascade'),
  ],
);

/** What is wrong with which row. `place` counts the errors of a row. */
export const paymentLinkBatchErrors = pgTable(
  'payment_link_batch_errors',
  {
    ...ofBatch,
    row: integer('row').notNull(),
    place: integer('place').notNull(),
    path: text('path').notNull(),
    message: text('message').notNull(),
    code: text('code').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.batchId, t.row, t.place] }),
    foreignKey({
      columns: [t.merchantId, t.batchId],
      foreignColumns: [paymentLinkBatches.merchantId, paymentLinkBatches.id],
    }).onDelete('cascade'),
  ],
);
