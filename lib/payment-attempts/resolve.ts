import { type Outcome, ok } from '@/core/outcome';
import type { AttemptState } from '@/core/payment-attempt';
import { OPERATOR_AFTER_SECONDS, readDelaySeconds } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import {
  countRead,
  findPaymentAttempt,
  flagAttempt,
  type PaymentAttemptRow,
  takePayerRead,
} from '@/db/queries/payment-attempts';
import { findPaymentLink } from '@/db/queries/payment-links';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { quarantineAnswer } from '../gateway-notifications/quarantine';
import { type LinkAndToken, loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { applyResult } from './apply';
import { askGateway, type Learned } from './ask';
import { followDecision } from './follow';
import { attemptGateway } from './gateway';
import { HOLD_READ_SECONDS, isOpen, scheduleRead } from './internal';

/**
 * Reads the gateway for an attempt whose outcome is open and applies what it finds; never charges. What the gateway has
 * never seen is closed only after the last moment it could have been sent, behind a fence, and when a second read agrees.
 * While the outcome stays open the next read is scheduled; after a day an operator is told, and it stays open. Returns the
 * state the attempt is in.
 */
export async function resolveAttempt(ctx: Ctx, id: string): Promise<Outcome<AttemptState | null>> {
  const key = { merchantId: ctx.merchantId, id };
  const attempt = await findPaymentAttempt(executor(ctx), key);
  if (attempt?.decidedAs && attempt.decisionToldAt === null && ctx.actor.kind !== 'payer')
    return followDecision(ctx, attempt);
  if (!attempt || !isOpen(attempt.state)) return ok(attempt?.state ?? null);
  if (ctx.actor.kind === 'payer' && !(await takeTurn(ctx, key)))
    return ok((await findPaymentAttempt(executor(ctx), key))?.state ?? null);
  return (await readAndApply(ctx, attempt)).state;
}

/** One reading of the gateway: what it told, and the state that the attempt is in after it was applied. */
export async function readAndApply(
  ctx: Ctx,
  attempt: PaymentAttemptRow,
): Promise<{ learned: Learned; state: Outcome<AttemptState | null> }> {
  const learned = await learn(ctx, attempt);
  return { learned, state: await applyLearned(ctx, attempt, learned) };
}

export function applyLearned(
  ctx: Ctx,
  attempt: PaymentAttemptRow,
  learned: Learned,
): Promise<Outcome<AttemptState | null>> {
  const key = { merchantId: ctx.merchantId, id: attempt.id };
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, attempt.paymentLinkId, 'lock');
    const now = await findPaymentAttempt(tx, key);
    if (!found.ok || !now || !isOpen(now.state)) return ok(now?.state ?? null);
    await tellMismatch(ctx, tx, found.value, now, learned);
    const state = learned.result ? await applyResult(ctx, tx, found.value, now, learned.result) : now.state;
    if (!isOpen(state)) return ok(state);
    // A payer may ask as often as they like: that must not put off our own next read.
    const reads = ctx.actor.kind === 'payer' ? now.reads : await countRead(tx, key);
    const rests = state === 'authorized' && learned.unreachable === undefined;
    await scheduleRead(tx, now, rests ? HOLD_READ_SECONDS : readDelaySeconds(Math.max(1, reads)));
    await tellOperator(ctx, tx, found.value, now, state);
    return ok(state);
  });
}

/** Whoever asks too soon waits a second and tries once more; by then the gateway may have been read for another page. */
export async function takeTurn(ctx: Ctx, key: { merchantId: number; id: string }): Promise<boolean> {
  if (await takePayerRead(executor(ctx), key)) return true;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return takePayerRead(executor(ctx), key);
}

async function learn(ctx: Ctx, attempt: PaymentAttemptRow): Promise<Learned> {
  const key = { merchantId: ctx.merchantId, id: attempt.paymentLinkId };
  const link = await findPaymentLink(executor(ctx), key);
  const gateway = link && (await attemptGateway(ctx, attempt));
  if (!gateway) return { result: null };
  const learned = await askGateway(gateway, attempt, link);
  if (learned.unreachable !== undefined)
    ctx.log.warn('attempt_read_failed', { paymentAttempt: attempt.id, error: learned.unreachable });
  return learned;
}

/** What does not fit is set aside; where money of it was taken, an operator must decide at once. */
async function tellMismatch(
  ctx: Ctx,
  tx: Executor,
  { link }: LinkAndToken,
  attempt: PaymentAttemptRow,
  { mismatch }: Learned,
): Promise<void> {
  if (!mismatch) return;
  await quarantineAnswer(ctx, tx, attempt, link.profileId, 'read', mismatch.reason);
  if (mismatch.taken) await flagAttempt(tx, { merchantId: ctx.merchantId, id: attempt.id });
}

/** Time alone never closes an attempt: after a day somebody must look. */
async function tellOperator(
  ctx: Ctx,
  tx: Executor,
  { link }: LinkAndToken,
  attempt: PaymentAttemptRow,
  state: AttemptState,
): Promise<void> {
  const ageMs = link.now.getTime() - (attempt.submittedAt?.getTime() ?? link.now.getTime());
  if (state === 'authorized' || ageMs < OPERATOR_AFTER_SECONDS * 1000) return;
  if (!(await flagAttempt(tx, { merchantId: ctx.merchantId, id: attempt.id }))) return;
  await raiseAlert(ctx, tx, {
    kind: 'unknown_attempt',
    subject: attempt.id,
    paymentLinkId: link.id,
    message:
      'For a day the gateway has not said what became of a payment. Look it up there by its id; do not charge again.',
  });
}
