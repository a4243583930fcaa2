import { type Outcome, ok } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { findEndpointsFor, insertDeliveries } from '@/db/queries/events';
import { disableDeliveries, disableEndpoint } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import type { WebhookEndpoint } from '../contracts/webhooks';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { transact } from '../transact';
import { appendEndpointEvent, loadEndpoint } from './internal';
import { stateOf, webhookEndpointView } from './view';

/** Switches an endpoint off by hand. What waits for it ends; its events can be replayed. Already off: the same answer. */
export async function disableWebhookEndpoint(ctx: Ctx, id: string): Promise<Outcome<WebhookEndpoint>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadEndpoint(ctx, tx, id);
    if (!found.ok) return found;
    if (!found.value.disabledAt) await switchOff(ctx, tx, id, 'switched off by hand');
    const after = await loadEndpoint(ctx, tx, id);
    return after.ok ? ok(webhookEndpointView(ctx.config, after.value)) : after;
  });
}

/** For the worker: after days of failure, or when the receiver answered 410. Already off or gone: nothing happens. */
export const disableFailedEndpoint = (ctx: Ctx, id: string, reason: string): Promise<Outcome<boolean>> =>
  transact(ctx, async (tx) => ok(await switchOff(ctx, tx, id, reason)));

/** Ends what waits for the endpoint and tells the merchant's other endpoints. */
async function switchOff(ctx: Ctx, tx: Executor, id: string, reason: string): Promise<boolean> {
  const { merchantId } = ctx;
  const endpoint = await disableEndpoint(tx, { merchantId, id }, reason);
  if (!endpoint) return false;
  await disableDeliveries(tx, merchantId, id);
  const type = 'webhook_endpoint.disabled';
  const previous = { state: stateOf({ ...endpoint, disabledAt: null }) };
  const eventId = await appendEndpointEvent(ctx, tx, type, endpoint, { previous, detail: reason });
  const others = await findEndpointsFor(tx, merchantId, type);
  await insertDeliveries(
    tx,
    others.map((endpointId) => ({ merchantId, id: newId('delivery'), eventId, endpointId })),
  );
  await audit(ctx, tx, 'webhook_endpoint.disable', id, { reason });
  return true;
}
