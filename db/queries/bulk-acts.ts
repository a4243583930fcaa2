import { and, asc, count, desc, eq, gt, inArray, lt, lte, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { BULK_LIMITS, type BulkState, OPEN_BULK_STATES } from '@/core/bulk-act';
import type { Executor } from '../client';
import { dbNow, dbNowPlus } from '../clock';
import { bulkActs as b, bulkActLinks as l, paymentLinks as p } from '../schema';
import { builtOnce } from '../statement';
import { insertRows } from './rows';
import type { Found } from './sweep';

type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(b.merchantId, merchantId), eq(b.id, id));
const ofAct = ({ merchantId, id }: Key) => and(eq(l.merchantId, merchantId), eq(l.bulkActId, id));

const columns = {
  act: b,
  startsInSeconds: sql<number | null>`ceil(extract(epoch from ${b.startsAt} - cf_now()))::int`,
};
export type BulkActRow = { act: typeof b.$inferSelect; startsInSeconds: number | null };

/** Who asks for an act, and from where. */
export type BulkPerson = Pick<BulkActRow['act'], 'createdById' | 'createdByName' | 'address' | 'requestId'>;
/** What was prepared and not confirmed by then was left. */
const LEFT_SECONDS = 3_600;
/** So many a person has prepared at once, one for each page that is open: each may be ten thousand rows. */
const MOST_PREPARED = 5;

/** A new act with its links. What the same person has prepared before and left goes. */
export async function insertBulkAct(
  tx: Executor,
  values: typeof b.$inferInsert,
  links: readonly string[],
): Promise<void> {
  const { merchantId, id, createdById } = values;
  const theirs = [eq(b.merchantId, merchantId), eq(b.createdById, createdById), eq(b.state, 'prepared')];
  const kept = tx
    .select({ id: b.id })
    .from(b)
    .where(and(...theirs))
    .orderBy(desc(b.id))
    .limit(MOST_PREPARED - 1);
  const isLeft = or(lt(b.createdAt, dbNowPlus(-1000 * LEFT_SECONDS)), notInArray(b.id, kept));
  await tx.delete(b).where(and(...theirs, isLeft));
  await tx.insert(b).values(values);
  const rows = links.map((paymentLinkId, at) => ({
    merchantId,
    bulkActId: id,
    place: at + 1,
    paymentLinkId,
  }));
  await insertRows(tx, { table: l, rows });
}

export async function findBulkAct(tx: Executor, key: Key): Promise<BulkActRow | undefined> {
  return (await tx.select(columns).from(b).where(keyed(key)))[0];
}

/** Those of a merchant that are under way, newest first. */
export const listUnderWayActs = (tx: Executor, merchantId: number): Promise<BulkActRow[]> =>
  actsUnderWay(tx, { merchantId });
const actsUnderWay = builtOnce((tx) =>
  tx
    .select(columns)
    .from(b)
    .where(and(eq(b.merchantId, sql.placeholder('merchantId')), sql`${b.state} in ('waiting', 'running')`))
    .orderBy(desc(b.id))
    .limit(20),
);

type Change = Pick<
  PgUpdateSetSource<typeof b>,
  'channel' | 'reason' | 'startsAt' | 'endedAt' | keyof BulkPerson
>;

/** Compare-and-set of an act's state; false when it had moved on. */
export async function moveBulkAct(
  tx: Executor,
  key: Key,
  [from, to]: readonly [BulkState, BulkState],
  change: Change = {},
  where?: SQL,
): Promise<boolean> {
  const rows = await tx
    .update(b)
    .set({ ...change, state: to })
    .where(and(keyed(key), eq(b.state, from), where))
    .returning({ id: b.id });
  return rows.length > 0;
}

