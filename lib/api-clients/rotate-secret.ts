import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { findOAuthClient, replaceClientSecret } from '@/db/queries/oauth';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type NewOAuthClient, rotateInput } from '../contracts/api-clients';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { noSuch, oauthClientView } from './internal';
import { newClientSecret } from './secrets';

/** Gives a client a new secret. The one before works for `overlapSeconds` more; one older than that ends at once. */
export async function rotateClientSecret(
  ctx: Ctx,
  id: string,
  raw: unknown,
): Promise<Outcome<NewOAuthClient>> {
  const allowed = authorizeVerified(ctx, 'api_clients:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(rotateInput, raw);
  if (!parsed.ok) return parsed;
  const { overlapSeconds } = parsed.value;
  if (!isId('oauthClient', id)) return noSuch('OAuth client');
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const { secret, hash } = newClientSecret();
    const row = await replaceClientSecret(tx, key, hash, overlapSeconds);
    if (!row)
      return (await findOAuthClient(tx, key))
        ? refuse('conflict', 'This client is revoked. Make a new one instead.')
        : noSuch('OAuth client');
    await audit(ctx, tx, 'oauth_client.rotate_secret', id, { overlapSeconds });
    return ok({ ...oauthClientView(row), clientSecret: secret });
  });
}
