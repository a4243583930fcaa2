import { desc } from 'drizzle-orm';
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
