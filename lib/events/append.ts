import { API_VERSION, type EventType } from '@/core/events';
import type { Executor } from '@/db/client';
import {
  type EventRow,
  findCallbackEndpoint,
  findEndpointsFor,
  insertDeliveries,
  insertEvents,
  type NewDelivery,
} from '@/db/queries/events';
import { type PaymentLinkRow, takeSequence } from '@/db/queries/payment-links';
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
 * and puts one delivery per endpoint that wants it on its way, and the write-back of the profile where it is an end. Returns
 * the link's row after the change.
 */
export async function appendEvent(ctx: Ctx, tx: Executor, event: NewEvent): Promise<PaymentLinkRow> {
  const link = await takeSequence(tx, { merchantId: ctx.merchantId, id: event.paymentLinkId });
  if (!link) throw new Error('an event needs its link');
  const { previous = {}, detail = null, attempt = null } = event;
  await write(ctx, tx, event.type, [{ link, data: event.data(link), attempt, previous, detail }]);
  return link;
}

/** The same for links that were made in this transaction, many at once: their rows hold the event's number already. */
export async function appendFirstEvents(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  links: readonly { link: PaymentLinkRow; data: unknown }[],
): Promise<void> {
  await write(
    ctx,
    tx,
    type,
    links.map((one) => ({ ...one, attempt: null, previous: {}, detail: null })),
  );
}

type Happened = {
  link: PaymentLinkRow;
  data: unknown;
  attempt: PaymentAttempt | null;
  previous: object;
  detail: string | null;
};

async function write(ctx: Ctx, tx: Executor, type: EventType, all: readonly Happened[]): Promise<void> {
  const rows = all.map((one) => eventRow(ctx, type, one));
  await insertEvents(tx, rows);
  const receiversOf = await findReceivers(ctx, tx, type, all);
  const deliveries: NewDelivery[] = [];
  for (const [i, { link, attempt }] of all.entries()) {
    const eventId = rows[i]?.id ?? '';
    const told = { id: eventId, type, occurredAt: link.now };
    for (const receiver of [...receiversOf(link), ...(await writeBackOf(tx, told, link, attempt))])
      deliveries.push({ ...receiver, merchantId: ctx.merchantId, id: newId('delivery'), eventId });
  }
  await insertDeliveries(tx, deliveries);
}

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
  };
}

type Receiver = { endpointId: string; url?: string; endedAt?: Date | null };

/** The endpoints that want the event and, for a link that has one, its callback: one that is off keeps it for later. */
async function findReceivers(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  all: readonly Happened[],
): Promise<(link: PaymentLinkRow) => Receiver[]> {
  const everybody = (await findEndpointsFor(tx, ctx.merchantId, type)).map((endpointId) => ({ endpointId }));
  const called = all.filter(({ link }) => link.callbackUrl !== null).map(({ link }) => link.profileId);
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
