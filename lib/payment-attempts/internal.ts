import type { EventType } from '@/core/events';
import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';
import { findPaymentAttempt } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { appendEvent } from '../events/append';
import { paymentAttemptView } from './view';

/** Writes an event about an attempt, which must stand in its new state already. */
export async function appendAttemptEvent(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  id: string,
  detail?: string,
): Promise<void> {
  const attempt = await findPaymentAttempt(tx, { merchantId: ctx.merchantId, id });
  if (!attempt) throw new Error('an attempt event needs its attempt');
  await appendEvent(ctx, tx, {
    type,
    paymentLinkId: attempt.paymentLinkId,
    data: () => paymentAttemptView(attempt),
    ...(detail !== undefined && { detail }),
  });
}

/** One job per attempt reads the gateway until the outcome is known. */
export const scheduleRead = (
  tx: Executor,
  attempt: { merchantId: number; id: string },
  delaySeconds: number,
) =>
  addJob(
    tx,
    'resolve_attempt',
    { merchantId: attempt.merchantId, attempt: attempt.id },
    { delaySeconds, key: `resolve:${attempt.id}` },
  );
