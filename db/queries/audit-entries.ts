import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { apiKeys, auditEntries as e, oauthClients, users } from '../schema';

export type AuditEntryRow = typeof e.$inferSelect;
export type AuditFilter = {
  person?: string | undefined;
  kinds?: readonly string[] | undefined;
  subject?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};
type Place = Pick<AuditEntryRow, 'at' | 'id'>;

/** A merchant's entries behind a place, newest first. Each of several kinds is one short range of the index. */
export async function listAuditEntries(
  tx: Executor,
  merchantId: number,
  { person, kinds, subject, from, to }: AuditFilter,
  before: Place | undefined,
  limit: number,
): Promise<AuditEntryRow[]> {
  const shared = and(
    eq(e.merchantId, merchantId),
    before &&
      sql`(${e.at}, ${e.id}) < (${sql.param(before.at, e.at)}::timestamptz, ${sql.param(before.id, e.id)}::uuid)`,
    person ? and(eq(e.actorKind, 'user'), eq(e.actorId, person)) : undefined,
    subject ? eq(e.subject, subject) : undefined,
    from && gte(e.at, from),
    to && lt(e.at, to),
  );
  const newest = (which: SQL | undefined) =>
    tx.select().from(e).where(which).orderBy(desc(e.at), desc(e.id)).limit(limit);
  if (!kinds) return newest(shared);
  const ofKind = await Promise.all(
    kinds.map((kind) => newest(and(shared, sql`split_part(${e.action}, '.', 1) = ${kind}`))),
  );
  const later = (one: Place, other: Place) =>
    other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1);
  return ofKind.flat().sort(later).slice(0, limit);
}

export async function findAuditEntry(
  tx: Executor,
  merchantId: number,
  id: string,
): Promise<AuditEntryRow | undefined> {
  return (
    await tx
      .select()
      .from(e)
      .where(and(eq(e.merchantId, merchantId), eq(e.id, id)))
  )[0];
}

/** What those who act at a merchant are called: its users, keys and clients, gone ones too. */
export async function listActors(
  tx: Executor,
  merchantId: number,
): Promise<{ id: string; name: string; isPerson: boolean }[]> {
  const of = async (table: typeof users | typeof apiKeys | typeof oauthClients) =>
    (
      await tx
        .select({ id: table.id, name: table.name })
        .from(table)
        .where(eq(table.merchantId, merchantId))
        .orderBy(table.name)
    ).map((row) => ({ ...row, isPerson: table === users }));
  return (await Promise.all([users, apiKeys, oauthClients].map(of))).flat();
}
