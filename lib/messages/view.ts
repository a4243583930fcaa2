import type { MessageRow } from '@/db/queries/messages';
import type { Message } from '../contracts/payment-links';

export const messageView = (row: MessageRow): Message => ({
  id: row.id,
  object: 'message',
  paymentLink: row.paymentLinkId,
  template: row.template,
  channel: row.channel,
  to: row.recipient,
  state: row.state,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
});
