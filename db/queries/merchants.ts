import { and, count, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { apiKeys, merchants, paymentProfiles, sessions, signInFailures, users } from '../schema';

export type MerchantRow = typeof merchants.$inferSelect;
export type ProfileRow = typeof paymentProfiles.$inferSelect;
export type UserRow = typeof users.$inferSelect;

export async function findMerchant(tx: Executor, id: number): Promise<MerchantRow | undefined> {
  return (await tx.select().from(merchants).where(eq(merchants.id, id)))[0];
}

export async function listProfiles(tx: Executor, merchantId: number): Promise<ProfileRow[]> {
  return tx
    .select()
    .from(paymentProfiles)
    .where(and(eq(paymentProfiles.merchantId, merchantId), eq(paymentProfiles.enabled, true)))
    .orderBy(sql`${paymentProfiles.isDefault} desc`, paymentProfiles.name);
}

export async function findUserByEmail(tx: Executor, email: string): Promise<UserRow | undefined> {
  return (await tx.select().from(users).where(sql`lower(${users.email}) = lower(${email})`))[0];
}

export async function insertSession(tx: Executor, values: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(values);
}

/** A live session with its user and merchant: not ended, user not disabled, inside both time limits. */
export async function findLiveSession(
  tx: Executor,
  id: string,
  idleSeconds: number,
  absoluteSeconds: number,
) {
  const rows = await tx
    .select({
      user: users,
      merchant: merchants,
      idle: sql<string>`extract(epoch from cf_now() - ${sessions.lastSeenAt})`,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.merchantId, sessions.merchantId), eq(users.id, sessions.userId)))
    .innerJoin(merchants, eq(merchants.id, sessions.merchantId))
    .where(
      and(
        eq(sessions.id, id),
        isNull(sessions.endedAt),
        isNull(users.disabledAt),
        sql`${sessions.lastSeenAt} > cf_now() - make_interval(secs => ${idleSeconds})`,
        sql`${sessions.createdAt} > cf_now() - make_interval(secs => ${absoluteSeconds})`,
      ),
    );
  return rows[0];
}

export async function touchSession(tx: Executor, id: string): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: sql`cf_now()` }).where(eq(sessions.id, id));
}

export async function endSession(tx: Executor, id: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: sql`cf_now()` })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)));
}

export async function countSignInFailures(tx: Executor, email: string, address: string, seconds: number) {
  const rows = await tx
    .select({ failures: count() })
    .from(signInFailures)
    .where(
      and(
        eq(signInFailures.email, email),
        eq(signInFailures.address, address),
        sql`${signInFailures.at} > cf_now() - make_interval(secs => ${seconds})`,
      ),
    );
  return rows[0]?.failures ?? 0;
}

export async function insertSignInFailure(tx: Executor, email: string, address: string): Promise<void> {
  await tx.insert(signInFailures).values({ email, address });
}

export async function clearSignInFailures(tx: Executor, email: string, address: string): Promise<void> {
  await tx
    .delete(signInFailures)
    .where(and(eq(signInFailures.email, email), eq(signInFailures.address, address)));
}

/** A key that may be used now, by the SHA-256 of its secret; notes its use, at most once a minute. */
export async function findUsableApiKey(tx: Executor, hash: string) {
  const rows = await tx
    .select({ key: apiKeys, apiEnabled: merchants.apiEnabled })
    .from(apiKeys)
    .innerJoin(merchants, eq(merchants.id, apiKeys.merchantId))
    .where(
      and(
        eq(apiKeys.hash, hash),
        isNull(apiKeys.revokedAt),
        sql`(${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > cf_now())`,
      ),
    );
  return rows[0];
}

export async function noteApiKeyUse(tx: Executor, merchantId: number, id: string): Promise<void> {
  await tx
    .update(apiKeys)
    .set({ lastUsedAt: sql`cf_now()` })
    .where(
      and(
        eq(apiKeys.merchantId, merchantId),
        eq(apiKeys.id, id),
        sql`(${apiKeys.lastUsedAt} is null or ${apiKeys.lastUsedAt} < cf_now() - interval '1 minute')`,
      ),
    );
}
