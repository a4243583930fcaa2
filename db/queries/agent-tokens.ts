import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { merchants as m, agentTokens as t } from '../schema';

export type AgentTokenRow = typeof t.$inferSelect;
type NewToken = Omit<typeof t.$inferInsert, 'createdAt' | 'expiresAt' | 'usedAt'>;

/** Keeps a token for so many seconds, and never beyond `until`; its end. */
export async function insertAgentToken(
  tx: Executor,
  values: NewToken,
  { seconds, until }: { seconds: number; until?: Date },
): Promise<Date> {
  const end = sql`cf_now() + make_interval(secs => ${seconds})`;
  const expiresAt: SQL = until ? sql`least(${end}, ${until.toISOString()}::timestamptz)` : end;
  const rows = await tx
    .insert(t)
    .values({ ...values, expiresAt })
    .returning({ expiresAt: t.expiresAt });
  if (!rows[0]) throw new Error('the new token is not there');
  return rows[0].expiresAt;
}

/** A token for use again and again that is not over, by its SHA-256, and whether its merchant has the payment button. */
export async function findAccessToken(tx: Executor, hash: string) {
  const rows = await tx
    .select({ token: t, buttonEnabled: m.buttonEnabled })
    .from(t)
    .innerJoin(m, eq(m.id, t.merchantId))
    .where(and(eq(t.hash, hash), eq(t.kind, 'access'), sql`${t.expiresAt} > cf_now()`));
  return rows[0];
}

/** Compare-and-set: spends a token that is used once. Undefined where it was before, or its time is over. */
export async function spendAgentToken(tx: Executor, hash: string): Promise<AgentTokenRow | undefined> {
  const rows = await tx
    .update(t)
    .set({ usedAt: sql`cf_now()` })
    .where(and(eq(t.hash, hash), isNull(t.usedAt), sql`${t.expiresAt} > cf_now()`))
    .returning();
  return rows[0];
}

/** A refresh that was spent not longer ago than `seconds`: its answer may have been lost. */
export async function findJustSpent(
  tx: Executor,
  hash: string,
  seconds: number,
): Promise<AgentTokenRow | undefined> {
  const rows = await tx
    .select()
    .from(t)
    .where(
      and(
        ...[eq(t.hash, hash), eq(t.kind, 'refresh'), sql`${t.expiresAt} > cf_now()`],
        sql`${t.usedAt} >= cf_now() - make_interval(secs => ${seconds})`,
      ),
    );
  return rows[0];
}

/** Ends whatever was let in by this API key or OAuth client. */
export async function deleteTokensIssuedBy(tx: Executor, merchantId: number, client: string): Promise<void> {
  await tx.delete(t).where(and(eq(t.merchantId, merchantId), eq(t.issuedBy, client)));
}

/** Ends every desk of this agent. */
export async function deleteTokensOfAgent(tx: Executor, merchantId: number, agent: string): Promise<void> {
  await tx.delete(t).where(and(eq(t.merchantId, merchantId), eq(t.agentId, agent)));
}

/** Deletes every token of the agent and scope of a refresh that was spent longer ago than `seconds`; who they were. */
export async function deleteTokensOfSpent(
  tx: Executor,
  hash: string,
  seconds: number,
): Promise<AgentTokenRow | undefined> {
  const rows = await tx
    .delete(t)
    .where(
      sql`(${t.merchantId}, ${t.agentId}, coalesce(${t.sessionId}::text, '')) in (select s.merchant_id, s.agent_id,
        coalesce(s.session_id::text, '') from ${t} s where s.hash = ${hash} and s.kind = 'refresh'
        and s.used_at < cf_now() - make_interval(secs => ${seconds}))`,
    )
    .returning();
  return rows.find((row) => row.hash === hash);
}
