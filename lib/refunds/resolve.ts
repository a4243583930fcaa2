import { type Outcome, ok } from '@/core/outcome';
import { OPEN_REFUND_STATES, type RefundResult, type RefundState, SAME_KEY_SECONDS } from '@/core/refund';
import { OPERATOR_AFTER_SECONDS, readDelaySeconds } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { findPaymentAttempt } from '@/db/queries/payment-attempts';
import {
  countRefundRead,
  findRefund,
  flagRefund,
  type RefundRow,
  refundAgeSeconds,
} from '@/db/queries/refunds';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { attemptGateway } from '../payment-attempts/gateway';
import { loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { applyRefundResult } from './apply';
import { scheduleRefund } from './internal';

const isOpen = (state: RefundState): boolean => OPEN_REFUND_STATES.some((open) => open === state);

/**
 * Asks the gateway for a refund, or, once it was asked, what became of it, and applies the answer. It is asked again only
 * under the same key and within 23 hours. While the outcome is open the next question is scheduled; after a day it has
 * failed where the gateway knows of no such refund, and else an operator is told. Returns the state the refund is in.
 */
export async function resolveRefund(ctx: Ctx, id: string): Promise<Outcome<RefundState | null>> {
  const refund = await findRefund(executor(ctx), { merchantId: ctx.merchantId, id });
  if (!refund || !isOpen(refund.state)) return ok(refund?.state ?? null);
  const answer = await askGateway(ctx, refund);
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, refund.paymentLinkId, 'lock');
    const now = await findRefund(tx, { merchantId: ctx.merchantId, id });
    if (!found.ok || !now || !isOpen(now.state)) return ok(now?.state ?? null);
    if (answer === 'mismatch') await tellMismatch(ctx, tx, now);
    const decided = answer !== null && answer !== 'mismatch';
    const state = decided ? await applyRefundResult(ctx, tx, found.value, now, answer) : now.state;
    if (isOpen(state)) await askAgain(ctx, tx, now);
    return ok(state);
  });
}

const tellMismatch = (ctx: Ctx, tx: Executor, refund: RefundRow): Promise<void> =>
  raiseAlert(ctx, tx, {
    kind: 'mismatch',
    subject: refund.id,
    paymentLinkId: refund.paymentLinkId,
    message: 'The gateway holds a refund under our reference, but for another amount, currency or payment.',
  });

async function askAgain(ctx: Ctx, tx: Executor, refund: RefundRow): Promise<void> {
  const key = { merchantId: ctx.merchantId, id: refund.id };
  const { reads, ageSeconds } = await countRefundRead(tx, key);
  await scheduleRefund(tx, refund, readDelaySeconds(reads));
  if (ageSeconds < OPERATOR_AFTER_SECONDS || !(await flagRefund(tx, key))) return;
  await raiseAlert(ctx, tx, {
    kind: 'unknown_refund',
    subject: refund.id,
    paymentLinkId: refund.paymentLinkId,
    message:
      'For a day the gateway has not said what became of a refund. Look it up there by its id; do not refund again.',
  });
}

/** An hour after the last moment at which it might have been asked. */
const NEVER_ARRIVED = { kind: 'failed', reason: 'never_reached_the_gateway' } as const;

/** What the gateway says of the refund; null while that decides nothing. One that it once knew is never asked for again. */
async function askGateway(ctx: Ctx, refund: RefundRow): Promise<RefundResult | 'mismatch' | null> {
  const tx = executor(ctx);
  const { merchantId } = ctx;
  const attempt = await findPaymentAttempt(tx, { merchantId, id: refund.paymentAttemptId });
  const gateway = attempt && (await attemptGateway(ctx, attempt));
  if (!attempt?.gatewayReference || !gateway) return null;
  const { id: reference, amountMinor, currency, gatewayReference } = refund;
  const order = { reference, gatewayReference, payment: attempt.gatewayReference, amountMinor, currency };
  const neverAsked = refund.state === 'pending' && gatewayReference === null && refund.reads === 0;
  const readAge = () => refundAgeSeconds(tx, { merchantId, id: reference });
  if (neverAsked && (await readAge()) < SAME_KEY_SECONDS) return gateway.refund(order);
  const read = await gateway.readRefund(order);
  if (read.kind === 'found') return read.result;
  if (read.kind === 'mismatch') return 'mismatch';
  if (read.kind === 'not_found') {
    if (gatewayReference !== null) return null;
    const ageSeconds = await readAge();
    if (ageSeconds < SAME_KEY_SECONDS) return gateway.refund(order);
    return ageSeconds < OPERATOR_AFTER_SECONDS ? null : NEVER_ARRIVED;
  }
  ctx.log.warn('refund_read_failed', { subject: reference, code: read.kind, error: read.reason });
  return null;
}
