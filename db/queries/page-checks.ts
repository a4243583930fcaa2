import { desc, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { pageChecks as p } from '../schema';

export type PageCheckRow = typeof p.$inferSelect;

export async function insertPageCheck(
  tx: Executor,
  { result, findings }: Pick<PageCheckRow, 'result' | 'findings'>,
): Promise<void> {
  await tx.insert(p).values({ result, findings });
}

/** The newest look at the payer's page. */
export async function findLastPageCheck(tx: Executor): Promise<PageCheckRow | undefined> {
  return (await tx.select().from(p).orderBy(desc(p.id)).limit(1))[0];
}

/** Deletes looks that are older than `seconds`, at most `limit`; how many. */
export async function deleteOldPageChecks(tx: Executor, seconds: number, limit: number): Promise<number> {
  const old = tx
    .select({ id: p.id })
    .from(p)
    .where(sql`${p.lookedAt} < (select cf_now()) - make_interval(secs => ${seconds})`)
    .limit(limit);
  const rows = await tx.delete(p).where(sql`${p.id} in ${old}`).returning({ id: p.id });
  return rows.length;
}
