import { type Outcome, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { insertDeliveries } from '@/db/queries/events';
import type { EndpointRow } from '@/db/queries/webhook-endpoints';
import { authorize } from '../authorize';
import { sampleStatus } from '../compatible/sample';
import type { Ctx } from '../context';
import type { WebhookDelivery } from '../contracts/webhook-deliveries';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { transact } from '../transact';
import { sampleFacts } from '../write-backs/facts';
import { fillTemplate } from '../write-backs/template';
import { loadDelivery } from './deliveries';
import { appendEndpointEvent, IS_CALLBACK, loadEndpoint } from './internal';
import { stateOf } from './view';

/**
 * Sends `test.ping` to one endpoint, whatever types it wants, the way that every event goes; where a
 * profile has words of its own, they are sent with facts of nobody. Answers with its delivery.
 */
export async function pingWebhookEndpoint(ctx: Ctx, id: string): Promise<Outcome<WebhookDelivery>> {
  const allowed = authorize(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadEndpoint(ctx, tx, id);
    if (!found.ok) return found;
    if (found.value.kind === 'callbacks') return refuse('conflict', IS_CALLBACK);
    const state = stateOf(found.value);
    if (state === 'disabled' || state === 'paused')
      return refuse('conflict', `This endpoint is ${state}: nothing is sent to it.`);
    const eventId = await appendEndpointEvent(ctx, tx, 'test.ping', found.value);
    const { merchantId } = ctx;
    const body = await testBody(tx, found.value, eventId);
    const delivery = { merchantId, id: newId('delivery'), eventId, endpointId: id, ...body };
    await insertDeliveries(tx, [delivery]);
    await audit(ctx, tx, 'webhook_endpoint.ping', id, { event: eventId });
    return loadDelivery(ctx, tx, delivery.id);
  });
}

async function testBody(tx: Executor, { kind, template, profileId }: EndpointRow, eventId: string) {
  if (kind === 'compatible')
    return { body: JSON.stringify(sampleStatus(await readNow(tx))), messageId: eventId };
  if (template === null || profileId === null) return {};
  const event = { id: eventId, type: 'test.ping', occurredAt: await readNow(tx) };
  return { body: fillTemplate(template, sampleFacts(event, profileId)), messageId: eventId };
}
