import type { EventType } from '@/core/events';
import type { EndpointRow } from '@/db/queries/webhook-endpoints';
import type { Config } from '../context';
import type { WebhookEndpoint } from '../contracts/webhooks';

export const stateOf = (row: EndpointRow): WebhookEndpoint['state'] => {
  if (row.disabledAt) return 'disabled';
  if (row.pausedAt) return 'paused';
  return row.failingSince ? 'failing' : 'enabled';
};

/** Standard Webhooks writes a public key so. */
export const PUBLIC_KEY_PREFIX = 'whpk_';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An endpoint as the API, the screens and the events tell it. Its secret is shown once, at its making, and not here. */
export const webhookEndpointView = ({ portalUrl }: Config, row: EndpointRow): WebhookEndpoint => ({
  id: row.id,
  object: 'webhook_endpoint',
  kind: row.kind,
  url: row.url,
  profile: row.profileId,
  description: row.description,
  types: row.types as EventType[] | null,
  headerNames: row.headerNames,
  state: stateOf(row),
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  pausedAt: iso(row.pausedAt),
  failingSince: iso(row.failingSince),
  disabledAt: iso(row.disabledAt),
  disabledReason: row.disabledReason,
  publicKey: row.publicKey === null ? null : PUBLIC_KEY_PREFIX + row.publicKey,
  keySetUrl: `${portalUrl}/webhook-keys/${row.id}`,
  previousSecretUntil: iso(row.previousSecretUntil),
});
