import type * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { dbNow } from '@/db/clock';
import { changeEndpoint, type EndpointRow } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { updateWebhookEndpointInput, type WebhookEndpoint } from '../contracts/webhooks';
import { checkUrl, type Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { transact } from '../transact';
import { JUDGED_ANEW, loadEndpoint, sealHeaders } from './internal';
import { webhookEndpointView } from './view';

/**
 * Changes what an endpoint is and wants; `version` is the one that was read. A new address is judged like a first one, and
 * starts without the failures of the old. A paused endpoint keeps its events waiting, and is judged anew once it goes on:
 * the time that it rested is none of failing.
 */
export async function updateWebhookEndpoint(
  ctx: Ctx,
  id: string,
  raw: unknown,
  version: number | null,
  resolve?: Resolve,
): Promise<Outcome<WebhookEndpoint>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  if (version === null)
    return refuse('version_required', 'Send If-Match with the version you have read, like "3".');
  const parsed = parseInput(updateWebhookEndpointInput, raw);
  if (!parsed.ok) return parsed;
  const found = await loadEndpoint(ctx, ctx.tx ?? ctx.db, id, 'read');
  if (!found.ok) return found;
  if (found.value.kind === 'callbacks' && parsed.value.url !== undefined)
    return refuseField('url', 'is said by each link of this profile');
  const ofProfile = (['url', 'types', 'headers'] as const).find((name) => parsed.value[name] !== undefined);
  if (found.value.kind === 'write_back' && ofProfile)
    return refuseField(ofProfile, 'of a write-back is set with its payment profile');
  const url = await judged(ctx, parsed.value.url, resolve);
  if (!url.ok) return url;
  return transact(ctx, async (tx) => {
    const locked = await loadEndpoint(ctx, tx, id);
    if (!locked.ok) return locked;
    if (locked.value.version !== version)
      return refuse(
        'version_mismatch',
        `The endpoint has changed: its version is ${locked.value.version}. Read it again.`,
      );
    const change = changeOf(ctx, locked.value, { ...parsed.value, url: url.value });
    if (Object.keys(change).length === 0) return ok(webhookEndpointView(ctx.config, locked.value));
    const row = await changeEndpoint(tx, { merchantId: ctx.merchantId, id }, change);
    if (!row) throw new Error('the endpoint is held and yet not there');
    await audit(ctx, tx, 'webhook_endpoint.update', id, {
      fields: Object.keys(parsed.value),
      ...(row.url !== locked.value.url && { url: row.url, previousUrl: locked.value.url }),
    });
    return ok(webhookEndpointView(ctx.config, row));
  });
}

async function judged(
  ctx: Ctx,
  url: string | undefined,
  resolve?: Resolve,
): Promise<Outcome<string | undefined>> {
  if (url === undefined) return ok(undefined);
  const checked = await checkUrl(url, ctx.config.egressAllow, resolve);
  return checked.ok ? ok(checked.target.url.href) : refuseField('url', checked.reason);
}

function changeOf(ctx: Ctx, row: EndpointRow, input: z.output<typeof updateWebhookEndpointInput>) {
  const { url, description, types, headers, paused } = input;
  const moved = url !== undefined && url !== row.url;
  const goesOn = paused === false && row.pausedAt !== null;
  return {
    ...((moved || goesOn) && JUDGED_ANEW),
    ...(moved && { url, isSlow: false }),
    ...(description !== undefined && description !== row.description && { description }),
    ...(types !== undefined && { types }),
    ...(headers !== undefined && sealHeaders(ctx.config.dataKey, row, headers)),
    ...(paused === true && !row.pausedAt && { pausedAt: dbNow }),
    ...(goesOn && { pausedAt: null }),
  };
}
