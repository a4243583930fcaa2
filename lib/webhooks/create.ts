import { type Outcome, ok, refuse } from '@/core/outcome';
import { insertEndpoint, listEndpoints } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { createWebhookEndpointInput, MOST_ENDPOINTS, type NewWebhookEndpoint } from '../contracts/webhooks';
import { checkUrl, type Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput, refuseField } from '../parse';
import { transact } from '../transact';
import { checkSecret, newSigner, sealHeaders } from './internal';
import { newWebhookSecret } from './sign';
import { webhookEndpointView } from './view';

/**
 * Registers an address that wants this merchant's events, all or of `types`. The address is judged now and again at each
 * send. The answer holds the signing secret, this once.
 */
export async function createWebhookEndpoint(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<NewWebhookEndpoint>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createWebhookEndpointInput, raw, ['secret']);
  if (!parsed.ok) return parsed;
  const { url, description = null, types = null, headers = null, paused } = parsed.value;
  const usable = checkSecret(parsed.value.secret);
  if (!usable.ok) return usable;
  const checked = await checkUrl(url, ctx.config.egressAllow, resolve);
  if (!checked.ok) return refuseField('url', checked.reason);
  const secret = parsed.value.secret ?? newWebhookSecret();
  return transact(ctx, async (tx) => {
    const { merchantId } = ctx;
    if ((await listEndpoints(tx, merchantId, undefined, MOST_ENDPOINTS)).length >= MOST_ENDPOINTS)
      return refuse('conflict', `There are ${MOST_ENDPOINTS} endpoints already. Delete one first.`);
    const owner = { merchantId, id: newId('webhookEndpoint') };
    const row = await insertEndpoint(tx, {
      ...owner,
      url: checked.target.url.href,
      description,
      types,
      ...newSigner(ctx.config.dataKey, owner, secret),
      ...sealHeaders(ctx.config.dataKey, owner, headers),
      ...(paused !== undefined && { paused }),
    });
    if (!row) throw new Error('the new endpoint is not there');
    await audit(ctx, tx, 'webhook_endpoint.create', row.id, { url: row.url });
    return ok({ ...webhookEndpointView(ctx.config, row), secret });
  });
}
