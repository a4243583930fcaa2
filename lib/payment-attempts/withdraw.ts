import { type Outcome, ok } from '@/core/outcome';
import { dbNow } from '@/db/clock';
import { findPaymentAttempt, moveAttempt } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { appendAttemptEvent } from './internal';

/**
 * The payer's page has lost its card form's answer: takes back an attempt that was not submitted yet, so that it never
 * will be. False when it was submitted before, and its outcome is to be waited for. Only then may "nothing was charged" be said.
 */
export async function withdrawPaymentAttempt(ctx: Ctx, id: string): Promise<Outcome<boolean>> {
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const attempt = await findPaymentAttempt(tx, key);
    const found = attempt && (await loadLink(ctx, tx, attempt.paymentLinkId, 'lock'));
    if (!found?.ok) return ok(false);
    const change = { reason: 'withdrawn', endedAt: dbNow };
    if (!(await moveAttempt(tx, key, ['created'], 'abandoned', change))) return ok(false);
    await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', id, 'withdrawn');
    await audit(ctx, tx, 'payment_attempt.withdraw', id);
    return ok(true);
  });
}
