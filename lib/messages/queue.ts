import type { Channel } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';
import { findMessage, insertMessage, type MessageRow } from '@/db/queries/messages';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { newId } from '../ids';

/** Puts a message to the customer on its way, in the transaction that asked for it. The worker sends it. */
export async function queueMessage(
  ctx: Ctx,
  tx: Executor,
  link: PaymentLinkRow,
  channel: Channel,
): Promise<MessageRow> {
  const recipient = channel === 'email' ? link.customerEmail : link.customerPhone;
  if (!recipient) throw new Error(`the link has no address for ${channel}`);
  const key = { merchantId: ctx.merchantId, id: newId('message') };
  await insertMessage(tx, {
    ...key,
    paymentLinkId: link.id,
    channel,
    recipient,
    template: 'payment_request',
  });
  await addJob(tx, 'send_message', { merchantId: key.merchantId, message: key.id });
  const message = await findMessage(tx, key);
  if (!message) throw new Error('the new message is not there');
  return message;
}
