import { type Outcome, ok, refuse } from '@/core/outcome';
import { isPayable } from '@/core/payment-link';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type Message, sendPaymentLinkInput } from '../contracts/payment-links';
import { messageView } from '../messages/view';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { loadLink, refuseChannel, sendOnce } from './internal';

/**
 * Sends the same link again, by the channel named, to the address on file. What is still on its way there, or went within the
 * last minute, is not sent twice: it is the answer.
 */
export async function sendPaymentLink(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<Message>> {
  const allowed = authorize(ctx, 'payment_links:send');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(sendPaymentLinkInput, raw);
  if (!parsed.ok) return parsed;
  const { channel } = parsed.value;
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    if (!isPayable(link))
      return refuse(
        'link_not_payable',
        'Only a link that can be paid is sent. This one cannot, as it stands.',
      );
    const unsendable = await refuseChannel(tx, link, channel, 'channel');
    if (unsendable) return unsendable;
    return ok(messageView(await sendOnce(ctx, tx, found.value, channel)));
  });
}
