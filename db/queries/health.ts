import { sql } from 'drizzle-orm';
import type { Executor } from '../client';

/** Asks the database for anything at all; throws when it cannot answer. */
export async function ping(tx: Executor): Promise<void> {
  await tx.execute(sql`select 1`);
}
