import * as z from 'zod';
import { pageOf } from '../common';
import { exportPaymentLinksInput } from '../link-lists';
import {
  batchError,
  batchRows,
  createBatchInput,
  listBatchErrorsInput,
  paymentLinkBatch,
} from '../payment-link-batches';
import * as shown from './examples';
import type { Operation } from './operation';

export const batchErrorPage = pageOf(batchError);

const tag = 'Batches';
const read = { ids: 'paymentLinkBatch', method: 'GET', scope: 'payment_links:read', tag } as const;

export const BATCH_OPERATIONS: readonly Operation[] = [
  {
    id: 'createPaymentLinkBatch',
    method: 'POST',
    path: '/payment-link-batches',
    tag,
    summary: 'Issue many payment links',
    description:
      'A JSON array of what creating one link takes, or CSV with a header of the same names, dotted (`customer.email`, `metadata.shelf`); columns `row` and `error` are not read. Up to 100,000 rows and 64 MB, read as they come. Rows follow the rules of creating one link; those that are wrong are listed. `onError=refuse` issues none unless all are right. Links are issued after the answer: read how far it is.',
    scope: 'payment_links:create',
    query: createBatchInput,
    body: { schema: batchRows, csv: shown.batchCsv },
    answer: { status: 202, schema: paymentLinkBatch, description: 'The batch, on its way.' },
    example: { request: shown.batchRequest, response: shown.batch },
  },
  {
    ...read,
    id: 'readPaymentLinkBatch',
    path: '/payment-link-batches/{id}',
    summary: 'Read a batch and how far it is',
    description: 'At its end once the status is `completed`, or `refused` where nothing was issued.',
    answer: { status: 200, schema: paymentLinkBatch, description: 'The batch.' },
    example: {
      response: {
        ...shown.batch,
        ...{ status: 'completed', checkedRows: 2, issuedRows: 1, refusedRows: 1 },
        endedAt: '2026-11-24T11:00:00.410Z',
      },
    },
  },
  {
    ...read,
    id: 'listBatchErrors',
    path: '/payment-link-batches/{id}/errors',
    summary: 'List what is wrong with the rows of a batch',
    description: 'In the order of the rows, at most twenty of one row. A page costs the same at any depth.',
    query: listBatchErrorsInput,
    answer: { status: 200, schema: batchErrorPage, description: 'A page of errors.' },
    example: { response: shown.pageWith(shown.batchError) },
  },
  {
    id: 'exportPaymentLinks',
    method: 'GET',
    path: '/exports/payment-links.csv',
    tag,
    summary: 'Export payment links as CSV',
    description:
      "With the filters of the list, newest first, as a stream. RFC 4180 in UTF-8 with a header; a text that a spreadsheet would run as a formula has a `'` before it.",
    scope: 'payment_links:read',
    query: exportPaymentLinksInput,
    answer: { status: 200, schema: z.string(), mediaType: 'text/csv', description: 'The links.' },
    example: { response: shown.exported },
  },
];
