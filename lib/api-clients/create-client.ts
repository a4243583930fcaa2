import { type Outcome, ok } from '@/core/outcome';
import { insertOAuthClient } from '@/db/queries/oauth';
import { authorizeVerified } from '../authorize';
import { actorName, type Ctx } from '../context';
import { createOAuthClientInput, type NewOAuthClient } from '../contracts/api-clients';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { mayGrant, oauthClientView, readNetworks } from './internal';
import { newClientSecret } from './secrets';

/** Makes an OAuth client. The answer holds its secret, once: only the hash is kept. */
export async function createOAuthClient(ctx: Ctx, raw: unknown): Promise<Outcome<NewOAuthClient>> {
  const allowed = authorizeVerified(ctx, 'api_clients:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createOAuthClientInput, raw);
  if (!parsed.ok) return parsed;
  const { name, scopes } = parsed.value;
  const granted = mayGrant(ctx, scopes);
  if (!granted.ok) return granted;
  const networks = readNetworks(parsed.value.addresses);
  if (!networks.ok) return networks;
  return transact(ctx, async (tx) => {
    const { secret, hash } = newClientSecret();
    const row = await insertOAuthClient(tx, {
      merchantId: ctx.merchantId,
      id: newId('oauthClient'),
      name,
      secretHash: hash,
      scopes,
      addresses: networks.value,
      createdByName: actorName(ctx.actor),
    });
    if (!row) throw new Error('the new client is not there');
    await audit(ctx, tx, 'oauth_client.create', row.id, { name, scopes, addresses: networks.value });
    return ok({ ...oauthClientView(row), clientSecret: secret });
  });
}
