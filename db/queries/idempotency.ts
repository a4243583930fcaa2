import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { idempotencyKeys as k } from '../schema';

export type IdempotencyKeyRow = typeof k.$inferSelect;
type Key = { merchantId: number; path: string; key: string };
const keyed = ({ merchantId, path, key }: Key) =>
  and(eq(k.merchantId, merchantId), eq(k.path, path), eq(k.key, key));

/** How long this transaction waits for a row that another holds; null as long as the connection's own setting says. */
export async function waitAtMost(tx: Executor, milliseconds: number | null): Promise<void> {
  if (milliseconds === null) await tx.execute(sql`set local lock_timeout to default`);
  else await tx.execute(sql`select set_config('lock_timeout', ${`${milliseconds}ms`}, true)`);
}

/**
 * Takes a key that is free or whose time is over, for `seconds`; false when it holds an answer. Blocks while another
 * transaction has it.
 */
export async function takeIdempotencyKey(
  tx: Executor,
  key: Key,
  requestHash: string,
  seconds: number,
): Promise<boolean> {
  const expiresAt = sql`cf_now() + make_interval(secs => ${seconds})`;
  const fresh = { requestHash, status: 0, answer: '', createdAt: sql`cf_now()`, expiresAt };
  const rows = await tx
    .insert(k)
    .values({ ...key, ...fresh })
    .onConflictDoUpdate({
      target: [k.merchantId, k.path, k.key],
      set: fresh,
      setWhere: sql`${k.expiresAt} <= cf_now()`,
    })
    .returning({ key: k.key });
  return rows.length > 0;
}

/** `isOver`: its time is over, and the key is as good as free. */
export async function findIdempotencyKey(
  tx: Executor,
  key: Key,
): Promise<(IdempotencyKeyRow & { isOver: boolean }) | undefined> {
  const isOver = sql<boolean>`${k.expiresAt} <= cf_now()`;
  return (
    await tx
      .select({ ...getTableColumns(k), isOver })
      .from(k)
      .where(keyed(key))
  )[0];
}

type Stored = Pick<IdempotencyKeyRow, 'status' | 'answer' | 'paymentLinkId'>;
export async function storeAnswer(tx: Executor, key: Key, stored: Stored): Promise<void> {
  await tx.update(k).set(stored).where(keyed(key));
}

export async function dropIdempotencyKey(tx: Executor, key: Key): Promise<void> {
  await tx.delete(k).where(keyed(key));
}
