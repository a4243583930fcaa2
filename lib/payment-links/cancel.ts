import { type Outcome, ok, refuse } from '@/core/outcome';
import { statusOf } from '@/core/payment-link';
import { dbNow } from '@/db/clock';
import { abandonCreated } from '@/db/queries/payment-attempts';
import { changePaymentLink } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { appendAttemptEvent } from '../payment-attempts/internal';
import { transact } from '../transact';
import { appendLinkEvent, loadLink } from './internal';
import { paymentLinkView } from './view';

/** Cancels a link that nobody has paid. A canceled one stays canceled; a paid one, or one being paid, is refused. */
export async function cancelPaymentLink(ctx: Ctx, id: string): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:cancel');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    const status = statusOf(link);
    if (link.access === 'canceled' && link.capturedMinor === 0)
      return ok(paymentLinkView(ctx.config, link, token));
    if (link.capturedMinor > 0)
      return refuse('link_paid', 'This link is paid. It can be refunded, not canceled.');
    if (status === 'processing')
      return refuse('being_paid', 'Somebody is paying this link right now. Try again when that has ended.');
    if (link.access === 'expired')
      return refuse('link_expired', 'This link has expired. There is nothing to cancel.');
    for (const attempt of await abandonCreated(tx, ctx.merchantId, id))
      await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', attempt);
    const changed = await changePaymentLink(tx, { merchantId: ctx.merchantId, id }, [link.access], {
      access: 'canceled',
      canceledAt: dbNow,
    });
    if (!changed) return refuse('conflict', 'The link has just changed. Look again.');
    const view = await appendLinkEvent(
      ctx,
      tx,
      'payment_link.canceled',
      { link: changed, token },
      { previous: { status } },
    );
    await audit(ctx, tx, 'payment_link.cancel', id);
    return ok(view);
  });
}
