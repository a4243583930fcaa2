import { isSetWithProfile } from '@/core/crm';
import { type EventType, REPLAY_DAYS } from '@/core/events';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { replayEvents, replayOwnBodies } from '@/db/queries/webhook-endpoints';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { replayInput, type WebhookReplay } from '../contracts/webhooks';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { transact } from '../transact';
import { IS_CALLBACK, loadEndpoint, ordinaryTypes } from './internal';

const REPLAY_MS = REPLAY_DAYS * 24 * 3_600_000;

/**
 * Sends the events of a range to an endpoint again, with their ids and bytes, behind what is new. Also those from before
 * the endpoint was there, or from while it was off. What is still on its way is not sent twice; pings are of one endpoint and
 * stay out.
 */
export async function replayWebhookEvents(
  ctx: Ctx,
  id: string,
  raw: unknown,
): Promise<Outcome<WebhookReplay>> {
  const allowed = authorize(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(replayInput, raw);
  if (!parsed.ok) return parsed;
  return transact(ctx, async (tx) => {
    const found = await loadEndpoint(ctx, tx, id);
    if (!found.ok) return found;
    if (found.value.kind === 'callbacks') return refuse('conflict', IS_CALLBACK);
    if (found.value.disabledAt) return refuse('conflict', 'This endpoint is disabled. Enable it first.');
    const now = await readNow(tx);
    const { since, until = now } = parsed.value;
    if (now.getTime() - since.getTime() > REPLAY_MS)
      return refuseField('since', `must not be more than ${REPLAY_DAYS} days ago`);
    if (since >= until) return refuseField('since', 'must lie before until');
    const ordinary = ordinaryTypes();
    const wanted = parsed.value.types ?? (found.value.types as EventType[] | null) ?? ordinary;
    const types = wanted.filter((type) => ordinary.includes(type));
    const { merchantId } = ctx;
    const replay = isSetWithProfile(found.value.kind) ? replayOwnBodies : replayEvents;
    const queued = await replay(tx, { merchantId, endpointId: id, since, until, types });
    const range = { since: since.toISOString(), until: until.toISOString() };
    await audit(ctx, tx, 'webhook_endpoint.replay', id, { ...range, types, queued });
    return ok({ object: 'webhook_replay', webhookEndpoint: id, ...range, queued });
  });
}
