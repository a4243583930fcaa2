import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { giveBack, listAttempts, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { insertRefund } from '@/db/queries/refunds';
import { authorizeVerified } from '../authorize';
import { actorId, actorName, type Ctx } from '../context';
import type { PaymentAttempt } from '../contracts/payment-links';
import { createRefundInput, type Refund } from '../contracts/refunds';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { scheduleReversal } from '../payment-attempts/internal';
import { paymentAttemptView } from '../payment-attempts/view';
import { loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { appendRefundEvent, roomOf, scheduleRefund } from './internal';
import { refundView } from './view';

/**
 * Gives money back, all that is left or `amountMinor` of it. The refund is committed as `pending`, together with the job
 * that asks the gateway under the refund's id: nothing is asked before that commit, and no crash asks twice. Money that is
 * only held is voided, whole; the answer is then the payment attempt. A person needs a fresh proof of who they are.
 */
export async function createRefund(ctx: Ctx, raw: unknown): Promise<Outcome<Refund | PaymentAttempt>> {
  const allowed = authorizeVerified(ctx, 'refunds:create');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createRefundInput, raw, ['paymentLink', 'paymentAttempt']);
  if (!parsed.ok) return parsed;
  const { paymentLink, paymentAttempt, amountMinor, reason } = parsed.value;
  return transact(ctx, async (tx): Promise<Outcome<Refund | PaymentAttempt>> => {
    const found = await loadLink(ctx, tx, paymentLink, 'lock');
    if (!found.ok) return found;
    const chosen = choose(await listAttempts(tx, ctx.merchantId, paymentLink), paymentAttempt);
    if (!chosen.ok) return chosen;
    const attempt = chosen.value;
    if (attempt.state === 'authorized') return releaseHold(ctx, tx, attempt, amountMinor);
    const left = roomOf(attempt);
    const amount = amountMinor ?? left;
    if (left <= 0) return refuse('nothing_to_refund', 'Nothing is left of this payment to refund.');
    if (amount > left)
      return refuse('refund_too_large', `Only ${left} is left to refund.`, {
        errors: [{ path: 'amountMinor', message: `is at most ${left}` }],
      });
    return begin(ctx, tx, attempt, amount, reason ?? null);
  });
}

/** The payment that is meant: the one named, or the only one there is. */
function choose(all: PaymentAttemptRow[], named: string | undefined): Outcome<PaymentAttemptRow> {
  const withMoney = all.filter(({ state }) => state === 'succeeded' || state === 'authorized');
  if (named !== undefined) {
    const attempt = withMoney.find(({ id }) => id === named);
    if (attempt) return ok(attempt);
    return all.some(({ id }) => id === named)
      ? refuse('nothing_to_refund', 'This attempt holds no money.')
      : refuse('not_found', 'There is no such payment attempt on this link.');
  }
  const [only, another] = withMoney;
  if (!only) return refuse('nothing_to_refund', 'Nothing was paid on this link.');
  if (!another) return ok(only);
  return refuse('attempt_required', 'This link was paid in several parts. Name the payment attempt.', {
    errors: [{ path: 'paymentAttempt', message: 'is needed: the link has several payments' }],
  });
}

async function begin(
  ctx: Ctx,
  tx: Executor,
  attempt: PaymentAttemptRow,
  amountMinor: number,
  reason: string | null,
): Promise<Outcome<Refund>> {
  const { merchantId, actor } = ctx;
  const key = { merchantId, id: attempt.id };
  if (!(await giveBack(tx, key, { refundingMinor: amountMinor })))
    return refuse('conflict', 'This payment has just changed. Look again.');
  const refund = await insertRefund(tx, {
    merchantId,
    id: newId('refund'),
    paymentLinkId: attempt.paymentLinkId,
    paymentAttemptId: attempt.id,
    amountMinor,
    currency: attempt.currency,
    reason,
    createdByKind: actor.kind,
    createdById: actorId(actor),
    createdByName: actorName(actor),
  });
  if (!refund) throw new Error('the new refund is not there');
  await appendRefundEvent(ctx, tx, 'refund.created', refund);
  await audit(ctx, tx, 'refund.create', refund.id, { amountMinor, currency: refund.currency });
  await scheduleRefund(tx, refund, 0);
  return ok(refundView(refund));
}

/** Held, not taken: the hold goes back whole, by a job, as a void. */
async function releaseHold(
  ctx: Ctx,
  tx: Executor,
  attempt: PaymentAttemptRow,
  amountMinor: number | undefined,
): Promise<Outcome<PaymentAttempt>> {
  if (amountMinor !== undefined && amountMinor !== attempt.amountMinor)
    return refuse('amount_not_allowed', 'Money that is only held can be given back whole, not in part.');
  await audit(ctx, tx, 'payment_attempt.void', attempt.id);
  await scheduleReversal(tx, attempt);
  return ok(paymentAttemptView(attempt));
}
