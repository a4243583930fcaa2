import type { EndpointRow } from '@/db/queries/webhooks';

export type WebhookEndpoint = {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  /** Event types wanted; null is all. */
  types: string[] | null;
  state: 'enabled' | 'failing' | 'disabled';
  createdAt: string;
  disabledAt: string | null;
  failingSince: string | null;
};

/** An endpoint as the API, the screens and the events tell it. Its secret is shown once, at its making, and not here. */
export const webhookEndpointView = (row: EndpointRow): WebhookEndpoint => ({
  id: row.id,
  object: 'webhook_endpoint',
  url: row.url,
  description: row.description,
  types: row.types,
  state: row.disabledAt ? 'disabled' : row.failingSince ? 'failing' : 'enabled',
  createdAt: row.createdAt.toISOString(),
  disabledAt: row.disabledAt?.toISOString() ?? null,
  failingSince: row.failingSince?.toISOString() ?? null,
});
