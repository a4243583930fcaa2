import { type Outcome, ok } from '@/core/outcome';
import { isSettled, statusOf } from '@/core/payment-link';
import { changePaymentLink } from '@/db/queries/payment-links';
import { listOverdueLinks } from '@/db/queries/sweep';
import type { Ctx, Services } from '../context';
import { transact } from '../transact';
import { abandonTickets, appendLinkEvent, loadLink, onEachLink } from './internal';

/** Marks one link as expired if it is active or locked, unpaid and past its end; false when it is not. */
async function expirePaymentLink(ctx: Ctx, id: string): Promise<Outcome<boolean>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    const { access } = link;
    const open = access === 'active' || access === 'locked';
    if (!open || !link.expired || isSettled(link)) return ok(false);
    await abandonTickets(ctx, tx, id);
    const key = { merchantId: ctx.merchantId, id };
    const changed = await changePaymentLink(tx, key, [access], { access: 'expired' });
    if (!changed) return ok(false);
    const previous = { status: statusOf({ ...link, expired: false }) };
    await appendLinkEvent(ctx, tx, 'payment_link.expired', { link: changed, token }, { previous });
    return ok(true);
  });
}

/** Marks up to `limit` links of all merchants whose time is over, each in a transaction of its own; how many were found. */
export async function expirePaymentLinks(
  services: Services,
  requestId: string,
  limit: number,
): Promise<number> {
  const due = await listOverdueLinks(services.db, limit);
  return onEachLink(services, requestId, due, { act: expirePaymentLink, failure: 'link_not_expired' });
}
