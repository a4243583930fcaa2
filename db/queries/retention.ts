import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from '../client';
import {
  bulkActLinks,
  bulkActs,
  events,
  linkTokens,
  merchants,
  messages,
  reminders,
  webhookDeliveries,
  webhookTries,
} from '../schema';
import { besidePartitions, oldestPartition, type Partitioned } from './partitions';

/** Deletes at most `limit` rows whose time came `seconds` ago, of any merchant; how many. It waits for no other's lock. */
export type DeleteOld = (tx: Executor, seconds: number, limit: number) => Promise<number>;

const cutoff = (seconds: number): SQL => sql`((select cf_now()) - make_interval(secs => ${seconds}))`;

const deleteWhere = async (tx: Executor, from: SQL, old: SQL, limit: number): Promise<number> => {
  const places = sql`select ctid from ${from} where ${old} limit ${limit} for update skip locked`;
  return (await tx.execute(sql`delete from ${from} where ctid = any(array(${places}))`)).count;
};

/** Rows by an instant of their own, which leads an index. `more`: what else must hold. */
export const byTime =
  (table: PgTable, at: PgColumn, more: SQL = sql`true`): DeleteOld =>
  (tx, seconds, limit) =>
    deleteWhere(tx, sql`${table}`, sql`${at} < ${cutoff(seconds)} and ${more}`, limit);

/** The same of a table with partitions, which are dropped whole: here go the rows beside them. */
export const besideByTime =
  (table: Partitioned, at: PgColumn): DeleteOld =>
  async (tx, seconds, limit) => {
    let deleted = 0;
    for (const beside of besidePartitions(table)) {
      const old = sql`${sql.identifier(at.name)} < ${cutoff(seconds)}`;
      deleted += await deleteWhere(tx, beside, old, limit);
    }
    return deleted;
  };

/** The least UUIDv7 of an instant: ids are in the order of time, so that the largest tables need no index by age. */
const firstIdOf = (at: SQL): SQL => sql`(select cf_first_id(${at}))`;

type ById = PgTable & { merchantId: PgColumn; id: PgColumn };

/** What tells the rows of every merchant that are old, read in the order of the primary key; `at` has the last word. */
const oldById = (table: ById, at: PgColumn, more: SQL, seconds: number, limit: number): SQL =>
  sql`select old.place from ${merchants} cross join lateral (
    select ${table}.ctid as place from ${table}
    where ${table.merchantId} = ${merchants.id} and ${table.id} < ${firstIdOf(cutoff(seconds))}
      and ${at} < ${cutoff(seconds)} and ${more}
    order by ${table.id} limit ${limit} for update skip locked
  ) old limit ${limit}`;

export const deleteOldMessages: DeleteOld = async (tx, seconds, limit) => {
  const old = oldById(messages, messages.createdAt, sql`true`, seconds, limit);
  return (await tx.execute(sql`delete from ${messages} where ctid = any(array(${old}))`)).count;
};

/** Deliveries that have ended, once no partition has their tries: so what is there of a delivery is always found by it. */
export const deleteOldDeliveries: DeleteOld = async (tx, seconds, limit) => {
  const [d, t] = [webhookDeliveries, webhookTries];
  const ended = sql`${d.endedAt} is not null and ${d.id} < ${oldestPartition('webhook_tries')}`;
  const old = oldById(d, d.createdAt, ended, seconds, limit);
  const [told] = await tx.execute<{ count: number }>(sql`
    with gone as (delete from ${d} where ctid = any(array(${old})) returning merchant_id, id),
      tries as (delete from ${t} using gone where ${t.merchantId} = gone.merchant_id and ${t.deliveryId} = gone.id)
    select count(*)::int as count from gone`);
  return told?.count ?? 0;
};

/** Events of which no delivery is left. */
export const deleteOldEvents: DeleteOld = async (tx, seconds, limit) => {
  const [e, d] = [events, webhookDeliveries];
  const sent = sql`select 1 from ${d} where ${d.merchantId} = ${e.merchantId} and ${d.eventId} = ${e.id}`;
  const old = oldById(e, e.occurredAt, sql`not exists (${sent})`, seconds, limit);
  return (await tx.execute(sql`delete from ${e} where ctid = any(array(${old}))`)).count;
};

/** Addresses that others have taken the place of, with what was noted of their reminders. */
export const deleteOldTokens: DeleteOld = async (tx, seconds, limit) => {
  const [t, r] = [linkTokens, reminders];
  const old = sql`select ctid from ${t} where ${t.expiresAt} < ${cutoff(seconds)} and ${t.state} = 'superseded'
    limit ${limit} for update skip locked`;
  const [told] = await tx.execute<{ count: number }>(sql`
    with gone as (delete from ${t} where ctid = any(array(${old})) returning merchant_id, id),
      noted as (delete from ${r} using gone where ${r.merchantId} = gone.merchant_id and ${r.tokenId} = gone.id)
    select count(*)::int as count from gone`);
  return told?.count ?? 0;
};

/** So many links of an act go for one row elsewhere: they are small, and one act may have ten thousand. */
const LINKS_A_ROW = 50;

/** Bulk acts whose links have gone: of these so many at once. */
export const deleteOldBulkActs: DeleteOld = async (tx, seconds, limit) => {
  const [b, l] = [bulkActs, bulkActLinks];
  const [old, most] = [sql`${b.createdAt} < ${cutoff(seconds)}`, limit * LINKS_A_ROW];
  const links = sql`select ${l}.ctid from ${b} join ${l} on ${l.merchantId} = ${b.merchantId} and ${l.bulkActId} = ${b.id}
    where ${old} limit ${most} for update of ${l} skip locked`;
  const gone = (await tx.execute(sql`delete from ${l} where ctid = any(array(${links}))`)).count;
  if (gone === most) return limit;
  const isEmpty = sql`not exists (select 1 from ${l} where ${l.merchantId} = ${b.merchantId} and ${l.bulkActId} = ${b.id})`;
  return deleteWhere(tx, sql`${b}`, sql`${old} and ${isEmpty}`, limit);
};
