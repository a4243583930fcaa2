import type { DisputeRow } from '@/db/queries/disputes';
import type { Dispute } from '../contracts/disputes';

/** A dispute's row as the screens and the events tell it. */
export const disputeView = (row: DisputeRow): Dispute => ({
  id: row.id,
  object: 'dispute',
  paymentLink: row.paymentLinkId,
  paymentAttempt: row.paymentAttemptId,
  amountMinor: row.amountMinor,
  currency: row.currency,
  state: row.state,
  reason: row.reason,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});
