import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  type EventFilter,
  type EventRow,
  findEvent,
  listNewestEvents,
  listOldestEvents,
  readSettledUntil,
} from '@/db/queries/webhook-log';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/common';
import { type Event, listEventsInput } from '../contracts/events';
import { cutPage } from '../page';
import { parseInput, refuseCursor, refuseField } from '../parse';
import { executor } from '../transact';

const eventView = (row: EventRow): Event => JSON.parse(row.payload);

/**
 * A page of this merchant's events, each as its webhook told it. The newest first; or the oldest first, as a feed to poll:
 * `nextCursor` then always says where to go on, and no event ever appears behind it.
 */
export async function listEvents(ctx: Ctx, raw: unknown): Promise<Outcome<Page<Event>>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listEventsInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor, order, ...filter } = parsed.value;
  const { afterSequence, paymentLink } = filter;
  if (afterSequence !== undefined && paymentLink === undefined)
    return refuseField('afterSequence', 'goes with paymentLink: it counts the events of a link');
  if (paymentLink !== undefined && !isId('paymentLink', paymentLink))
    return refuseField('paymentLink', 'is not the id of a payment link');
  const tx = executor(ctx);
  const behind = cursor === undefined ? undefined : await cursorRow(ctx, tx, cursor);
  if (cursor !== undefined && !behind) return refuseCursor();
  const query = { ...filter, behind };
  return ok(
    order === 'oldest' || afterSequence !== undefined
      ? await feed(ctx, tx, query, { limit, cursor })
      : await newest(ctx, tx, query, limit),
  );
}

const cursorRow = async (ctx: Ctx, tx: Executor, id: string): Promise<EventRow | undefined> =>
  isId('event', id) ? findEvent(tx, { merchantId: ctx.merchantId, id }) : undefined;

async function newest(ctx: Ctx, tx: Executor, filter: EventFilter, limit: number): Promise<Page<Event>> {
  const rows = await listNewestEvents(tx, ctx.merchantId, filter, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  return { data: page.map(eventView), nextCursor };
}

async function feed(
  ctx: Ctx,
  tx: Executor,
  filter: EventFilter,
  { limit, cursor = null }: { limit: number; cursor: string | null | undefined },
): Promise<Page<Event>> {
  const until = await readSettledUntil(tx);
  const rows = await listOldestEvents(tx, ctx.merchantId, { ...filter, until }, limit);
  return { data: rows.map(eventView), nextCursor: rows.at(-1)?.id ?? cursor };
}

/** One event, as its webhook told it. */
export async function readEvent(ctx: Ctx, id: string): Promise<Outcome<Event>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  const row = await cursorRow(ctx, executor(ctx), id);
  return row ? ok(eventView(row)) : refuse('not_found', 'There is no such event.');
}
