import type { EventType } from '@/core/events';
import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { RefundRow } from '@/db/queries/refunds';
import type { Ctx } from '../context';
import { appendEvent } from '../events/append';
import { refundView } from './view';

/** Writes an event about a refund as it stands. */
export const appendRefundEvent = (
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  refund: RefundRow,
  previous: Record<string, unknown> = {},
) =>
  appendEvent(ctx, tx, {
    type,
    paymentLinkId: refund.paymentLinkId,
    data: () => refundView(refund),
    previous,
    ...(refund.failure !== null && { detail: refund.failure }),
  });

export const refundJob = (refund: string): string => `refund:${refund}`;

/** One job per refund asks the gateway until the outcome is known. */
export const scheduleRefund = (
  tx: Executor,
  refund: { merchantId: number; id: string },
  delaySeconds: number,
): Promise<void> =>
  addJob(
    tx,
    'resolve_refund',
    { merchantId: refund.merchantId, refund: refund.id },
    { delaySeconds, key: refundJob(refund.id) },
  );

/** What of an attempt may still be given back, in minor units. */
export const roomOf = (attempt: PaymentAttemptRow): number =>
  attempt.capturedMinor - attempt.refundedMinor - attempt.refundingMinor - attempt.disputedMinor;
