import { type Outcome, ok } from '@/core/outcome';
import { dbNow } from '@/db/clock';
import { changeEndpoint, disableDeliveries } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import type { DeletedWebhookEndpoint } from '../contracts/webhooks';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { loadEndpoint } from './internal';

/** Takes an endpoint away with its secrets; what waits for it ends. The log of its deliveries stays. */
export async function deleteWebhookEndpoint(ctx: Ctx, id: string): Promise<Outcome<DeletedWebhookEndpoint>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadEndpoint(ctx, tx, id);
    if (!found.ok) return found;
    await disableDeliveries(tx, ctx.merchantId, id);
    await changeEndpoint(
      tx,
      { merchantId: ctx.merchantId, id },
      {
        deletedAt: dbNow,
        secret: '',
        credentialSecret: null,
        headers: null,
        signingKey: null,
        publicKey: null,
        ...NO_PREVIOUS,
      },
    );
    await audit(ctx, tx, 'webhook_endpoint.delete', id, { url: found.value.url });
    return ok({ id, object: 'webhook_endpoint', deleted: true });
  });
}

const NO_PREVIOUS = {
  previousSecret: null,
  previousSecretUntil: null,
  previousSigningKey: null,
  previousPublicKey: null,
} as const;
