import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { deleteTokensIssuedBy } from '@/db/queries/agent-tokens';
import { findOAuthClient, revokeOAuthClient as revokeRow } from '@/db/queries/oauth';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { OAuthClient } from '../contracts/api-clients';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { noSuch, oauthClientView } from './internal';

/** Ends a client, all of its tokens and the desks that it opened at once, in every process: rows are read by each request. Again: the same. */
export async function revokeOAuthClient(ctx: Ctx, id: string): Promise<Outcome<OAuthClient>> {
  const allowed = authorize(ctx, 'api_clients:write');
  if (!allowed.ok) return allowed;
  if (!isId('oauthClient', id)) return noSuch('OAuth client');
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    if (await revokeRow(tx, key)) await audit(ctx, tx, 'oauth_client.revoke', id);
    await deleteTokensIssuedBy(tx, ctx.merchantId, id);
    const row = await findOAuthClient(tx, key);
    return row ? ok(oauthClientView(row)) : noSuch('OAuth client');
  });
}
