import type { CardTicket } from '@/core/card-ticket';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import { TICKET_SECONDS } from '@/core/payment-attempt';
import { statusOf } from '@/core/payment-link';
import { listProfiles } from '@/db/queries/merchants';
import { abandonCreated, insertPaymentAttempt } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { appendAttemptEvent } from './internal';

/** Why a link cannot be paid now, or null. In order of precedence: money, a payment under way, then access. */
export function notPayable(link: PaymentLinkRow): AppError | null {
  switch (statusOf(link)) {
    case 'active':
    case 'partially_paid':
      return null;
    case 'paid':
    case 'partially_refunded':
    case 'refunded':
      return { code: 'link_already_paid', message: 'This request is already paid.' };
    case 'processing':
      return { code: 'being_paid', message: 'This request is being paid elsewhere right now.' };
    case 'expired':
      return { code: 'link_expired', message: 'This request has expired.' };
    case 'canceled':
      return { code: 'link_canceled', message: 'This request was canceled.' };
    case 'locked':
      return { code: 'link_locked', message: 'This request is paused after too many tries.' };
    case 'draft':
      return { code: 'link_not_payable', message: 'This request is not open yet.' };
  }
}

/**
 * The payer pressed Pay: begins an attempt and returns what its ticket says (two minutes, for this parent origin).
 * Holds no lock yet; an earlier attempt that was never submitted is abandoned.
 */
export async function startPaymentAttempt(ctx: Ctx, paymentLinkId: string): Promise<Outcome<CardTicket>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, paymentLinkId, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const reason = notPayable(link);
    if (reason) return refuse(reason.code, reason.message);
    const { merchantId } = ctx;
    const profile = (await listProfiles(tx, merchantId)).find((one) => one.id === link.profileId);
    if (!profile) return refuse('link_not_payable', 'Payments for this request are switched off.');
    for (const old of await abandonCreated(tx, merchantId, link.id))
      await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', old);
    const id = newId('paymentAttempt');
    const amountMinor = link.amountMinor - link.capturedMinor;
    await insertPaymentAttempt(tx, {
      merchantId,
      id,
      paymentLinkId: link.id,
      state: 'created',
      amountMinor,
      currency: link.currency,
      channel: 'ecommerce',
      gateway: profile.gateway,
    });
    await appendAttemptEvent(ctx, tx, 'payment_attempt.started', id);
    await audit(ctx, tx, 'payment_attempt.start', id);
    return ok({
      v: 1 as const,
      attempt: id,
      paymentLink: link.id,
      amountMinor,
      currency: link.currency,
      channel: 'ecommerce' as const,
      parent: ctx.config.portalUrl,
      exp: Math.floor(link.now.getTime() / 1000) + TICKET_SECONDS,
    });
  });
}
