import { type Outcome, ok } from '@/core/outcome';
import { listApiKeys as listKeyRows } from '@/db/queries/api-keys';
import { listOAuthClients as listClientRows } from '@/db/queries/oauth';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { ApiKey, OAuthClient } from '../contracts/api-clients';
import { executor } from '../transact';
import { apiKeyView, oauthClientView } from './internal';

const MOST = 200;

/** The newest 200 keys of this merchant, ended ones too, without their secrets. */
export async function listApiKeys(ctx: Ctx): Promise<Outcome<ApiKey[]>> {
  const allowed = authorize(ctx, 'api_clients:read');
  if (!allowed.ok) return allowed;
  return ok((await listKeyRows(executor(ctx), ctx.merchantId, MOST)).map(apiKeyView));
}

/** The newest 200 OAuth clients of this merchant, revoked ones too, without their secrets. */
export async function listOAuthClients(ctx: Ctx): Promise<Outcome<OAuthClient[]>> {
  const allowed = authorize(ctx, 'api_clients:read');
  if (!allowed.ok) return allowed;
  return ok((await listClientRows(executor(ctx), ctx.merchantId, MOST)).map(oauthClientView));
}
