import { type Outcome, ok } from '@/core/outcome';
import { LINK_ACCESS } from '@/core/payment-link';
import { dbNow } from '@/db/clock';
import { changePaymentLink } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { transact } from '../transact';
import { appendLinkEvent, loadLink } from './internal';

/** A person has touched the pay page: notes the first time. Told by an explicit act in the page, never by a GET. */
export async function recordOpened(ctx: Ctx, id: string): Promise<Outcome<true>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    if (link.openedAt) return ok(true);
    const changed = await changePaymentLink(tx, { merchantId: ctx.merchantId, id }, LINK_ACCESS, {
      openedAt: dbNow,
    });
    if (changed)
      await appendLinkEvent(
        ctx,
        tx,
        'payment_link.opened',
        { link: changed, token },
        { detail: 'by a person' },
      );
    return ok(true);
  });
}
