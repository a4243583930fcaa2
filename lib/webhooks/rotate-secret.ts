import { type Outcome, ok } from '@/core/outcome';
import { dbNowPlus } from '@/db/clock';
import { changeEndpoint } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type NewWebhookEndpoint, rotateWebhookSecretInput } from '../contracts/webhooks';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { checkSecret, loadEndpoint, newSigner } from './internal';
import { newWebhookSecret } from './sign';
import { webhookEndpointView } from './view';

/**
 * Gives an endpoint a new signing secret and a new pair of keys. Those before sign beside it for `overlapSeconds` more, so that a receiver can
 * change over without a gap; older ones end at once. The answer holds the new secret, this once.
 */
export async function rotateWebhookSecret(
  ctx: Ctx,
  id: string,
  raw: unknown,
): Promise<Outcome<NewWebhookEndpoint>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(rotateWebhookSecretInput, raw, ['secret']);
  if (!parsed.ok) return parsed;
  const { overlapSeconds, secret = newWebhookSecret() } = parsed.value;
  const usable = checkSecret(parsed.value.secret);
  if (!usable.ok) return usable;
  return transact(ctx, async (tx) => {
    const found = await loadEndpoint(ctx, tx, id);
    if (!found.ok) return found;
    const key = { merchantId: ctx.merchantId, id };
    const keeps = overlapSeconds > 0;
    const row = await changeEndpoint(tx, key, {
      ...newSigner(ctx.config.dataKey, key, secret),
      previousSecret: keeps ? found.value.secret : null,
      previousSigningKey: keeps ? found.value.signingKey : null,
      previousPublicKey: keeps ? found.value.publicKey : null,
      previousSecretUntil: keeps ? dbNowPlus(overlapSeconds * 1000) : null,
    });
    if (!row) throw new Error('the endpoint is held and yet not there');
    await audit(ctx, tx, 'webhook_endpoint.rotate_secret', id, { overlapSeconds });
    return ok({ ...webhookEndpointView(ctx.config, row), secret });
  });
}
