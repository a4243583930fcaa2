import type { RefundRow } from '@/db/queries/refunds';
import type { Refund } from '../contracts/refunds';

/** A refund's row as the API, the screens and the events tell it. */
export const refundView = (row: RefundRow): Refund => ({
  id: row.id,
  object: 'refund',
  paymentLink: row.paymentLinkId,
  paymentAttempt: row.paymentAttemptId,
  amountMinor: row.amountMinor,
  currency: row.currency,
  state: row.state,
  reason: row.reason,
  failure: row.failure,
  createdBy: { kind: row.createdByKind, id: row.createdById, name: row.createdByName },
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});
