import { type Outcome, ok } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { insertCallbackEndpoint } from '@/db/queries/webhook-endpoints';
import type { Ctx } from '../context';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import { newId } from '../ids';
import { newSigner } from './internal';
import { newWebhookSecret } from './sign';

/** The address that one link's events go to, judged as an endpoint's is; null where there is none. */
export async function checkCallback(
  ctx: Ctx,
  url: string | undefined,
  resolve?: Resolve,
): Promise<Outcome<string | null>> {
  if (url === undefined) return ok(null);
  return checkAddress(ctx, 'callbackUrl', url, resolve);
}

/** The endpoint that stands for all callbacks of a payment profile: their secret, keys, headers and types. */
export async function ensureCallbackEndpoint(
  ctx: Ctx,
  tx: Executor,
  profileId: string,
  secret = newWebhookSecret(),
): Promise<void> {
  const owner = { merchantId: ctx.merchantId, id: newId('webhookEndpoint') };
  await insertCallbackEndpoint(tx, {
    ...owner,
    kind: 'callbacks',
    profileId,
    ...newSigner(ctx.config.dataKey, owner, secret),
  });
}
