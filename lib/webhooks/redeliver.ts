import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { findEndpointsFor } from '@/db/queries/events';
import { type EventRow, findEvent, listDeliveries, putOnItsWay } from '@/db/queries/webhook-log';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { redeliverInput, type WebhookRedelivery } from '../contracts/webhook-deliveries';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { webhookDeliveryView } from './deliveries';
import { loadEndpoint } from './internal';

const MOST_DELIVERIES = 100;

/**
 * Sends one event again, with its id and bytes: to `endpoint`, whatever types it wants, or to all that want its type; a ping
 * to the endpoint that was pinged. One that still waits is tried at once; one that is being sent this moment is left alone.
 */
export async function redeliverEvent(
  ctx: Ctx,
  id: string,
  raw: unknown,
): Promise<Outcome<WebhookRedelivery>> {
  const allowed = authorize(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(redeliverInput, raw);
  if (!parsed.ok) return parsed;
  return transact(ctx, async (tx) => {
    const { merchantId } = ctx;
    const event = isId('event', id) ? await findEvent(tx, { merchantId, id }) : undefined;
    if (!event) return refuse('not_found', 'There is no such event.');
    const endpoints = await endpointsOf(ctx, tx, event, parsed.value.endpoint);
    if (!endpoints.ok) return endpoints;
    await putOnItsWay(
      tx,
      endpoints.value.map((endpointId) => ({ merchantId, id: newId('delivery'), eventId: id, endpointId })),
    );
    await audit(ctx, tx, 'event.redeliver', id, { endpoints: endpoints.value });
    const rows = await listDeliveries(tx, merchantId, { event: id }, MOST_DELIVERIES);
    const deliveries = rows
      .filter(({ delivery }) => endpoints.value.includes(delivery.endpointId))
      .map(webhookDeliveryView);
    return ok({ object: 'webhook_redelivery', event: id, deliveries });
  });
}

async function endpointsOf(
  ctx: Ctx,
  tx: Executor,
  event: EventRow,
  wanted: string | undefined,
): Promise<Outcome<string[]>> {
  const pinged = pingedBy(event);
  const specials = await specialsOf(ctx, tx, event);
  const id = wanted ?? pinged;
  if (id === null) {
    const all = [...(await findEndpointsFor(tx, ctx.merchantId, event.type)), ...specials];
    return all.length > 0 ? ok(all) : refuse('conflict', 'No endpoint that is on wants this event.');
  }
  const found = await loadEndpoint(ctx, tx, id);
  if (!found.ok)
    return wanted === undefined
      ? refuse('conflict', 'The endpoint that was pinged is there no more.')
      : found;
  if (pinged !== null && pinged !== id)
    return refuse('conflict', 'This ping was for another endpoint. Ping this one itself.');
  if (found.value.disabledAt) return refuse('conflict', 'This endpoint is disabled. Enable it first.');
  if (found.value.profileId && !specials.includes(id))
    return refuse('conflict', 'This event was not for the callback or write-back of that profile.');
  return ok([id]);
}

/** The endpoint that a ping was sent to; null of any other event. */
const pingedBy = ({ type, payload }: EventRow): string | null =>
  type === 'test.ping' ? String(JSON.parse(payload).data.id) : null;

/** Where the event went as a callback or a write-back. */
async function specialsOf(ctx: Ctx, tx: Executor, { id }: EventRow): Promise<string[]> {
  const rows = await listDeliveries(tx, ctx.merchantId, { event: id }, MOST_DELIVERIES);
  const isSpecial = ({ delivery }: (typeof rows)[number]) => delivery.url !== null || delivery.body !== null;
  return rows.filter(isSpecial).map(({ delivery }) => delivery.endpointId);
}
