import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { EventType } from '@/core/events';
import type { MessageState } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { countSentMessages, type MessageRow, moveMessage } from '@/db/queries/messages';
import type { Ctx } from '../context';
import { appendEvent } from '../events/append';
import { appendLinkEvent, type LinkAndToken } from '../payment-links/internal';
import { messageView } from './view';

/** Where a message went, for the timeline, without the whole address: "SMS to +44 …123", "E-mail to a…@example.com". */
export function addressHint({ channel, recipient }: Pick<MessageRow, 'channel' | 'recipient'>): string {
  if (channel === 'email') return `E-mail to ${recipient.replace(/^(.)[^@]*(?=@)/u, '$1…')}`;
  const code = parsePhoneNumberFromString(recipient)?.countryCallingCode;
  return `SMS to ${code ? `+${code} ` : ''}…${recipient.slice(-3)}`;
}

const EVENT_OF = {
  sent: 'message.sent',
  delivered: 'message.delivered',
  undelivered: 'message.undelivered',
  bounced: 'message.bounced',
  suppressed: 'message.suppressed',
} as const satisfies Partial<Record<MessageState, EventType>>;

/**
 * Moves a message on from `from` and writes its event. The link's row must be locked, so that the events of two
 * messages never cross. Returns the new row, or undefined when the message had moved on.
 */
export async function advanceMessage(
  ctx: Ctx,
  tx: Executor,
  id: string,
  from: MessageState,
  to: keyof typeof EVENT_OF,
  reason?: string,
): Promise<MessageRow | undefined> {
  const moved = await moveMessage(tx, { merchantId: ctx.merchantId, id }, [from], to, {
    ...(reason !== undefined && { reason }),
    ...(to === 'sent' ? { sentAt: dbNow } : { endedAt: dbNow }),
  });
  if (!moved) return undefined;
  await appendEvent(ctx, tx, {
    type: EVENT_OF[to],
    paymentLinkId: moved.paymentLinkId,
    data: () => messageView(moved),
    detail: [addressHint(moved), moved.template !== 'payment_request' && moved.template, reason]
      .filter(Boolean)
      .join(' · '),
    previous: { state: from },
  });
  return moved;
}

/** The provider has it: the message is sent and, with its first message, so is the link. */
export async function markSent(ctx: Ctx, tx: Executor, found: LinkAndToken, id: string): Promise<boolean> {
  const moved = await advanceMessage(ctx, tx, id, 'queued', 'sent');
  if (!moved) return false;
  if (moved.template === 'reminder')
    await appendLinkEvent(ctx, tx, 'reminder.sent', found, { detail: addressHint(moved) });
  if (moved.template !== 'payment_request') return true;
  const sent = await countSentMessages(tx, ctx.merchantId, found.link.id);
  if (sent === 1) await appendLinkEvent(ctx, tx, 'payment_link.sent', found, { detail: addressHint(moved) });
  return true;
}
