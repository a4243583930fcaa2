import type * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { insertEndpoint, listEndpoints } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { createWebhookEndpointInput, MOST_ENDPOINTS, type NewWebhookEndpoint } from '../contracts/webhooks';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { type Act, perform, transact } from '../transact';
import { checkSecret, newSigner, sealHeaders } from './internal';
import { newWebhookSecret } from './sign';
import { webhookEndpointView } from './view';

type Parsed = z.output<typeof createWebhookEndpointInput>;

/** Judges a new endpoint and its address; what it gives registers it. */
export async function prepareWebhookEndpoint(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<Act<NewWebhookEndpoint>>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createWebhookEndpointInput, raw, ['secret']);
  if (!parsed.ok) return parsed;
  const usable = checkSecret(parsed.value.secret);
  if (!usable.ok) return usable;
  const url = await checkAddress(ctx, 'url', parsed.value.url, resolve);
  if (!url.ok) return url;
  return ok((inner) => write(inner, { ...parsed.value, url: url.value }));
}

/**
 * Registers an address that wants this merchant's events, all or of `types`. The address is judged now and again at each
 * send. The answer holds the signing secret, this once.
 */
export const createWebhookEndpoint = (
  ctx: Ctx,
  ...wish: [raw: unknown, resolve?: Resolve]
): Promise<Outcome<NewWebhookEndpoint>> => perform(ctx, (outer) => prepareWebhookEndpoint(outer, ...wish));

const write = (ctx: Ctx, input: Parsed): Promise<Outcome<NewWebhookEndpoint>> =>
  transact(ctx, async (tx) => {
    const { url, description = null, types = null, headers = null, paused } = input;
    const { secret = newWebhookSecret() } = input;
    const { merchantId } = ctx;
    if ((await listEndpoints(tx, merchantId, undefined, MOST_ENDPOINTS)).length >= MOST_ENDPOINTS)
      return refuse('conflict', `There are ${MOST_ENDPOINTS} endpoints already. Delete one first.`);
    const owner = { merchantId, id: newId('webhookEndpoint') };
    const row = await insertEndpoint(tx, {
      ...owner,
      url,
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
