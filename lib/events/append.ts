import { API_VERSION, type EventType } from '@/core/events';
import { traceparent } from '@/core/trace';
import type { Executor } from '@/db/client';
import {
  deliveryRows,
  type EventRow,
  eventRows,
  findCallbackEndpoint,
  findEndpointsFor,
  type NewDelivery,
} from '@/db/queries/events';
import { type PaymentLinkRow, takeSequence } from '@/db/queries/payment-links';
import { insertRows, type Rows } from '@/db/queries/rows';
import { compatibleWebhookOf } from '../compatible/tell';
import { actorName, type Ctx } from '../context';
import type { PaymentAttempt } from '../contracts/payment-attempts';
import { newId } from '../ids';
import { ensureCallbackEndpoint } from '../webhooks/callback';
import { writeBackOf } from '../write-backs/queue';

export type NewEvent = {
  type: EventType;
  paymentLinkId: string;
  /** The object the event is about, whole, from the link's row as it stands after the change. */
  data: (link: PaymentLinkRow) => unknown;
  /** The attempt it is about, where it is about one. */
  attempt?: PaymentAttempt;
  /** Prior values of the fields that changed. */
  previous?: Record<string, unknown>;
  /** A short fact for the timeline. */
  detail?: string;
};

/**
 * Writes what happened, in the transaction that made it happen: takes the link's next number, freezes the webhook's body
 * and puts one delivery per endpoint that wants it on its way, and what its profile is to tell of an end. Returns
 * the link's row after the change.
 */
export async function appendEvent(ctx: Ctx, tx: Executor, event: NewEvent): Promise<PaymentLinkRow> {
  const link = await takeSequence(tx, { merchantId: ctx.merchantId, id: event.paymentLinkId });
  if (!link) throw new Error('an event needs its link');
  const { previous = {}, detail = null, attempt = null } = event;
  const { merchantId } = ctx;
  const row = eventRow(ctx, event.type, { link, data: event.data(link), previous, detail });
  const told = { id: row.id, type: event.type, occurredAt: link.now };
  const receiversOf = await findReceivers(ctx, tx, event.type, [link]);
  const receivers = [
    ...receiversOf(link),
    ...(await writeBackOf(tx, told, link, attempt)),
    ...(await compatibleWebhookOf(tx, told, link)),
  ];
  const deliveries = receivers.map((one) => deliveryOf(one, merchantId, row.id));
  await insertRows(tx, eventRows([row]), deliveryRows(deliveries));
  return link;
}

/** The same for links that are made by the statement that writes these rows: they hold the event's number already. */
export function firstEvents(
  ctx: Ctx,
  type: EventType,
  receiversOf: (link: PaymentLinkRow) => Receiver[],
  links: readonly { link: PaymentLinkRow; data: unknown }[],
): Rows[] {
  const told = links.map(({ link, data }) => ({
    link,
    row: eventRow(ctx, type, { link, data, previous: {}, detail: null }),
  }));
  const deliveries = told.flatMap(({ link, row }) =>
    receiversOf(link).map((one) => deliveryOf(one, ctx.merchantId, row.id)),
  );
  return [eventRows(told.map(({ row }) => row)), deliveryRows(deliveries)];
}

const deliveryOf = (receiver: Receiver, merchantId: number, eventId: string): NewDelivery => ({
  ...receiver,
  ...{ merchantId, id: newId('delivery'), eventId },
});

type Happened = { link: PaymentLinkRow; data: unknown; previous: object; detail: string | null };

function eventRow(ctx: Ctx, type: EventType, { link, data, previous, detail }: Happened): EventRow {
  const id = newId('event');
  const payload = JSON.stringify({
    id,
    type,
    apiVersion: API_VERSION,
    occurredAt: link.now.toISOString(),
    livemode: link.livemode,
    paymentLink: link.id,
    sequence: link.sequence,
    data,
    previous,
  });
  return {
    merchantId: ctx.merchantId,
    id,
    type,
    paymentLinkId: link.id,
    sequence: link.sequence,
    payload,
    actorName: actorName(ctx.actor),
    detail,
    occurredAt: link.now,
    trace: traceparent(),
  };
}

export type Receiver = Pick<NewDelivery, 'endpointId' | 'url' | 'endedAt'>;

type Called = Pick<PaymentLinkRow, 'callbackUrl' | 'profileId'>;

/** The endpoints that want the event and, for a link that has one, its callback: one that is off keeps it for later. */
export async function findReceivers(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  links: readonly Called[],
): Promise<(link: PaymentLinkRow) => Receiver[]> {
  const everybody = (await findEndpointsFor(tx, ctx.merchantId, type)).map((endpointId) => ({ endpointId }));
  const called = links.filter(({ callbackUrl }) => callbackUrl !== null).map(({ profileId }) => profileId);
  const callbacks = new Map<string, Awaited<ReturnType<typeof callbackOf>>>();
  for (const profileId of new Set(called))
    callbacks.set(profileId, await callbackOf(ctx, tx, profileId, type));
  return ({ callbackUrl, profileId, now }) => {
    const found = callbacks.get(profileId);
    if (callbackUrl === null || !found?.wanted) return everybody;
    return [...everybody, { endpointId: found.id, url: callbackUrl, endedAt: found.disabledAt && now }];
  };
}

/** The endpoint of a profile's callbacks, made where there is none, or none any more. */
async function callbackOf(ctx: Ctx, tx: Executor, profileId: string, type: EventType) {
  const find = () => findCallbackEndpoint(tx, ctx.merchantId, profileId, type);
  const found = await find();
  if (found) return found;
  await ensureCallbackEndpoint(ctx, tx, profileId);
  return find();
}
