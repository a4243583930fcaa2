import { type Outcome, ok } from '@/core/outcome';
import { listEndpoints } from '@/db/queries/webhook-endpoints';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/common';
import type { WebhookEndpoint } from '../contracts/webhooks';
import { readPage } from '../page';
import { executor } from '../transact';
import { loadEndpoint } from './internal';
import { webhookEndpointView } from './view';

/** A page of this merchant's endpoints, oldest first. */
export async function listWebhookEndpoints(ctx: Ctx, raw: unknown): Promise<Outcome<Page<WebhookEndpoint>>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  return readPage(
    raw,
    'webhookEndpoint',
    ({ after, limit }) => listEndpoints(executor(ctx), ctx.merchantId, after, limit),
    (row) => webhookEndpointView(ctx.config, row),
  );
}

/** One endpoint of this merchant. */
export async function readWebhookEndpoint(ctx: Ctx, id: string): Promise<Outcome<WebhookEndpoint>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  const found = await loadEndpoint(ctx, executor(ctx), id, 'read');
  return found.ok ? ok(webhookEndpointView(ctx.config, found.value)) : found;
}
