import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { passwordLinks as l, sessions, users } from '../schema';

type User = { merchantId: number; id: string };
const isUser = ({ merchantId, id }: User) => and(eq(users.merchantId, merchantId), eq(users.id, id));

export async function insertPasswordLink(
  tx: Executor,
  { user, hash, seconds }: { user: User; hash: string; seconds: number },
): Promise<void> {
  const expiresAt = sql`cf_now() + make_interval(secs => ${seconds})`;
  await tx.insert(l).values({ merchantId: user.merchantId, userId: user.id, hash, expiresAt });
}

/** Drops the links of a user that nobody has used: only the newest one should work. */
export async function dropPasswordLinks(tx: Executor, { merchantId, id }: User): Promise<void> {
  await tx.delete(l).where(and(eq(l.merchantId, merchantId), eq(l.userId, id), isNull(l.usedAt)));
}

const usable = (hash: string) => and(eq(l.hash, hash), isNull(l.usedAt), sql`${l.expiresAt} > cf_now()`);

/** The user of a link that works now, by the SHA-256 of its secret. */
export async function findPasswordLinkUser(tx: Executor, hash: string) {
  const rows = await tx
    .select({ user: users })
    .from(l)
    .innerJoin(users, and(eq(users.merchantId, l.merchantId), eq(users.id, l.userId)))
    .where(and(usable(hash), isNull(users.disabledAt)));
  return rows[0]?.user;
}

/** Spends a link; false when another was faster or its time is over. */
export async function usePasswordLink(tx: Executor, hash: string): Promise<boolean> {
  const rows = await tx
    .update(l)
    .set({ usedAt: sql`cf_now()` })
    .where(usable(hash))
    .returning({ hash: l.hash });
  return rows.length > 0;
}

export async function storePassword(tx: Executor, user: User, passwordHash: string): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(isUser(user));
}

export async function endSessionsOf(tx: Executor, { merchantId, id }: User): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: sql`cf_now()` })
    .where(and(eq(sessions.merchantId, merchantId), eq(sessions.userId, id), isNull(sessions.endedAt)));
}

/** True once anybody of this installation has set a password. */
export async function hasPasswords(tx: Executor): Promise<boolean> {
  const rows = await tx.select({ id: users.id }).from(users).where(isNotNull(users.passwordHash)).limit(1);
  return rows.length > 0;
}

/** The installation's first owner. */
export async function findFirstOwner(tx: Executor) {
  const rows = await tx
    .select()
    .from(users)
    .where(and(eq(users.role, 'owner'), isNull(users.disabledAt)))
    .orderBy(users.createdAt)
    .limit(1);
  return rows[0];
}
