import type * as z from 'zod';
import { isSetWithProfile } from '@/core/crm';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { dbNow } from '@/db/clock';
import { changeEndpoint, type EndpointRow } from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { updateWebhookEndpointInput, type WebhookEndpoint } from '../contracts/webhooks';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { type Act, perform, transact } from '../transact';
import { JUDGED_ANEW, loadEndpoint, sealHeaders } from './internal';
import { webhookEndpointView } from './view';

type Parsed = z.output<typeof updateWebhookEndpointInput>;

/** Judges a change of an endpoint, and its new address where it has one; what it gives writes it. */
export async function prepareEndpointUpdate(
  ctx: Ctx,
  id: string,
  raw: unknown,
  version: number | null,
  resolve?: Resolve,
): Promise<Outcome<Act<WebhookEndpoint>>> {
  const allowed = authorizeVerified(ctx, 'webhooks:write');
  if (!allowed.ok) return allowed;
  if (version === null)
    return refuse('version_required', 'Send If-Match with the version you have read, like "3".');
  const parsed = parseInput(updateWebhookEndpointInput, raw);
  if (!parsed.ok) return parsed;
  const found = await loadEndpoint(ctx, ctx.db, id, 'read');
  if (!found.ok) return found;
  if (found.value.kind === 'callbacks' && parsed.value.url !== undefined)
    return refuseField('url', 'is said by each link of this profile');
  const ofProfile = (['url', 'types', 'headers'] as const).find((name) => parsed.value[name] !== undefined);
  if (isSetWithProfile(found.value.kind) && ofProfile)
    return refuseField(ofProfile, 'of this endpoint is set with its payment profile');
  const { url } = parsed.value;
  const judged = url === undefined ? ok(url) : await checkAddress(ctx, 'url', url, resolve);
  if (!judged.ok) return judged;
  const wanted = { ...parsed.value, ...(judged.value !== undefined && { url: judged.value }) };
  return ok((inner) => write(inner, id, wanted, version));
}

/**
 * Changes what an endpoint is and wants; `version` is the one that was read. A new address is judged like a first one, and
 * starts without the failures of the old. A paused endpoint keeps its events waiting, and is judged anew once it goes on:
 * the time that it rested is none of failing.
 */
export const updateWebhookEndpoint = (
  ctx: Ctx,
  ...change: [id: string, raw: unknown, version: number | null, resolve?: Resolve]
): Promise<Outcome<WebhookEndpoint>> => perform(ctx, (outer) => prepareEndpointUpdate(outer, ...change));

const write = (ctx: Ctx, id: string, wanted: Parsed, version: number): Promise<Outcome<WebhookEndpoint>> =>
  transact(ctx, async (tx) => {
    const locked = await loadEndpoint(ctx, tx, id);
    if (!locked.ok) return locked;
    if (locked.value.version !== version)
      return refuse(
        'version_mismatch',
        `The endpoint has changed: its version is ${locked.value.version}. Read it again.`,
      );
    const change = changeOf(ctx, locked.value, wanted);
    if (Object.keys(change).length === 0) return ok(webhookEndpointView(ctx.config, locked.value));
    const row = await changeEndpoint(tx, { merchantId: ctx.merchantId, id }, change);
    if (!row) throw new Error('the endpoint is held and yet not there');
    await audit(ctx, tx, 'webhook_endpoint.update', id, {
      fields: Object.keys(wanted),
      ...(row.url !== locked.value.url && { url: row.url, previousUrl: locked.value.url }),
    });
    return ok(webhookEndpointView(ctx.config, row));
  });

function changeOf(ctx: Ctx, row: EndpointRow, input: Parsed) {
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
