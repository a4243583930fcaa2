import { count, type Subquery } from 'drizzle-orm';
import type { Executor } from '../client';

/** How many rows a statement with a limit gives: a count that costs no more than its limit. */
export async function countRows(tx: Executor, limited: Subquery): Promise<number> {
  return (await tx.select({ rows: count() }).from(limited))[0]?.rows ?? 0;
}
