import type { EventType } from '@/core/events';
import type { Executor } from '@/db/client';
import { listAttempts } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { findPaymentSession } from '@/db/queries/payment-sessions';
import { findProfileEndpoint } from '@/db/queries/webhook-endpoints';
import { statusOf } from './status';

/** The events with which a payment session ends. */
export const SESSION_END_EVENTS = ['payment_session.completed', 'payment_session.canceled'] as const;

/**
 * The webhook of an account configuration that an event brings: where a session that came by that API has ended. Its body is
 * the answer that a read would give, made now and sent unchanged.
 */
export async function compatibleWebhookOf(
  tx: Executor,
  event: { id: string; type: EventType; occurredAt: Date },
  link: PaymentLinkRow,
) {
  const { merchantId, profileId, sessionId } = link;
  if (sessionId === null || !SESSION_END_EVENTS.some((type) => type === event.type)) return [];
  const endpoint = await findProfileEndpoint(tx, { merchantId, profileId, kind: 'compatible' });
  if (!endpoint) return [];
  const session = await findPaymentSession(tx, { merchantId, id: sessionId });
  if (!session?.compatible) return [];
  const status = statusOf(session, link, await listAttempts(tx, merchantId, link.id));
  const endedAt = endpoint.disabledAt && event.occurredAt;
  return [{ endpointId: endpoint.id, body: JSON.stringify(status), messageId: event.id, endedAt }];
}
