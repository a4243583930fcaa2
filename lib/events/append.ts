import { API_VERSION, type EventType } from '@/core/events';
import type { Executor } from '@/db/client';
import { findEndpointsFor, insertDeliveries, insertEvent } from '@/db/queries/events';
import { type PaymentLinkRow, takeSequence } from '@/db/queries/payment-links';
import { actorName, type Ctx } from '../context';
import { newId } from '../ids';

export type NewEvent = {
  type: EventType;
  paymentLinkId: string;
  /** The object the event is about, whole, from the link's row as it stands after the change. */
  data: (link: PaymentLinkRow) => unknown;
  /** Prior values of the fields that changed. */
  previous?: Record<string, unknown>;
  /** A short fact for the timeline. */
  detail?: string;
};

/**
 * Writes what happened, in the transaction that made it happen: takes the link's next number, freezes the webhook's body
 * and puts one delivery per endpoint that wants it on its way. Returns the link's row after the change.
 */
export async function appendEvent(ctx: Ctx, tx: Executor, event: NewEvent): Promise<PaymentLinkRow> {
  const { merchantId } = ctx;
  const link = await takeSequence(tx, { merchantId, id: event.paymentLinkId });
  if (!link) throw new Error('an event needs its link');
  const id = newId('event');
  const payload = JSON.stringify({
    id,
    type: event.type,
    apiVersion: API_VERSION,
    occurredAt: link.now.toISOString(),
    livemode: link.livemode,
    paymentLink: link.id,
    sequence: link.sequence,
    data: event.data(link),
    previous: event.previous ?? {},
  });
  await insertEvent(tx, {
    merchantId,
    id,
    type: event.type,
    paymentLinkId: link.id,
    sequence: link.sequence,
    payload,
    actorName: actorName(ctx.actor),
    detail: event.detail ?? null,
    occurredAt: link.now,
  });
  const endpoints = await findEndpointsFor(tx, merchantId, event.type);
  await insertDeliveries(
    tx,
    endpoints.map((endpointId) => ({ merchantId, id: newId('delivery'), eventId: id, endpointId })),
  );
  return link;
}
