import { and, asc, desc, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { type BatchState, OPEN_BATCH_STATES } from '@/core/payment-link-batch';
import type { Executor } from '../client';
import {
  paymentLinkBatches as b,
  paymentLinkBatchErrors as e,
  paymentLinkBatchParts as p,
  paymentLinkBatchRejects as r,
} from '../schema';
import { insertRows } from './rows';
import type { Found } from './sweep';

export type BatchRow = typeof b.$inferSelect;
export type BatchErrorRow = typeof e.$inferSelect;
export type BatchReject = Omit<typeof r.$inferSelect, 'createdAt'>;
type Key = { merchantId: number; id: string };
type PartKey = Key & { number: number };
const keyed = ({ merchantId, id }: Key) => and(eq(b.merchantId, merchantId), eq(b.id, id));
const partKeyed = ({ merchantId, id, number }: PartKey) =>
  and(eq(p.merchantId, merchantId), eq(p.batchId, id), eq(p.number, number));

export async function insertBatch(tx: Executor, values: typeof b.$inferInsert): Promise<void> {
  await tx.insert(b).values(values);
}

export async function findBatch(tx: Executor, key: Key): Promise<BatchRow | undefined> {
  return (await tx.select().from(b).where(keyed(key)))[0];
}

/** The batches of a merchant that were begun, newest first, older than `before`. */
export const listBatches = (
  tx: Executor,
  merchantId: number,
  before: string | undefined,
  limit: number,
): Promise<BatchRow[]> =>
  tx
    .select()
    .from(b)
    .where(and(eq(b.merchantId, merchantId), ne(b.state, 'receiving'), before ? lt(b.id, before) : undefined))
    .orderBy(desc(b.id))
    .limit(limit);

/** Compare-and-set of a batch's state; the new row, or undefined when it had moved on. */
export async function moveBatch(
  tx: Executor,
  key: Key,
  from: BatchState,
  change: Pick<PgUpdateSetSource<typeof b>, 'state' | 'rows' | 'checkedRows' | 'refusedRows' | 'endedAt'>,
): Promise<BatchRow | undefined> {
  const rows = await tx
    .update(b)
    .set(change)
    .where(and(keyed(key), eq(b.state, from)))
    .returning();
  return rows[0];
}

export type Progress = { checked?: number; issued?: number; refused?: number };

export async function addProgress(
  tx: Executor,
  key: Key,
  { checked = 0, issued = 0, refused = 0 }: Progress,
): Promise<void> {
  await tx
    .update(b)
    .set({
      checkedRows: sql`${b.checkedRows} + ${checked}`,
      issuedRows: sql`${b.issuedRows} + ${issued}`,
      refusedRows: sql`${b.refusedRows} + ${refused}`,
    })
    .where(keyed(key));
}

/** Takes away a batch that was never told of; false when it was begun meanwhile. */
export async function deleteUnbegunBatch(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .delete(b)
    .where(and(keyed(key), eq(b.state, 'receiving')))
    .returning({ id: b.id });
  return rows.length > 0;
}

/** Batches that are not at their end, of all merchants, after `after`. */
export async function listOpenBatches(
  tx: Executor,
  after: Found | undefined,
  limit: number,
): Promise<Found[]> {
  const rest =
    after &&
    or(gt(b.merchantId, after.merchantId), and(eq(b.merchantId, after.merchantId), gt(b.id, after.id)));
  return tx
    .select({ merchantId: b.merchantId, id: b.id })
    .from(b)
    .where(
      and(
        sql`${b.state} in ('receiving', 'checking', 'issuing')`,
        inArray(b.state, [...OPEN_BATCH_STATES]),
        rest,
      ),
    )
    .orderBy(asc(b.merchantId), asc(b.id))
    .limit(limit);
}

export async function insertPart(
  tx: Executor,
  { merchantId, id, number }: PartKey,
  rows: string,
): Promise<void> {
  await tx.insert(p).values({ merchantId, batchId: id, number, rows });
}

/** The numbers of the parts that are left, in order; of a batch that is being checked those that are not checked. */
export async function listParts(tx: Executor, key: Key, which: 'all' | 'unchecked'): Promise<number[]> {
  const rows = await tx
    .select({ number: p.number })
    .from(p)
    .where(
      and(
        eq(p.merchantId, key.merchantId),
        eq(p.batchId, key.id),
        which === 'unchecked' ? eq(p.checked, false) : undefined,
      ),
    )
    .orderBy(asc(p.number));
  return rows.map(({ number }) => number);
}

/** The rows of a part as JSON; undefined when it is gone. */
export async function readPart(tx: Executor, key: PartKey): Promise<string | undefined> {
  return (await tx.select({ rows: p.rows }).from(p).where(partKeyed(key)))[0]?.rows;
}

/** Takes a part for this transaction, once: false when it is gone, or another transaction has it. */
export async function takePart(tx: Executor, key: PartKey): Promise<boolean> {
  const free = tx
    .select({ number: p.number })
    .from(p)
    .where(partKeyed(key))
    .for('update', { skipLocked: true });
  const rows = await tx
    .delete(p)
    .where(and(partKeyed(key), sql`${p.number} in ${free}`))
    .returning({ number: p.number });
  return rows.length > 0;
}

/** Compare-and-set: notes that a part was checked; false when it was before, or another transaction has it. */
export async function notePartChecked(tx: Executor, key: PartKey): Promise<boolean> {
  const free = tx
    .select({ number: p.number })
    .from(p)
    .where(partKeyed(key))
    .for('update', { skipLocked: true });
  const rows = await tx
    .update(p)
    .set({ checked: true })
    .where(and(partKeyed(key), eq(p.checked, false), sql`${p.number} in ${free}`))
    .returning({ number: p.number });
  return rows.length > 0;
}

export async function deleteParts(tx: Executor, { merchantId, id }: Key): Promise<void> {
  await tx.delete(p).where(and(eq(p.merchantId, merchantId), eq(p.batchId, id)));
}

export const insertBatchErrors = (tx: Executor, rows: readonly BatchErrorRow[]): Promise<void> =>
  insertRows(tx, { table: e, rows });

/** What is wrong with the rows of a batch, in their order, behind a place. */
export async function listBatchErrors(
  tx: Executor,
  { merchantId, id }: Key,
  after: { row: number; place: number },
  limit: number,
): Promise<BatchErrorRow[]> {
  return tx
    .select()
    .from(e)
    .where(
      and(
        eq(e.merchantId, merchantId),
        eq(e.batchId, id),
        sql`(${e.row}, ${e.place}) > (${after.row}, ${after.place})`,
      ),
    )
    .orderBy(asc(e.row), asc(e.place))
    .limit(limit);
}

export const insertBatchRejects = (tx: Executor, rows: readonly BatchReject[]): Promise<void> =>
  insertRows(tx, { table: r, rows });

/** A row that was refused: all that is wrong with it, and what it was, where that is kept. */
export type RefusedRow = { row: number; error: string; value: string | null };

/** The refused rows of a batch in their order, behind `after`. */
export async function listRefusedRows(
  tx: Executor,
  { merchantId, id }: Key,
  after: number,
  limit: number,
): Promise<RefusedRow[]> {
  const told = sql<string>`string_agg(case ${e.path} when '' then ${e.message} else ${e.path} || ' ' || ${e.message} end, '; ' order by ${e.place})`;
  return tx
    .select({ row: e.row, error: told, value: r.value })
    .from(e)
    .leftJoin(r, and(eq(r.merchantId, e.merchantId), eq(r.batchId, e.batchId), eq(r.row, e.row)))
    .where(and(eq(e.merchantId, merchantId), eq(e.batchId, id), gt(e.row, after)))
    .groupBy(e.row, r.value)
    .orderBy(asc(e.row))
    .limit(limit);
}
