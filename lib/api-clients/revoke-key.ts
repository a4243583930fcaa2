import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { deleteTokensIssuedBy } from '@/db/queries/agent-tokens';
import { findApiKey, revokeApiKey as revokeRow } from '@/db/queries/api-keys';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { ApiKey } from '../contracts/api-clients';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { apiKeyView, noSuch } from './internal';

/** Ends a key at once, in every process: its row is read by each request. So do the desks that it opened. Again: the same. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<Outcome<ApiKey>> {
  const allowed = authorize(ctx, 'api_clients:write');
  if (!allowed.ok) return allowed;
  if (!isId('apiKey', id)) return noSuch('API key');
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    if (await revokeRow(tx, key)) await audit(ctx, tx, 'api_key.revoke', id);
    await deleteTokensIssuedBy(tx, ctx.merchantId, id);
    const row = await findApiKey(tx, key);
    return row ? ok(apiKeyView(row)) : noSuch('API key');
  });
}
