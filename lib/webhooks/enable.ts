import { type Outcome, ok } from '@/core/outcome';
import { changeEndpoint } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import type { WebhookEndpoint } from '../contracts/webhooks';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { JUDGED_ANEW, loadEndpoint } from './internal';
import { webhookEndpointView } from './view';

/**
 * Switches an endpoint on again, as if it had never failed. What happened while it was off is sent by a replay, not by
 * itself. Already on: the same answer, and nothing is written.
 */
export async function enableWebhookEndpoint(ctx: Ctx, id: string): Promise<Outcome<WebhookEndpoint>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadEndpoint(ctx, tx, id);
    if (!found.ok) return found;
    if (!found.value.disabledAt) return ok(webhookEndpointView(ctx.config, found.value));
    const change = { disabledAt: null, disabledReason: null, ...JUDGED_ANEW };
    const row = await changeEndpoint(tx, { merchantId: ctx.merchantId, id }, change);
    if (!row) throw new Error('the endpoint is held and yet not there');
    await audit(ctx, tx, 'webhook_endpoint.enable', id);
    return ok(webhookEndpointView(ctx.config, row));
  });
}
