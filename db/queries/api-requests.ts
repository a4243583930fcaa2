import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { apiRequests as r } from '../schema';

export type ApiRequestRow = typeof r.$inferSelect;
/** `ageMs`: how long ago it was asked, at the moment of writing. */
export type NewApiRequest = Omit<typeof r.$inferInsert, 'at'> & { ageMs: number };

/** Many in one statement. */
export async function insertApiRequests(tx: Executor, rows: readonly NewApiRequest[]): Promise<void> {
  const values = rows.map(({ ageMs, ...row }) => ({
    ...row,
    at: sql`cf_now() - make_interval(secs => ${ageMs / 1000})`,
  }));
  await tx.insert(r).values(values).onConflictDoNothing();
}

export async function findApiRequest(
  tx: Executor,
  { merchantId, id }: { merchantId: number; id: string },
): Promise<ApiRequestRow | undefined> {
  return (
    await tx
      .select()
      .from(r)
      .where(and(eq(r.merchantId, merchantId), eq(r.id, id)))
  )[0];
}

export type ApiRequestFilter = {
  before?: string | undefined;
  client?: string | undefined;
  operation?: string | undefined;
  status?: number | undefined;
  failed?: boolean | undefined;
};

/** A merchant's requests, newest first, those behind `before`. */
export const listApiRequests = (
  tx: Executor,
  merchantId: number,
  { before, client, operation, status, failed }: ApiRequestFilter,
  limit: number,
): Promise<ApiRequestRow[]> =>
  tx
    .select()
    .from(r)
    .where(
      and(
        eq(r.merchantId, merchantId),
        before ? lt(r.id, before) : undefined,
        client ? eq(r.clientId, client) : undefined,
        operation ? eq(r.operation, operation) : undefined,
        status ? eq(r.status, status) : undefined,
        failed === true ? gte(r.status, 400) : undefined,
        failed === false ? lt(r.status, 400) : undefined,
      ),
    )
    .orderBy(desc(r.id))
    .limit(limit);
