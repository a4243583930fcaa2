import type { ResultAnswer, ResultCall } from '@/core/card-ticket';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { findPaymentAttempt } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { applyResult } from './apply';

/** The card process tells what the gateway answered. Told again it changes nothing and answers the same. */
export async function recordAttemptResult(ctx: Ctx, call: ResultCall): Promise<Outcome<ResultAnswer>> {
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id: call.attempt };
    const before = await findPaymentAttempt(tx, key);
    const found = before && (await loadLink(ctx, tx, before.paymentLinkId, 'lock'));
    const attempt = found?.ok && (await findPaymentAttempt(tx, key));
    if (!attempt || !found?.ok) return refuse('not_found', 'There is no such payment attempt.');
    if (call.amountMinor !== attempt.amountMinor || call.currency !== attempt.currency)
      return refuse('conflict', 'The amount is not the one that was agreed.');
    if (attempt.state === 'created') return refuse('conflict', 'This payment was never submitted.');
    const state = await applyResult(ctx, tx, found.value, attempt, call.result);
    await audit(ctx, tx, 'payment_attempt.result', attempt.id, { state });
    return ok({ attempt: attempt.id, state });
  });
}
