import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  type DeliveryRow,
  findDelivery,
  findEvent,
  listDeliveries,
  listTries,
  type TryRow,
} from '@/db/queries/webhook-log';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/common';
import {
  listDeliveriesInput,
  type WebhookDelivery,
  type WebhookDeliveryDetail,
  type WebhookTry,
} from '../contracts/webhook-deliveries';
import { cutPage } from '../page';
import { parseInput, refuseCursor, refuseField } from '../parse';
import { executor } from '../transact';

const MOST_TRIES = 100;

export const webhookDeliveryView = ({ delivery, type, url }: DeliveryRow): WebhookDelivery => ({
  id: delivery.id,
  object: 'webhook_delivery',
  event: delivery.eventId,
  eventType: type,
  webhookEndpoint: delivery.endpointId,
  url,
  state: delivery.state,
  tries: delivery.tries,
  nextTryAt: delivery.endedAt ? null : delivery.nextTryAt.toISOString(),
  createdAt: delivery.createdAt.toISOString(),
  endedAt: delivery.endedAt?.toISOString() ?? null,
});

const tryView = (row: TryRow): WebhookTry => ({
  number: row.number,
  at: row.at.toISOString(),
  durationMs: row.durationMs,
  request: row.url === null ? null : { url: row.url, headers: row.requestHeaders ?? {} },
  response:
    row.status === null
      ? null
      : { status: row.status, headers: row.answerHeaders ?? {}, body: row.answer ?? '' },
  error: row.error,
});

const missing = refuse('not_found', 'There is no such webhook delivery.');

/** A delivery of this merchant, as it stands. */
export async function loadDelivery(ctx: Ctx, tx: Executor, id: string): Promise<Outcome<WebhookDelivery>> {
  const key = { merchantId: ctx.merchantId, id };
  const row = isId('delivery', id) ? await findDelivery(tx, key) : undefined;
  return row ? ok(webhookDeliveryView(row)) : missing;
}

/** A page of this merchant's deliveries, newest first. */
export async function listWebhookDeliveries(ctx: Ctx, raw: unknown): Promise<Outcome<Page<WebhookDelivery>>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listDeliveriesInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor, endpoint, event, status, types } = parsed.value;
  if (cursor !== undefined && !isId('delivery', cursor)) return refuseCursor();
  if (endpoint !== undefined && !isId('webhookEndpoint', endpoint))
    return refuseField('endpoint', 'is not the id of a webhook endpoint');
  if (event !== undefined && !isId('event', event)) return refuseField('event', 'is not the id of an event');
  const filter = {
    ...(cursor !== undefined && { before: cursor }),
    ...(endpoint !== undefined && { endpoint }),
    ...(event !== undefined && { event }),
    ...(status !== undefined && { state: status }),
    ...(types !== undefined && { types }),
  };
  const rows = await listDeliveries(executor(ctx), ctx.merchantId, filter, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ delivery }) => delivery.id);
  return ok({ data: page.map(webhookDeliveryView), nextCursor });
}

/** One delivery with every request and response. */
export async function readWebhookDelivery(ctx: Ctx, id: string): Promise<Outcome<WebhookDeliveryDetail>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const { merchantId } = ctx;
  const row = isId('delivery', id) ? await findDelivery(tx, { merchantId, id }) : undefined;
  if (!row) return missing;
  const [event, tries] = await Promise.all([
    findEvent(tx, { merchantId, id: row.delivery.eventId }),
    listTries(tx, { merchantId, id }, MOST_TRIES),
  ]);
  if (!event) return missing;
  const body = row.delivery.body ?? event.payload;
  return ok({ ...webhookDeliveryView(row), body, attempts: tries.map(tryView) });
}
