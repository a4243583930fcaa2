import { type Outcome, ok } from '@/core/outcome';
import { EXPIRING_SOON_SECONDS, isSettled, warningsDue } from '@/core/payment-link';
import { listExpiringLinks, noteWarnings } from '@/db/queries/sweep';
import type { Ctx, Services } from '../context';
import { transact } from '../transact';
import { appendLinkEvent, loadLink, onEachLink } from './internal';

/** Tells that a link is about to end, if it can still be paid and was not told; of several that are due only the nearest. */
async function warnPaymentLink(ctx: Ctx, id: string): Promise<Outcome<boolean>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const isOpen = (link.access === 'active' || link.access === 'locked') && !link.expired;
    const due = warningsDue((link.expiresAt.getTime() - link.now.getTime()) / 1000);
    if (!isOpen || isSettled(link)) return ok(false);
    if (!(await noteWarnings(tx, { merchantId: ctx.merchantId, id }, due))) return ok(false);
    const hours = (EXPIRING_SOON_SECONDS[due - 1] ?? 0) / 3600;
    const detail = hours === 1 ? 'less than 1 hour left' : `less than ${hours} hours left`;
    await appendLinkEvent(ctx, tx, 'payment_link.expiring_soon', found.value, { detail });
    return ok(true);
  });
}

/** Tells of up to `limit` links of all merchants that are about to end, each in a transaction of its own; how many were found. */
export async function warnPaymentLinks(
  services: Services,
  requestId: string,
  limit: number,
): Promise<number> {
  const due = await listExpiringLinks(services.db, limit);
  return onEachLink(services, requestId, due, { act: warnPaymentLink, failure: 'link_not_warned' });
}
