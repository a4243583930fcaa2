import * as z from 'zod';
import { EVENT_TYPES } from '@/core/events';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { insertEndpoint, listEndpoints } from '@/db/queries/webhooks';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { seal } from '../crypto';
import { checkUrl, type Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { findCardNumber, parseInput } from '../parse';
import { executor, transact } from '../transact';
import { webhookSecretContext } from './internal';
import { newWebhookSecret, webhookKey } from './sign';
import { type WebhookEndpoint, webhookEndpointView } from './view';

const input = z.strictObject({
  url: z.string().max(2_000),
  description: z.string().trim().min(1).max(200).optional(),
  types: z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length).optional(),
  secret: z
    .string()
    .max(100)
    .refine((value) => webhookKey(value) !== null, { error: 'must be whsec_ and 24 to 64 bytes in base64' })
    .optional(),
});
export type CreateWebhookEndpointInput = z.input<typeof input>;

const refuseField = (path: string, message: string) =>
  refuse('invalid', `${path}: ${message}`, { errors: [{ path, message }] });

/**
 * Registers an address that wants this merchant's events, all or of `types`. The address is judged now and again at each
 * send. The answer holds the signing secret, this once.
 */
export async function createWebhookEndpoint(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<WebhookEndpoint & { secret: string }>> {
  const allowed = authorize(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(input, raw);
  if (!parsed.ok) return parsed;
  const { url, description, types, secret = newWebhookSecret() } = parsed.value;
  const cardAt = findCardNumber({ url, description }, []);
  if (cardAt !== null)
    return refuse('card_number_refused', 'A card number must never be entered here.', {
      errors: [{ path: cardAt, message: 'holds a card number' }],
    });
  const checked = await checkUrl(url, ctx.config.egressAllow, resolve);
  if (!checked.ok) return refuseField('url', checked.reason);
  return transact(ctx, async (tx) => {
    const { merchantId } = ctx;
    const id = newId('webhookEndpoint');
    const row = await insertEndpoint(tx, {
      merchantId,
      id,
      url: checked.target.url.href,
      description: description ?? null,
      types: types ?? null,
      secret: seal(ctx.config.dataKey, secret, webhookSecretContext(merchantId, id)),
    });
    if (!row) throw new Error('the new endpoint is not there');
    await audit(ctx, tx, 'webhook_endpoint.create', id, { url: row.url });
    return ok({ ...webhookEndpointView(row), secret });
  });
}

/** This merchant's endpoints, oldest first. */
export async function listWebhookEndpoints(ctx: Ctx): Promise<Outcome<WebhookEndpoint[]>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  return ok((await listEndpoints(executor(ctx), ctx.merchantId)).map(webhookEndpointView));
}
