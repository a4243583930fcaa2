import type { BatchErrorRow, BatchRow } from '@/db/queries/payment-link-batches';
import type { BatchError, PaymentLinkBatch } from '../contracts/payment-link-batches';

/** A batch as the API tells it; null while nobody may know of it. */
export function batchView(row: BatchRow): PaymentLinkBatch | null {
  if (row.state === 'receiving') return null;
  return {
    id: row.id,
    object: 'payment_link_batch',
    status: row.state,
    onError: row.onError,
    format: row.format,
    rows: row.rows,
    checkedRows: row.checkedRows,
    issuedRows: row.issuedRows,
    refusedRows: row.refusedRows,
    createdBy: { kind: row.createdByKind, id: row.createdById, name: row.createdByName },
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

export const errorView = ({ row, path, message, code }: BatchErrorRow): BatchError => ({
  row,
  path,
  message,
  code,
});
