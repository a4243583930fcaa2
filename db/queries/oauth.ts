import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { oauthClients as c, merchants as m, oauthTokens as t } from '../schema';

export type OAuthClientRow = typeof c.$inferSelect;
type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(c.merchantId, merchantId), eq(c.id, id));
const previousWorks = sql<boolean>`coalesce(${c.previousSecretUntil} > cf_now(), false)`;
/** Its use was not noted within the last minute. */
const unnoted = sql<boolean>`coalesce(${c.lastUsedAt} < cf_now() - interval '1 minute', true)`;

export async function insertOAuthClient(
  tx: Executor,
  values: typeof c.$inferInsert,
): Promise<OAuthClientRow | undefined> {
  return (await tx.insert(c).values(values).returning())[0];
}

/** A client that is not revoked, by its id alone: that is all it sends. And whether its merchant's API is on. */
export async function findUsableClient(tx: Executor, id: string) {
  const rows = await tx
    .select({ client: c, apiEnabled: m.apiEnabled, previousWorks, unnoted })
    .from(c)
    .innerJoin(m, eq(m.id, c.merchantId))
    .where(and(eq(c.id, id), isNull(c.revokedAt)));
  return rows[0];
}

/** A merchant's clients, revoked ones too, newest first. */
export const listOAuthClients = (
  tx: Executor,
  merchantId: number,
  limit: number,
): Promise<OAuthClientRow[]> =>
  tx.select().from(c).where(eq(c.merchantId, merchantId)).orderBy(desc(c.id)).limit(limit);

export async function findOAuthClient(tx: Executor, key: Key): Promise<OAuthClientRow | undefined> {
  return (await tx.select().from(c).where(keyed(key)))[0];
}

/** Compare-and-set: a new secret; the one it replaces works for `overlapSeconds` more. Undefined where it is revoked. */
export async function replaceClientSecret(
  tx: Executor,
  key: Key,
  secretHash: string,
  overlapSeconds: number,
): Promise<OAuthClientRow | undefined> {
  const rows = await tx
    .update(c)
    .set({
      secretHash,
      previousSecretHash: c.secretHash,
      previousSecretUntil: sql`cf_now() + make_interval(secs => ${overlapSeconds})`,
    })
    .where(and(keyed(key), isNull(c.revokedAt)))
    .returning();
  return rows[0];
}

/** Compare-and-set: revokes the client, and with it its tokens. Undefined where it was before. */
export async function revokeOAuthClient(tx: Executor, key: Key): Promise<OAuthClientRow | undefined> {
  const rows = await tx
    .update(c)
    .set({ revokedAt: sql`cf_now()` })
    .where(and(keyed(key), isNull(c.revokedAt)))
    .returning();
  return rows[0];
}

export async function noteOAuthClientUse(tx: Executor, key: Key): Promise<void> {
  await tx.update(c).set({ lastUsedAt: sql`cf_now()` }).where(keyed(key));
}

export async function insertToken(
  tx: Executor,
  { seconds, ...values }: Omit<typeof t.$inferInsert, 'expiresAt'> & { seconds: number },
): Promise<void> {
  await tx.insert(t).values({ ...values, expiresAt: sql`cf_now() + make_interval(secs => ${seconds})` });
}

/** A token that may be used now with its client, by the SHA-256 of the token, and whether its merchant's API is on. */
export async function findUsableToken(tx: Executor, hash: string) {
  const rows = await tx
    .select({ token: t, client: c, apiEnabled: m.apiEnabled, unnoted })
    .from(t)
    .innerJoin(c, and(eq(c.merchantId, t.merchantId), eq(c.id, t.clientId)))
    .innerJoin(m, eq(m.id, t.merchantId))
    .where(and(eq(t.hash, hash), isNull(c.revokedAt), sql`${t.expiresAt} > cf_now()`));
  return rows[0];
}
