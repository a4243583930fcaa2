import { type Outcome, ok, refuse } from '@/core/outcome';
import { isSettled, statusOf } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { findOpenAttempt } from '@/db/queries/payment-attempts';
import { changePaymentLink } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { scheduleReversal } from '../payment-attempts/internal';
import { transact } from '../transact';
import { abandonTickets, appendLinkEvent, loadLink } from './internal';
import { paymentLinkView } from './view';

/**
 * Takes a link back at once, also while it is being paid: no try begins any more. One that was submitted runs to its
 * truth, and money it brings is flagged as late. A canceled link stays canceled; a paid or expired one is refused.
 */
export async function cancelPaymentLink(ctx: Ctx, id: string): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:cancel');
  return allowed.ok ? takeBack(ctx, id) : allowed;
}

/** The same as one of many, of which nobody looks at each: one that is being paid is left, and one that is canceled is told. */
export async function cancelIdleLink(ctx: Ctx, id: string, why: Why): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:cancel');
  return allowed.ok ? takeBack(ctx, id, why) : allowed;
}
type Why = { reason: string; bulkAct: string };

/** The same as a part of another act, whose verb has asked who may. */
export const takeBack = (ctx: Ctx, id: string, why?: Why): Promise<Outcome<PaymentLink>> =>
  transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    const status = statusOf(link);
    if (why && (status === 'processing' || (await findOpenAttempt(tx, ctx.merchantId, id))))
      return refuse('being_paid', 'This link is being paid right now. Look at it, and cancel it there.');
    if (why && status === 'canceled') return refuse('link_canceled', 'This link was canceled before.');
    if (isSettled(link)) return refuse('link_paid', 'This link is paid. It can be refunded, not canceled.');
    if (link.access === 'canceled') return ok(paymentLinkView(ctx.config, link, token));
    if (link.access === 'expired' || status === 'expired')
      return refuse('link_expired', 'This link has expired. There is nothing to cancel.');
    await abandonTickets(ctx, tx, id);
    const key = { merchantId: ctx.merchantId, id };
    const changed = await changePaymentLink(tx, key, [link.access], {
      access: 'canceled',
      canceledAt: dbNow,
    });
    if (!changed) return refuse('conflict', 'The link has just changed. Look again.');
    const canceled = { link: changed, token };
    const view = await appendLinkEvent(ctx, tx, 'payment_link.canceled', canceled, { previous: { status } });
    await stopPayment(ctx, tx, id);
    await audit(ctx, tx, 'payment_link.cancel', id, why);
    return ok(view);
  });

/** What waits for the bank, or is only held, is taken back at the gateway. What was sent is left to its truth. */
async function stopPayment(ctx: Ctx, tx: Executor, id: string): Promise<void> {
  const attempt = await findOpenAttempt(tx, ctx.merchantId, id);
  if (attempt?.state === 'requires_action' || attempt?.state === 'authorized')
    await scheduleReversal(tx, attempt);
}
