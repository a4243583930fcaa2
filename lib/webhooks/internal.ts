import { API_VERSION, EVENT_TYPES, type EventType } from '@/core/events';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { traceparent } from '@/core/trace';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { insertEvent } from '@/db/queries/events';
import { findMerchant } from '@/db/queries/merchants';
import { type EndpointRow, findEndpoint, lockEndpoint } from '@/db/queries/webhook-endpoints';
import { actorName, type Ctx } from '../context';
import { seal, unseal } from '../crypto';
import { newId } from '../ids';
import type { KeyRing } from '../key-ring';
import { refuseField } from '../parse';
import { newSigningKey, webhookKey } from './sign';
import { webhookEndpointView } from './view';

/** Binds a sealed signing secret to its endpoint's row. */
export const secretContext = (merchantId: number, endpointId: string): string =>
  `webhook_secret:${merchantId}:${endpointId}`;
export const headersContext = (merchantId: number, endpointId: string): string =>
  `webhook_headers:${merchantId}:${endpointId}`;
export const keyContext = ({ merchantId, id }: Owner): string => `webhook_signing_key:${merchantId}:${id}`;

/** What an endpoint loses of its past: it counts as one that has not failed. */
export const JUDGED_ANEW = { failingSince: null, alertedPercent: 0 } as const;

type Owner = { merchantId: number; id: string };

const sealSecret = (dataKey: KeyRing, { merchantId, id }: Owner, secret: string): string =>
  seal(dataKey, secret, secretContext(merchantId, id));
export const unsealSecret = (dataKey: KeyRing, { merchantId, id }: Owner, sealed: string): string =>
  unseal(dataKey, sealed, secretContext(merchantId, id));

/** The columns of a new signer: secret and pair of Ed25519, what is private encrypted. */
export function newSigner(dataKey: KeyRing, owner: Owner, secret: string) {
  const { privateKey, publicKey } = newSigningKey();
  const signingKey = seal(dataKey, privateKey, keyContext(owner));
  return { secret: sealSecret(dataKey, owner, secret), signingKey, publicKey };
}
export const unsealSigningKey = (dataKey: KeyRing, owner: Owner, sealed: string): string =>
  unseal(dataKey, sealed, keyContext(owner));

type Headers = Record<string, string>;

/** The columns of an endpoint's own headers; without any, none. */
export const sealHeaders = (dataKey: KeyRing, { merchantId, id }: Owner, headers: Headers | null) => {
  const names = Object.keys(headers ?? {});
  const text = JSON.stringify(headers);
  const sealed = names.length > 0 ? seal(dataKey, text, headersContext(merchantId, id)) : null;
  return { headers: sealed, headerNames: names };
};
export const unsealHeaders = (dataKey: KeyRing, { merchantId, id }: Owner, sealed: string | null): Headers =>
  sealed === null ? {} : JSON.parse(unseal(dataKey, sealed, headersContext(merchantId, id)));

export const IS_CALLBACK =
  'This endpoint stands for the callbacks of a payment profile: it has no address of its own.';

export const checkSecret = (secret: string | undefined): Outcome<true> =>
  secret === undefined || webhookKey(secret)
    ? ok(true)
    : refuseField('secret', 'must be whsec_ and 24 to 64 bytes in base64');

/** An endpoint of this merchant; another merchant's, and one that was taken away, is simply not there. */
export async function loadEndpoint(
  ctx: Ctx,
  tx: Executor,
  id: string,
  lock: 'lock' | 'read' = 'lock',
): Promise<Outcome<EndpointRow>> {
  const key = { merchantId: ctx.merchantId, id };
  const find = lock === 'lock' ? lockEndpoint : findEndpoint;
  const row = isId('webhookEndpoint', id) ? await find(tx, key) : undefined;
  return row ? ok(row) : refuse('not_found', 'There is no such webhook endpoint.');
}

/** The types an endpoint gets without asking: all but the ping, which is sent by hand. */
export const ordinaryTypes = (): EventType[] => EVENT_TYPES.filter((type) => type !== 'test.ping');

/**
 * Writes an event about an endpoint; returns its id. It has no sequence: a merchant's endpoints are not part of any
 * link's story. Whom it is told is the caller's matter.
 */
export async function appendEndpointEvent(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  endpoint: EndpointRow,
  more: { previous?: Record<string, unknown>; detail?: string } = {},
): Promise<string> {
  const { merchantId } = ctx;
  const id = newId('event');
  const merchant = await findMerchant(tx, merchantId);
  if (!merchant) throw new Error('no such merchant');
  const occurredAt = await readNow(tx);
  const payload = JSON.stringify({
    id,
    type,
    apiVersion: API_VERSION,
    occurredAt: occurredAt.toISOString(),
    livemode: merchant.livemode,
    paymentLink: null,
    sequence: null,
    data: webhookEndpointView(ctx.config, endpoint),
    previous: more.previous ?? {},
  });
  const detail = more.detail ?? null;
  await insertEvent(tx, {
    merchantId,
    id,
    type,
    payload,
    detail,
    occurredAt,
    actorName: actorName(ctx.actor),
    trace: traceparent(),
  });
  return id;
}
