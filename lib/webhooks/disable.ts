import { API_VERSION } from '@/core/events';
import { type Outcome, ok } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { findEndpointsFor, insertDeliveries, insertEvent } from '@/db/queries/events';
import { findMerchant } from '@/db/queries/merchants';
import { disableDeliveries, disableEndpoint, type EndpointRow } from '@/db/queries/webhooks';
import { actorName, type Ctx } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { transact } from '../transact';
import { webhookEndpointView } from './view';

/** An endpoint whose every try has failed for this long is switched off. */
export const DISABLE_AFTER_MS = 5 * 24 * 3_600_000;

/**
 * Switches an endpoint off, ends what waits for it and tells the merchant's other endpoints. For the worker: after days of
 * failure, or when the receiver answered 410. Already off: nothing happens.
 */
export async function disableWebhookEndpoint(
  ctx: Ctx,
  id: string,
  reason: string,
): Promise<Outcome<boolean>> {
  return transact(ctx, async (tx) => {
    const endpoint = await disableEndpoint(tx, { merchantId: ctx.merchantId, id });
    if (!endpoint) return ok(false);
    await disableDeliveries(tx, ctx.merchantId, id);
    await appendDisabledEvent(ctx, tx, endpoint, reason);
    await audit(ctx, tx, 'webhook_endpoint.disable', id, { reason });
    return ok(true);
  });
}

/** An event without a link has no sequence: a merchant's endpoints are not part of any link's story. */
async function appendDisabledEvent(ctx: Ctx, tx: Executor, endpoint: EndpointRow, reason: string) {
  const { merchantId } = ctx;
  const type = 'webhook_endpoint.disabled';
  const id = newId('event');
  const occurredAt = endpoint.disabledAt;
  const merchant = await findMerchant(tx, merchantId);
  if (!merchant || !occurredAt) throw new Error('a disabled endpoint has its merchant and its time');
  const payload = JSON.stringify({
    id,
    type,
    apiVersion: API_VERSION,
    occurredAt: occurredAt.toISOString(),
    livemode: merchant.livemode,
    paymentLink: null,
    sequence: null,
    data: webhookEndpointView(endpoint),
    previous: { state: endpoint.failingSince ? 'failing' : 'enabled' },
  });
  await insertEvent(tx, {
    merchantId,
    id,
    type,
    payload,
    actorName: actorName(ctx.actor),
    detail: reason,
    occurredAt,
  });
  const others = await findEndpointsFor(tx, merchantId, type);
  await insertDeliveries(
    tx,
    others.map((endpointId) => ({ merchantId, id: newId('delivery'), eventId: id, endpointId })),
  );
}
