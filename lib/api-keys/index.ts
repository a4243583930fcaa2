import type { Permission } from '@/core/permissions';
import { SCOPES } from '@/core/permissions';
import { findUsableApiKey, noteApiKeyUse } from '@/db/queries/merchants';
import type { Ctx, Services } from '../context';
import { apiKeyHash } from './key';

export { newApiKey } from './key';

/** The act of the API client that holds this key, or null: unknown, mistyped, expired, revoked. */
export async function apiKeyCtx(services: Services, key: string, requestId: string): Promise<Ctx | null> {
  const hash = apiKeyHash(key);
  const found = hash && (await findUsableApiKey(services.db, hash));
  if (!found) return null;
  const { merchantId, id, name } = found.key;
  const scopes: Permission[] = SCOPES.filter((scope) => found.key.scopes.includes(scope));
  await noteApiKeyUse(services.db, merchantId, id);
  return { ...services, merchantId, requestId, actor: { kind: 'api_client', id, name, scopes } };
}
