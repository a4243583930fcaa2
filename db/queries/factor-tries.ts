import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { SecondFactor } from '@/core/second-factor';
import type { Executor } from '../client';
import { spentChallenges as c, factorFailures as f, pendingSignIns as p, sessions, users } from '../schema';
import type { UserRow } from './merchants';
import type { Owner } from './second-factors';

const since = (column: PgColumn, seconds: number) =>
  sql`${column} > cf_now() - make_interval(secs => ${seconds})`;

/** True when the person has signed in from this address within so many seconds, and the session was whole. */
export async function hasSignedInFrom(
  tx: Executor,
  { merchantId, id }: Owner,
  address: string,
  seconds: number,
): Promise<boolean> {
  const whose = and(eq(sessions.merchantId, merchantId), eq(sessions.userId, id), isNotNull(sessions.factor));
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(whose, eq(sessions.address, address), since(sessions.createdAt, seconds)))
    .limit(1);
  return rows.length > 0;
}

/** Counts a try before the code is looked at; its number, to take it back when the code was right. */
export async function insertFactorFailure(
  tx: Executor,
  { merchantId, id: userId }: Owner,
  address: string | null,
): Promise<number> {
  const rows = await tx.insert(f).values({ merchantId, userId, address }).returning({ id: f.id });
  return rows[0]?.id ?? 0;
}

export async function deleteFactorFailure(tx: Executor, id: number): Promise<void> {
  await tx.delete(f).where(eq(f.id, id));
}

/** How long ago the try was that `most` others have followed, in seconds; null when there were not as many. */
export async function secondsSinceTry(
  tx: Executor,
  { merchantId, id }: Owner,
  address: string | null,
  most: number,
): Promise<number | null> {
  const place = address === null ? isNull(f.address) : eq(f.address, address);
  const rows = await tx
    .select({ seconds: sql<number>`extract(epoch from cf_now() - ${f.at})::float8` })
    .from(f)
    .where(and(eq(f.merchantId, merchantId), eq(f.userId, id), place))
    .orderBy(desc(f.at), desc(f.id))
    .limit(1)
    .offset(most);
  return rows[0]?.seconds ?? null;
}

export async function insertPendingSignIn(tx: Executor, owner: Owner, hash: string): Promise<void> {
  await tx.insert(p).values({ hash, merchantId: owner.merchantId, userId: owner.id });
}

/** A sign-in that waits for its second factor, not older than so many seconds, and whose it is. */
export async function findPendingSignIn(
  tx: Executor,
  hash: string,
  seconds: number,
): Promise<{ user: UserRow; factor: SecondFactor | null } | undefined> {
  const rows = await tx
    .select({ user: users, factor: p.factor })
    .from(p)
    .innerJoin(users, and(eq(users.merchantId, p.merchantId), eq(users.id, p.userId)))
    .where(and(eq(p.hash, hash), since(p.createdAt, seconds), isNull(users.disabledAt)));
  return rows[0];
}

/** Notes what a sign-in that waits was proved with; false when it is gone. */
export async function provePendingSignIn(tx: Executor, hash: string, factor: SecondFactor): Promise<boolean> {
  const rows = await tx.update(p).set({ factor }).where(eq(p.hash, hash)).returning({ hash: p.hash });
  return rows.length > 0;
}

/** Ends a sign-in that waits; false when it was ended already. */
export async function endPendingSignIn(tx: Executor, hash: string): Promise<boolean> {
  return (await tx.delete(p).where(eq(p.hash, hash)).returning({ hash: p.hash })).length > 0;
}

export async function endPendingSignInsOf(tx: Executor, { merchantId, id }: Owner): Promise<void> {
  await tx.delete(p).where(and(eq(p.merchantId, merchantId), eq(p.userId, id)));
}

/** Spends a challenge; false when it was answered before. */
export async function spendChallenge(tx: Executor, hash: string): Promise<boolean> {
  return (await tx.insert(c).values({ hash }).onConflictDoNothing().returning({ hash: c.hash })).length > 0;
}
