import { type Outcome, ok, refuse } from '@/core/outcome';
import { SCOPES } from '@/core/permissions';
import { findUsableApiKey, noteApiKeyUse } from '@/db/queries/api-keys';
import { findUsableToken, noteOAuthClientUse } from '@/db/queries/oauth';
import type { Ctx, Services } from '../context';
import { isWithin } from '../network';
import { readSecret } from './secrets';

type Client = {
  merchantId: number;
  id: string;
  name: string;
  scopes: string[];
  addresses: string[] | null;
  apiEnabled: boolean;
  /** Set where its use should be noted now. */
  note: ((services: Services) => Promise<void>) | null;
};

/**
 * The act of the API client that holds this API key or access token, from this address. Refused: unknown, mistyped,
 * expired, revoked, of the other mode, from an address that is not on its list, or of a merchant whose API is switched off.
 * The rows are read each time, so that what was revoked or switched off is refused at once.
 */
export async function apiClientCtx(
  services: Services,
  bearer: string,
  from: { requestId: string; address: string },
): Promise<Outcome<Ctx>> {
  const client = await findClient(services, bearer);
  if (!client) return refuse('unauthenticated', UNAUTHENTICATED);
  if (!client.apiEnabled) return refuse('forbidden', 'The API is switched off for this account.');
  if (client.addresses && !isWithin(from.address, client.addresses))
    return refuse('forbidden', 'This key may not be used from this address.');
  await client.note?.(services);
  const { merchantId, id, name } = client;
  const scopes = SCOPES.filter((scope) => client.scopes.includes(scope));
  return ok({ ...services, ...from, merchantId, actor: { kind: 'api_client', id, name, scopes } });
}

export const UNAUTHENTICATED = 'Send a valid API key or access token as "Authorization: Bearer cf_…".';

function findClient(services: Services, bearer: string): Promise<Client | null> {
  const read = readSecret(bearer);
  if (!read || read.kind === 'secret') return Promise.resolve(null);
  if (read.kind === 'token') return tokenClient(services, read.hash);
  return keyClient(services, read.hash, read.kind === 'live');
}

async function keyClient({ db }: Services, hash: string, livemode: boolean): Promise<Client | null> {
  const found = await findUsableApiKey(db, hash, livemode);
  if (!found) return null;
  const { key, apiEnabled, unnoted } = found;
  return { ...key, apiEnabled, note: unnoted ? (services) => noteApiKeyUse(services.db, key) : null };
}

/** A token holds what it was given, less what its client has lost since. */
async function tokenClient({ db }: Services, hash: string): Promise<Client | null> {
  const found = await findUsableToken(db, hash);
  if (!found) return null;
  const { client, token, apiEnabled, unnoted } = found;
  return {
    ...client,
    apiEnabled,
    scopes: token.scopes.filter((scope) => client.scopes.includes(scope)),
    note: unnoted ? (services) => noteOAuthClientUse(services.db, client) : null,
  };
}
