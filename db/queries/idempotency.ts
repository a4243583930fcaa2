import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { idempotencyKeys as k } from '../schema';

export type IdempotencyKeyRow = typeof k.$inferSelect;
type Key = { merchantId: number; path: string; key: string };
const keyed = ({ merchantId, path, key }: Key) =>
  and(eq(k.merchantId, merchantId), eq(k.path, path), eq(k.key, key));

/** How long this transaction waits for a row that another holds; 0 waits as long as it takes. */
export async function waitAtMost(tx: Executor, milliseconds: number): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', ${`${milliseconds}ms`}, true)`);
}

/** Takes a key that is free or older than seven days; false when it holds an answer. Blocks while another has it. */
export async function takeIdempotencyKey(tx: Executor, key: Key, requestHash: string): Promise<boolean> {
  const fresh = { requestHash, status: 0, answer: '', createdAt: sql`cf_now()` };
  const rows = await tx
    .insert(k)
    .values({ ...key, ...fresh })
    .onConflictDoUpdate({
      target: [k.merchantId, k.path, k.key],
      set: fresh,
      setWhere: sql`${k.createdAt} < cf_now() - interval '7 days'`,
    })
    .returning({ key: k.key });
  return rows.length > 0;
}

export async function findIdempotencyKey(tx: Executor, key: Key): Promise<IdempotencyKeyRow | undefined> {
  return (await tx.select().from(k).where(keyed(key)))[0];
}

export async function storeAnswer(tx: Executor, key: Key, status: number, answer: string): Promise<void> {
  await tx.update(k).set({ status, answer }).where(keyed(key));
}

export async function dropIdempotencyKey(tx: Executor, key: Key): Promise<void> {
  await tx.delete(k).where(keyed(key));
}

/** True for PostgreSQL's "lock not available": another transaction is at work on the same row. */
export function isLockTimeout(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && error.code === '55P03') return true;
  return 'cause' in error && isLockTimeout(error.cause);
}
