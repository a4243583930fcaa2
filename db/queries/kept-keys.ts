import { eq } from 'drizzle-orm';
import type { Executor } from '../client';
import { keptKeys as k } from '../schema';

/** A key that is kept, sealed; undefined where none is. */
export const findKeptKey = async (tx: Executor, name: string): Promise<string | undefined> =>
  (await tx.select({ sealed: k.sealed }).from(k).where(eq(k.name, name)))[0]?.sealed;

/** One that is kept already stays. */
export async function insertKeptKey(tx: Executor, name: string, sealed: string): Promise<void> {
  await tx.insert(k).values({ name, sealed }).onConflictDoNothing();
}
