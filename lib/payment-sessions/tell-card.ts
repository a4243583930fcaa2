import { type Outcome, ok } from '@/core/outcome';
import { findPaymentAttempt } from '@/db/queries/payment-attempts';
import { changePaymentSession, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { Ctx } from '../context';
import type { LineAnswer } from '../keypad-calls';
import { withdrawPaymentAttempt } from '../payment-attempts/withdraw';
import { executor } from '../transact';
import { moveSession, onSession } from './internal';
import type { Went } from './secure';
import { isAtCall } from './steps';

/** What is left to be asked of the card process: a field, or that the card is charged. Asked twice, the second is refused there. */
export async function tellCard(ctx: Ctx, session: PaymentSessionRow): Promise<Went> {
  const { keypad } = ctx;
  const { captureId, captureCallback, captureOrder: order, activeField, pendingAct } = session;
  if (!keypad) return 'wait';
  if (!captureId || !captureCallback) {
    await loseCapture(ctx, session.id);
    return 'on';
  }
  const about = { capture: captureId, order };
  let answer: LineAnswer = { kind: 'lost' };
  if (pendingAct === 'submit') {
    const ticket = await ticketOf(ctx, session);
    if (ticket) answer = await keypad.submit(captureCallback, { ...about, ticket });
  } else if (activeField) {
    answer = await keypad.field(captureCallback, { ...about, field: activeField });
  }
  if (answer.kind === 'lost') return 'wait';
  // 409: this order was heard before, by another process that asked the same.
  if (answer.kind === 'refused' && answer.status !== 409) {
    await loseCapture(ctx, session.id);
    return 'on';
  }
  await onSession(ctx, session.id, async (tx, held) => {
    if (held.session.captureOrder === order && held.session.pendingAct === pendingAct)
      await changePaymentSession(tx, held.session, [held.session.state], { pendingAct: null });
    return ok(true);
  });
  return 'on';
}

/** The right to submit this session's attempt once, as the card form carries it. Null where it was submitted already. */
async function ticketOf(ctx: Ctx, { attemptId, paymentLinkId }: PaymentSessionRow): Promise<string | null> {
  const key = attemptId && { merchantId: ctx.merchantId, id: attemptId };
  const attempt = key ? await findPaymentAttempt(executor(ctx), key) : undefined;
  if (attempt?.state !== 'created' || !ctx.signTicket) return null;
  return ctx.signTicket({
    v: 1,
    attempt: attempt.id,
    paymentLink: paymentLinkId,
    amountMinor: attempt.amountMinor,
    currency: attempt.currency,
    channel: 'moto',
    parent: ctx.config.portalUrl,
  });
}

/**
 * The card process no longer holds what was keyed. An attempt that was not submitted never will be, and the session ends with it;
 * one that was is left to its truth, which ends the session when it is known.
 */
export async function loseCapture(ctx: Ctx, id: string, reason = 'capture_lost'): Promise<Outcome<unknown>> {
  const attempt = await onSession(ctx, id, async (tx, { session }) => {
    if (!isAtCall(session)) return ok(null);
    if (session.state === 'submitting') {
      await changePaymentSession(tx, session, ['submitting'], { reason });
      return ok(session.attemptId);
    }
    await moveSession(ctx, tx, session, ['securing', 'capturing', 'ready'], 'failed', { reason });
    return ok(null);
  });
  if (!attempt.ok || attempt.value === null) return attempt;
  return withdrawPaymentAttempt(ctx, attempt.value);
}
