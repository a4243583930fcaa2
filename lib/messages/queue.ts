import type { Channel } from '@/core/payment-link';
import type { MessageTemplate } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { addJobs } from '@/db/queries/jobs';
import { findMessage, insertMessages, type MessageRow } from '@/db/queries/messages';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { newId } from '../ids';

type Addressed = { link: PaymentLinkRow; channel: Channel; template?: MessageTemplate };

/**
 * Puts messages to customers on their way, in the transaction that asked for them; their ids. The worker sends them, those of
 * work in bulk when no other waits: a passcode, or a link asked for during a call, stands behind none of a batch.
 */
export async function queueMessages(
  { merchantId, isBulk = false }: Ctx,
  tx: Executor,
  all: readonly Addressed[],
): Promise<string[]> {
  const rows = all.map(({ link, channel, template = 'payment_request' }) => {
    const recipient = channel === 'email' ? link.customerEmail : link.customerPhone;
    if (!recipient) throw new Error(`the link has no address for ${channel}`);
    return { merchantId, id: newId('message'), paymentLinkId: link.id, channel, recipient, template };
  });
  await insertMessages(tx, rows);
  await addJobs(
    tx,
    'send_message',
    rows.map(({ id }) => ({ merchantId, message: id })),
    { isUnhurried: isBulk },
  );
  return rows.map(({ id }) => id);
}

/** The same for one. */
export async function queueMessage(
  ctx: Ctx,
  tx: Executor,
  link: PaymentLinkRow,
  channel: Channel,
): Promise<MessageRow> {
  const [id = ''] = await queueMessages(ctx, tx, [{ link, channel }]);
  const message = await findMessage(tx, { merchantId: ctx.merchantId, id });
  if (!message) throw new Error('the new message is not there');
  return message;
}
