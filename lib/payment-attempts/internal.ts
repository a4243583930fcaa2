import type { EventType } from '@/core/events';
import { type AttemptState, DECIDABLE_STATES, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { OPERATOR_AFTER_SECONDS } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';
import { findPaymentAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { appendEvent } from '../events/append';
import { followLink } from '../payment-sessions/follow';
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
  const view = paymentAttemptView(attempt);
  const link = await appendEvent(ctx, tx, {
    type,
    paymentLinkId: attempt.paymentLinkId,
    attempt: view,
    data: () => view,
    ...(detail !== undefined && { detail }),
  });
  await followLink(ctx, tx, link, { type, attempt });
}

/** Money that must not be taken goes back at the gateway: voided where it is held, refunded where that was decided. */
export const scheduleReversal = (
  tx: Executor,
  attempt: { merchantId: number; id: string },
  delaySeconds = 0,
) =>
  addJob(
    tx,
    'reverse_attempt',
    { merchantId: attempt.merchantId, attempt: attempt.id },
    { delaySeconds, key: `reverse:${attempt.id}` },
  );

/** The gateway's reference of the refund that gives back money which was never entered here. */
export const reversalReference = (attempt: string): string => `${attempt}_reversal`;

/** The reason of an unknown attempt whose charge was answered for something else than was asked. */
export const MISMATCH = 'mismatch';

/** The reason of an attempt whose bank check was stopped from another window of the payer's page. */
export const TAKEN_OVER = 'taken_over';

/** Until the gateway tells of a hold's end it is read this often. */
export const HOLD_READ_SECONDS = 6 * 3600;

export const isOpen = (state: AttemptState): boolean => OPEN_ATTEMPT_STATES.some((open) => open === state);

export const isDecidable = ({ state }: Pick<PaymentAttemptRow, 'state'>): boolean =>
  DECIDABLE_STATES.some((one) => one === state);

/** The gateway has not told of it for a day: a person may decide. `now` is the database's. */
export const waitsForPerson = (attempt: PaymentAttemptRow, now: Date): boolean =>
  isDecidable(attempt) &&
  attempt.submittedAt !== null &&
  now.getTime() - attempt.submittedAt.getTime() >= OPERATOR_AFTER_SECONDS * 1000;

export const expectedOf = ({ id, amountMinor, currency }: PaymentAttemptRow) => ({
  reference: id,
  amountMinor,
  currency,
});

export const readJob = (attempt: string): string => `resolve:${attempt}`;

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
    { delaySeconds, key: readJob(attempt.id) },
  );
