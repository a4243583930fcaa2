import * as z from 'zod';
import { BATCH_FORMATS, BATCH_LIMITS, BATCH_RULES, BATCH_STATUSES } from '@/core/payment-link-batch';
import { maker, paging, time } from './common';
import { createPaymentLinkInput } from './payment-links';

/** The query of POST /payment-link-batches. */
export const createBatchInput = z.strictObject({
  onError: z.enum(BATCH_RULES).default('list').meta({
    description: 'What wrong rows do. `list`: the others are issued. `refuse`: none is issued.',
  }),
});

/** The body of POST /payment-link-batches, as the document tells it: it is read row by row. */
export const batchRows = z.array(createPaymentLinkInput).min(1).max(BATCH_LIMITS.rows);

/** A batch as the API tells it. The counts say how far it is. */
export const paymentLinkBatch = z.strictObject({
  id: z.string(),
  object: z.literal('payment_link_batch'),
  status: z.enum(BATCH_STATUSES),
  onError: z.enum(BATCH_RULES),
  format: z.enum(BATCH_FORMATS),
  rows: z.int().meta({ description: 'All rows of the batch.' }),
  checkedRows: z.int().meta({ description: 'Rows that were checked.' }),
  issuedRows: z.int().meta({ description: 'Rows that are links.' }),
  refusedRows: z.int().meta({ description: 'Rows that are wrong.' }),
  createdBy: maker,
  createdAt: time,
  endedAt: time.nullable(),
});
export type PaymentLinkBatch = z.output<typeof paymentLinkBatch>;

/** One thing that is wrong with one row. */
export const batchError = z.strictObject({
  row: z.int().meta({ description: 'Counted from 1; the header of a CSV is not counted.' }),
  path: z.string().meta({ description: 'The field; empty where no field is to blame.' }),
  message: z.string(),
  code: z.string().meta({ description: 'What creating this link alone would have answered.' }),
});
export type BatchError = z.output<typeof batchError>;

/** GET /payment-link-batches/{id}/errors. */
export const listBatchErrorsInput = z.strictObject({
  limit: paging.limit,
  cursor: z
    .string()
    .regex(/^\d{1,6}-\d{1,4}$/, { error: 'is not one that this list gave' })
    .optional(),
});

/** What would become of a file: its columns, its first rows under them, and what is wrong, as far as it is told. */
export type BatchPreview = {
  rows: number;
  wrong: number;
  columns: string[];
  first: string[][];
  errors: BatchError[];
};
