import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { apiKeys as k, merchants } from '../schema';

export type ApiKeyRow = typeof k.$inferSelect & { expired: boolean };
type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(k.merchantId, merchantId), eq(k.id, id));
const expired = sql<boolean>`coalesce(${k.expiresAt} <= cf_now(), false)`;
const columns = { key: k, expired };
const rowOf = (found: { key: typeof k.$inferSelect; expired: boolean }): ApiKeyRow => ({
  ...found.key,
  expired: found.expired,
});

export async function insertApiKey(tx: Executor, values: typeof k.$inferInsert): Promise<void> {
  await tx.insert(k).values(values);
}

/** A merchant's keys, ended ones too, newest first. */
export async function listApiKeys(tx: Executor, merchantId: number, limit: number): Promise<ApiKeyRow[]> {
  const rows = await tx
    .select(columns)
    .from(k)
    .where(eq(k.merchantId, merchantId))
    .orderBy(desc(k.id))
    .limit(limit);
  return rows.map(rowOf);
}

export async function findApiKey(tx: Executor, key: Key): Promise<ApiKeyRow | undefined> {
  const found = (await tx.select(columns).from(k).where(keyed(key)))[0];
  return found && rowOf(found);
}

/** The same with its row locked: what is decided on it holds until the transaction ends. */
export async function lockApiKey(tx: Executor, key: Key): Promise<ApiKeyRow | undefined> {
  await tx.select({ id: k.id }).from(k).where(keyed(key)).for('update');
  return findApiKey(tx, key);
}

/** True where another key came in the place of this one. */
export async function isReplaced(tx: Executor, { merchantId, id }: Key): Promise<boolean> {
  const rows = await tx
    .select({ id: k.id })
    .from(k)
    .where(and(eq(k.merchantId, merchantId), eq(k.replaces, id)))
    .limit(1);
  return rows.length > 0;
}

/** Has a key end after so many seconds, or when it would have ended, whichever comes first. */
export async function endApiKeyWithin(tx: Executor, key: Key, seconds: number): Promise<void> {
  await tx
    .update(k)
    .set({ expiresAt: sql`least(${k.expiresAt}, cf_now() + make_interval(secs => ${seconds}))` })
    .where(keyed(key));
}

/** Compare-and-set: false where it was revoked before. */
export async function revokeApiKey(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(k)
    .set({ revokedAt: sql`cf_now()` })
    .where(and(keyed(key), isNull(k.revokedAt)))
    .returning({ id: k.id });
  return rows.length > 0;
}

/** A key that may be used now, by the SHA-256 of its secret, and whether its merchant's API is on. A test key opens no live merchant, nor the other way round. */
export async function findUsableApiKey(tx: Executor, hash: string, livemode: boolean) {
  const rows = await tx
    .select({
      key: k,
      apiEnabled: merchants.apiEnabled,
      unnoted: sql<boolean>`coalesce(${k.lastUsedAt} < cf_now() - interval '1 minute', true)`,
    })
    .from(k)
    .innerJoin(merchants, eq(merchants.id, k.merchantId))
    .where(
      and(
        eq(k.hash, hash),
        isNull(k.revokedAt),
        or(isNull(k.expiresAt), sql`${k.expiresAt} > cf_now()`),
        eq(merchants.livemode, livemode),
      ),
    );
  return rows[0];
}

export async function noteApiKeyUse(tx: Executor, key: Key): Promise<void> {
  await tx.update(k).set({ lastUsedAt: sql`cf_now()` }).where(keyed(key));
}
