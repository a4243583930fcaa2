import { and, desc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { auditChecks as c } from '../schema';

export type AuditCheckRow = typeof c.$inferSelect;

/** A check that tells of no end for so long has died with its worker. */
const isDead = sql<boolean>`(${c.endedAt} is null and ${c.askedAt} < cf_now() - interval '1 hour')`;

/** Begins a check; undefined while another is under way. */
export async function insertAuditCheck(tx: Executor, ofEntries: number): Promise<AuditCheckRow | undefined> {
  await tx
    .update(c)
    .set({ endedAt: sql`cf_now()`, failure: 'It never ended: the worker was stopped.' })
    .where(isDead);
  return (await tx.insert(c).values({ ofEntries }).onConflictDoNothing().returning())[0];
}

/** The newest two checks, the newest first: one at the most is under way. */
export const findLastAuditChecks = (tx: Executor) =>
  tx
    .select({ ...getTableColumns(c), isDead })
    .from(c)
    .orderBy(desc(c.id))
    .limit(2);

/** What the last check found that came to its end. */
export async function findLastFaults(tx: Executor): Promise<string[]> {
  const ended = and(isNotNull(c.endedAt), isNull(c.failure));
  const rows = await tx.select({ faults: c.faults }).from(c).where(ended).orderBy(desc(c.id)).limit(1);
  return rows[0]?.faults ?? [];
}

export async function noteAuditProgress(tx: Executor, id: number, entries: number): Promise<void> {
  await tx.update(c).set({ entries }).where(eq(c.id, id));
}

export async function endAuditCheck(
  tx: Executor,
  id: number,
  how: { entries?: number; faults?: string[]; failure?: string },
): Promise<void> {
  await tx
    .update(c)
    .set({ ...how, endedAt: sql`cf_now()` })
    .where(eq(c.id, id));
}