/** Compare-and-set: an act is confirmed while what was counted is still fresh, and waits for its time of grace. */
export const confirmBulkAct = (tx: Executor, key: Key, how: Omit<Change, 'startsAt' | 'endedAt'>) =>
  moveBulkAct(
    tx,
    key,
    ['prepared', 'waiting'],
    { ...how, startsAt: dbNowPlus(BULK_LIMITS.graceSeconds * 1000) },
    gt(b.createdAt, dbNowPlus(-1000 * LEFT_SECONDS)),
  );

/** Compare-and-set: the time of grace is over, and it begins. */
export async function beginBulkAct(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(b)
    .set({ state: 'running' })
    .where(and(keyed(key), eq(b.state, 'waiting'), lte(b.startsAt, dbNow)))
    .returning({ id: b.id });
  return rows.length > 0;
}

/** True where it still runs: it is not stopped before this transaction has ended. */
export async function holdRunningAct(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .select({ id: b.id })
    .from(b)
    .where(and(keyed(key), eq(b.state, 'running')))
    .for('share');
  return rows.length > 0;
}

/** The next links that nothing was done to yet, after a place. */
export const listWaitingLinks = (tx: Executor, key: Key, after: number, limit: number) =>
  tx
    .select({ place: l.place, paymentLink: l.paymentLinkId })
    .from(l)
    .where(and(ofAct(key), eq(l.state, 'waiting'), gt(l.place, after)))
    .orderBy(asc(l.place))
    .limit(limit);

/** Takes a link for this transaction, once: false when something was done to it, or another transaction has it. */
export async function takeLink(tx: Executor, key: Key, place: number): Promise<boolean> {
  const one = and(ofAct(key), eq(l.place, place), eq(l.state, 'waiting'));
  const free = tx.select({ place: l.place }).from(l).where(one).for('update', { skipLocked: true });
  const rows = await tx
    .update(l)
    .set({ state: 'done' })
    .where(and(one, sql`${l.place} in ${free}`))
    .returning({ place: l.place });
  return rows.length > 0;
}

/** Notes that nothing was done to a link, and why. */
export async function noteLeft(tx: Executor, key: Key, place: number, message: string): Promise<void> {
  await tx
    .update(l)
    .set({ state: 'left', message })
    .where(and(ofAct(key), eq(l.place, place)));
}

/** How many links of an act are done, and how many it left. */
export async function countBulkLinks(tx: Executor, key: Key): Promise<{ done: number; left: number }> {
  const rows = await tx.select({ state: l.state, count: count() }).from(l).where(ofAct(key)).groupBy(l.state);
  const of = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
  return { done: of('done'), left: of('left') };
}

/** The links that an act left, in their order, behind a place, each with why and what it is known by. */
export const listLeftLinks = (tx: Executor, key: Key, after: number, limit: number) =>
  tx
    .select({
      ...{ place: l.place, paymentLink: l.paymentLinkId, message: l.message },
      ...{ amountMinor: p.amountMinor, currency: p.currency, reference: p.reference },
      customer: sql<string | null>`coalesce(${p.customerName}, ${p.customerEmail}, ${p.customerPhone})`,
    })
    .from(l)
    .innerJoin(p, and(eq(p.merchantId, l.merchantId), eq(p.id, l.paymentLinkId)))
    .where(and(ofAct(key), eq(l.state, 'left'), gt(l.place, after)))
    .orderBy(asc(l.place))
    .limit(limit);

/** Acts that are not at their end, of all merchants, after `after`. */
export function listOpenBulkActs(tx: Executor, after: Found | undefined, limit: number): Promise<Found[]> {
  const rest =
    after &&
    or(gt(b.merchantId, after.merchantId), and(eq(b.merchantId, after.merchantId), gt(b.id, after.id)));
  const open = and(sql`${b.state} in ('waiting', 'running')`, inArray(b.state, [...OPEN_BULK_STATES]));
  return tx
    .select({ merchantId: b.merchantId, id: b.id })
    .from(b)
    .where(and(open, rest))
    .orderBy(asc(b.merchantId), asc(b.id))
    .limit(limit);
}
