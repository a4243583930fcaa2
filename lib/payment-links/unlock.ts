import { type Outcome, ok, refuse } from '@/core/outcome';
import { LINK_ACCESS, statusOf } from '@/core/payment-link';
import { dbNow } from '@/db/clock';
import { findChallenge, renewChallenge } from '@/db/queries/challenges';
import { changePaymentLink } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { appendLinkEvent, fieldsBefore, isShut, loadLink } from './internal';
import { paymentLinkView } from './view';

/** Lifts the lock after too many tries or wrong answers: they start anew. One that was lifted already stays so; what was never locked is refused. */
export async function unlockPaymentLink(ctx: Ctx, id: string): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:renew');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    const status = statusOf(link);
    if (status === 'expired')
      return refuse('link_expired', 'This link has expired. Issue it anew: that lifts the lock too.');
    const challenge = await findChallenge(tx, link);
    const shut = isShut(link, challenge);
    if (!shut && link.access === 'active' && link.unlockedAt)
      return ok(paymentLinkView(ctx.config, link, token));
    if (!shut && status !== 'locked') return refuse('link_not_locked', 'This link is not locked.');
    await renewChallenge(tx, link);
    const changed = await changePaymentLink(tx, { merchantId: ctx.merchantId, id }, LINK_ACCESS, {
      ...(link.access === 'locked' && { access: 'active' as const }),
      unlockedAt: dbNow,
    });
    if (!changed) return refuse('conflict', 'The link has just changed. Look again.');
    const after = { link: changed, token };
    const previous = fieldsBefore(ctx, found.value, after);
    const view = await appendLinkEvent(ctx, tx, 'payment_link.unlocked', after, { previous });
    await audit(ctx, tx, 'payment_link.unlock', id);
    return ok(view);
  });
}
