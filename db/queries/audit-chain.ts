import { asc, eq, gt, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { auditChain, auditHead, auditRoots } from '../schema';

/** An audit entry as it is sealed: `text` is the whole of it, in one spelling. Null where there is no such entry any more. */
export type Sealable = { merchantId: number; auditId: string; text: string | null };
export type Link = typeof auditChain.$inferSelect & { text: string | null };
export type Head = Omit<typeof auditHead.$inferSelect, 'id'>;
export type Root = typeof auditRoots.$inferSelect;

const TEXT = sql<
  string | null
>`case when e.id is not null then jsonb_build_array(e.merchant_id, e.id, e.actor_kind, e.actor_id,
  e.action, e.subject, e.data, e.address, e.request_id,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'))::text end`;
const auditId = auditChain.auditId;

/** Whether this transaction may seal: one at a time, over all workers. */
export async function lockChain(tx: Executor): Promise<boolean> {
  const rows = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('counterfoil_audit_chain')) as free`,
  );
  return rows[0]?.free === true;
}

export async function readHead(tx: Executor): Promise<Head | undefined> {
  const { id: _, ...columns } = {
    id: auditHead.id,
    seq: auditHead.seq,
    mac: auditHead.mac,
    at: auditHead.at,
    seal: auditHead.seal,
  };
  return (await tx.select(columns).from(auditHead))[0];
}

export async function writeHead(tx: Executor, head: Head): Promise<void> {
  await tx
    .insert(auditHead)
    .values({ id: 1, ...head })
    .onConflictDoUpdate({ target: auditHead.id, set: head });
}

/** Entries since an instant that are in no chain yet, oldest first; null: since ever. */
export async function listUnsealed(tx: Executor, since: Date | null, limit: number): Promise<Sealable[]> {
  const rows = await tx.execute<{ merchant_id: string; id: string; text: string }>(sql`
    select e.merchant_id, e.id, ${TEXT} as text from audit_entries e
      left join audit_chain c on c.merchant_id = e.merchant_id and c.audit_id = e.id
    where c.seq is null and e.at > coalesce(${since?.toISOString() ?? null}::timestamptz, '-infinity')
    order by e.at, e.merchant_id, e.id limit ${limit}`);
  return rows.map(({ merchant_id, id, text }) => ({
    merchantId: Number(merchant_id),
    auditId: String(auditId.mapFromDriverValue(id)),
    text,
  }));
}

const ROWS_AT_ONCE = 1_000;

export async function appendChain(
  tx: Executor,
  links: readonly Omit<typeof auditChain.$inferInsert, 'sealedAt'>[],
): Promise<void> {
  for (let i = 0; i < links.length; i += ROWS_AT_ONCE)
    await tx.insert(auditChain).values(links.slice(i, i + ROWS_AT_ONCE));
}

/** Links behind a number, in order, each with what stands in its entry now. */
export async function listChain(tx: Executor, after: number, limit: number): Promise<Link[]> {
  return tx
    .select({
      seq: auditChain.seq,
      merchantId: auditChain.merchantId,
      auditId,
      mac: auditChain.mac,
      sealedAt: auditChain.sealedAt,
      text: TEXT,
    })
    .from(auditChain)
    .leftJoin(
      sql`audit_entries e`,
      sql`e.merchant_id = ${auditChain.merchantId} and e.id = ${auditChain.auditId}`,
    )
    .where(gt(auditChain.seq, after))
    .orderBy(asc(auditChain.seq))
    .limit(limit);
}

/** Entries that have been there for longer than a while and are in no chain: written behind the sealer's back. */
export async function countUnsealed(tx: Executor, olderThanSeconds: number): Promise<number> {
  const rows = await tx.execute<{ count: string }>(sql`
    select count(*) as count from audit_entries e
      left join audit_chain c on c.merchant_id = e.merchant_id and c.audit_id = e.id
    where c.seq is null and e.at < cf_now() - make_interval(secs => ${olderThanSeconds})`);
  return Number(rows[0]?.count ?? 0);
}

export const listRoots = (tx: Executor): Promise<Root[]> =>
  tx.select().from(auditRoots).orderBy(asc(auditRoots.day));

/** False where the day has its root already. */
export async function insertRoot(tx: Executor, root: Root): Promise<boolean> {
  const rows = await tx
    .insert(auditRoots)
    .values(root)
    .onConflictDoNothing()
    .returning({ seq: auditRoots.seq });
  return rows.length > 0;
}

export const hasRoot = async (tx: Executor, day: string): Promise<boolean> =>
  (await tx.select({ seq: auditRoots.seq }).from(auditRoots).where(eq(auditRoots.day, day))).length > 0;
