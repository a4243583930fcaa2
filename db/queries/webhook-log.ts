import { and, asc, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm';
import type { DeliveryState } from '@/core/retry-schedule';
import type { Executor } from '../client';
import { events, webhookDeliveries, webhookEndpoints, webhookTries } from '../schema';

const d = webhookDeliveries;
const t = webhookTries;
type Key = { merchantId: number; id: string };

/** A callback goes to the link's own address. */
const addressOf = sql<string>`coalesce(${d.url}, ${webhookEndpoints.url})`;

/** Deliveries with the type of their event and the address they go to. */
const deliveries = (tx: Executor) =>
  tx
    .select({ delivery: d, type: events.type, url: addressOf })
    .from(d)
    .innerJoin(events, and(eq(events.merchantId, d.merchantId), eq(events.id, d.eventId)))
    .innerJoin(
      webhookEndpoints,
      and(eq(webhookEndpoints.merchantId, d.merchantId), eq(webhookEndpoints.id, d.endpointId)),
    );
export type DeliveryRow = Awaited<ReturnType<typeof deliveries>>[number];
export type TryRow = typeof t.$inferSelect;

export async function findDelivery(tx: Executor, { merchantId, id }: Key): Promise<DeliveryRow | undefined> {
  return (await deliveries(tx).where(and(eq(d.merchantId, merchantId), eq(d.id, id))))[0];
}

export type DeliveryFilter = {
  before?: string;
  endpoint?: string;
  event?: string;
  state?: DeliveryState;
  types?: readonly string[];
};
const ofTypes = (types: readonly string[]): SQL =>
  sql`${events.type} = any(${`{${types.join(',')}}`}::text[])`;

/** A merchant's deliveries, newest first, those behind `before`. */
export const listDeliveries = (
  tx: Executor,
  merchantId: number,
  { before, endpoint, event, state, types }: DeliveryFilter,
  limit: number,
): Promise<DeliveryRow[]> =>
  deliveries(tx)
    .where(
      and(
        eq(d.merchantId, merchantId),
        before ? lt(d.id, before) : undefined,
        endpoint ? eq(d.endpointId, endpoint) : undefined,
        event ? eq(d.eventId, event) : undefined,
        state ? eq(d.state, state) : undefined,
        types && ofTypes(types),
      ),
    )
    .orderBy(desc(d.id))
    .limit(limit);

/** The newest tries of a delivery, oldest first. */
export async function listTries(tx: Executor, { merchantId, id }: Key, limit: number): Promise<TryRow[]> {
  const rows = await tx
    .select()
    .from(t)
    .where(and(eq(t.merchantId, merchantId), eq(t.deliveryId, id)))
    .orderBy(desc(t.number))
    .limit(limit);
  return rows.reverse();
}

/**
 * Puts one event on its way to endpoints: a first time, again on a fresh schedule, or at once where it still waits. One
 * that is being sent is left alone.
 */
export async function putOnItsWay(
  tx: Executor,
  rows: { merchantId: number; id: string; eventId: string; endpointId: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const waits = sql`${d.state} in ('pending', 'retrying')`;
  const ended = (fresh: SQL, kept: SQL): SQL => sql`case when ${waits} then ${kept} else ${fresh} end`;
  await tx
    .insert(d)
    .values(rows)
    .onConflictDoUpdate({
      target: [d.merchantId, d.eventId, d.endpointId],
      set: {
        state: ended(sql`'pending'`, sql`${d.state}`),
        scheduledAt: ended(sql`cf_now()`, sql`${d.scheduledAt}`),
        triesBefore: ended(sql`${d.tries}`, sql`${d.triesBefore}`),
        fence: sql`${d.fence} + 1`,
        leaseUntil: null,
        endedAt: null,
        nextTryAt: sql`cf_now()`,
      },
      setWhere: sql`not (${waits} and coalesce(${d.leaseUntil} > cf_now(), false))`,
    });
}

const e = events;
export type EventRow = typeof e.$inferSelect;

export async function findEvent(tx: Executor, { merchantId, id }: Key): Promise<EventRow | undefined> {
  return (
    await tx
      .select()
      .from(e)
      .where(and(eq(e.merchantId, merchantId), eq(e.id, id)))
  )[0];
}

export type EventFilter = {
  types?: readonly string[] | undefined;
  paymentLink?: string | undefined;
  afterSequence?: number | undefined;
  createdFrom?: Date | undefined;
  createdTo?: Date | undefined;
  /** The event behind which the page begins, in the order of the list. */
  behind?: EventRow | undefined;
  /** Only what happened before: in a feed, the moment up to which everything is committed. */
  until?: Date | undefined;
};

const listed = (merchantId: number, filter: EventFilter) => {
  const { types, paymentLink, afterSequence, createdFrom, createdTo, until } = filter;
  return [
    eq(e.merchantId, merchantId),
    types && ofTypes(types),
    paymentLink === undefined ? undefined : eq(e.paymentLinkId, paymentLink),
    afterSequence === undefined ? undefined : gt(e.sequence, afterSequence),
    createdFrom && sql`${e.occurredAt} >= ${createdFrom.toISOString()}::timestamptz`,
    createdTo && sql`${e.occurredAt} < ${createdTo.toISOString()}::timestamptz`,
    until && sql`${e.occurredAt} < ${until.toISOString()}::timestamptz`,
  ];
};
const place = (row: EventRow): SQL =>
  sql`(${row.occurredAt.toISOString()}::timestamptz, ${sql.param(row.id, e.id)}::uuid)`;

export const listNewestEvents = (tx: Executor, merchantId: number, filter: EventFilter, limit: number) =>
  tx
    .select()
    .from(e)
    .where(
      and(
        ...listed(merchantId, filter),
        filter.behind && sql`(${e.occurredAt}, ${e.id}) < ${place(filter.behind)}`,
      ),
    )
    .orderBy(desc(e.occurredAt), desc(e.id))
    .limit(limit);

export const listOldestEvents = (tx: Executor, merchantId: number, filter: EventFilter, limit: number) =>
  tx
    .select()
    .from(e)
    .where(
      and(
        ...listed(merchantId, filter),
        filter.behind && sql`(${e.occurredAt}, ${e.id}) > ${place(filter.behind)}`,
      ),
    )
    .orderBy(asc(e.occurredAt), asc(e.id))
    .limit(limit);

/**
 * The moment up to which no event can appear any more: nobody who has written is still at work in a transaction that
 * began before. Ask first, then read: what commits in between is read too.
 */
export async function readSettledUntil(tx: Executor): Promise<Date> {
  const rows = await tx.execute<{ ms: number }>(sql`
    select extract(epoch from cf_now() - coalesce(max(clock_timestamp() - xact_start), interval '0'))::float8 * 1000 - 1
      as ms from pg_stat_activity where datname = current_database() and backend_xid is not null
      and pid <> pg_backend_pid()`);
  return new Date(Math.floor(rows[0]?.ms ?? Number.NaN));
}
