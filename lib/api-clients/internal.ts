import { type Outcome, ok, refuse } from '@/core/outcome';
import { type Permission, roleMay } from '@/core/permissions';
import type { ApiKeyRow } from '@/db/queries/api-keys';
import type { OAuthClientRow } from '@/db/queries/oauth';
import type { Ctx } from '../context';
import type { ApiKey, OAuthClient } from '../contracts/api-clients';
import { asCidr } from '../network';
import { refuseField } from '../parse';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const commonView = (row: ApiKeyRow | OAuthClientRow) => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes,
  addresses: row.addresses,
  createdBy: row.createdByName,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: iso(row.lastUsedAt),
  revokedAt: iso(row.revokedAt),
});

export const apiKeyView = (row: ApiKeyRow): ApiKey => ({
  ...commonView(row),
  object: 'api_key',
  prefix: row.prefix,
  state: row.revokedAt ? 'revoked' : row.expired ? 'expired' : 'active',
  expiresAt: iso(row.expiresAt),
  replaces: row.replaces,
});

export const oauthClientView = (row: OAuthClientRow): OAuthClient => ({
  ...commonView(row),
  object: 'oauth_client',
  state: row.revokedAt ? 'revoked' : 'active',
  previousSecretUntil: iso(row.previousSecretUntil),
});

export const noSuch = (what: string) => refuse('not_found', `There is no such ${what}.`);

/** Nobody hands out more than they may do themselves. */
export function mayGrant({ actor }: Ctx, scopes: readonly Permission[]): Outcome<true> {
  const beyond = actor.kind === 'user' ? scopes.find((scope) => !roleMay(actor.role, scope)) : scopes[0];
  return beyond === undefined
    ? ok(true)
    : refuse('forbidden', `You may not give ${beyond}: you do not have it.`);
}

/** Networks in one spelling, or the first that is none. Null: from anywhere. */
export function readNetworks(addresses: readonly string[] | undefined): Outcome<string[] | null> {
  if (!addresses) return ok(null);
  const networks = addresses.map(asCidr);
  const wrong = networks.indexOf(null);
  if (wrong >= 0)
    return refuseField(`addresses.${wrong}`, 'is not an address or a network like 203.0.113.0/24');
  return ok(networks.filter((network) => network !== null));
}
