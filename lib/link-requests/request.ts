import { MAX_AUTOMATIC_PER_MERCHANT } from '@/core/link-requests';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { statusOf } from '@/core/payment-link';
import type { LinkRequestState } from '@/core/reconciliation';
import { insertLinkRequest } from '@/db/queries/link-requests';
import { type NewAlert, raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { payerNetwork } from '../network';
import { appendLinkEvent, loadLink, notOwed } from '../payment-links/internal';
import { issueAnew } from '../payment-links/reissue';
import { transact } from '../transact';
import { askingFor } from './asking';

const FLOOD: NewAlert = {
  kind: 'link_requests',
  subject: 'merchant',
  message: `${MAX_AUTOMATIC_PER_MERCHANT} new links were asked for within an hour and went out by themselves, which may be somebody who holds many old links. Further requests wait for your decision until it is quieter.`,
};

/**
 * The payer of an expired link asks for a new one. By the profile's rule it is issued and sent at once, to the addresses
 * on file alone, or waits for a member of staff. Returns which; the new address is never told here.
 */
export async function requestNewLink(ctx: Ctx, paymentLinkId: string): Promise<Outcome<LinkRequestState>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, paymentLinkId, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    const reason = notOwed(link);
    if (reason) return refuse(reason.code, reason.message);
    if (statusOf(link) !== 'expired') return refuse('link_not_expired', 'This link has not expired.');
    const network = payerNetwork(ctx) ?? null;
    const asking = await askingFor(ctx, tx, link, network);
    if (asking.kind !== 'offered')
      return refuse('rate_limited', 'A new link cannot be asked for here now. Ask the merchant.');
    const state = asking.needsApproval ? 'pending' : 'sent';
    await insertLinkRequest(tx, {
      merchantId: ctx.merchantId,
      id: newId('linkRequest'),
      paymentLinkId: link.id,
      state,
      network,
    });
    await audit(ctx, tx, 'payment_link.request', link.id, { state, channels: asking.channels });
    if (asking.isFlood) await raiseAlert(ctx, tx, FLOOD);
    if (asking.needsApproval)
      await appendLinkEvent(
        ctx,
        tx,
        'payment_link.updated',
        { link, token },
        { detail: 'the customer asks for a new link' },
      );
    else
      await issueAnew(ctx, tx, found.value, {
        channels: asking.channels,
        freshTries: false,
        detail: 'asked for by the customer',
      });
    return ok(state);
  });
}
