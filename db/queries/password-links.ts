import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { passwordLinks as l, passwordResets as r, users } from '../schema';

type User = { merchantId: number; id: string };
export type LinkPurpose = (typeof l.$inferSelect)['purpose'];
const isUser = ({ merchantId, id }: User) => and(eq(users.merchantId, merchantId), eq(users.id, id));

export async function insertPasswordLink(
  tx: Executor,
  { user, hash, purpose, seconds }: { user: User; hash: string; purpose: LinkPurpose; seconds: number },
): Promise<void> {
  const expiresAt = sql`cf_now() + make_interval(secs => ${seconds})`;
  await tx.insert(l).values({ merchantId: user.merchantId, userId: user.id, hash, purpose, expiresAt });
}

/** Drops the links of a user that nobody has used: only the newest one should work. */
export async function dropPasswordLinks(tx: Executor, { merchantId, id }: User): Promise<void> {
  await tx.delete(l).where(and(eq(l.merchantId, merchantId), eq(l.userId, id), isNull(l.usedAt)));
}

const usable = (hash: string) => and(eq(l.hash, hash), isNull(l.usedAt), sql`${l.expiresAt} > cf_now()`);

/** A link that works now and its user, by the SHA-256 of its secret. */
export async function findPasswordLink(tx: Executor, hash: string) {
  const rows = await tx
    .select({ user: users, link: l })
    .from(l)
    .innerJoin(users, and(eq(users.merchantId, l.merchantId), eq(users.id, l.userId)))
    .where(and(usable(hash), isNull(users.disabledAt)));
  return rows[0];
}

/** Notes what became of a link's letter. */
export async function noteLetter(tx: Executor, hash: string, failure: string | null): Promise<void> {
  await tx
    .update(l)
    .set({ failure, ...(failure === null && { sentAt: sql`cf_now()` }) })
    .where(eq(l.hash, hash));
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

type Asked = { email: string; address: string };
type Limit = { most: number; seconds: number };

/**
 * Notes that a new password was asked for, if that keeps within both limits: of the account and of the address. What is
 * refused is not counted, so that it holds up nobody. Of many at once for one account or address, one is looked at after the other.
 */
export async function noteReset(
  tx: Executor,
  { email, address }: Asked,
  limits: { email: Limit; address: Limit },
): Promise<boolean> {
  for (const key of [`email ${email}`, `address ${address}`])
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`password_resets ${key}`}, 0))`);
  const within = (is: SQL, { most, seconds }: Limit) =>
    sql`(select count(*) from ${r} where ${is} and ${r.at} > cf_now() - make_interval(secs => ${seconds})) < ${most}`;
  const rows = await tx.execute(
    sql`insert into ${r} (email, address) select ${email}, ${address}
      where ${within(sql`${r.email} = ${email}`, limits.email)}
        and ${within(sql`${r.address} = ${address}`, limits.address)} returning 1`,
  );
  return rows.length > 0;
}

/** Whoever set a password may ask anew. */
export async function clearResets(tx: Executor, email: string): Promise<void> {
  await tx.delete(r).where(eq(r.email, email));
}
