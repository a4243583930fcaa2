import { and, asc, count, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { authenticatorApps as a, passkeys as k, recoveryCodes as r, users } from '../schema';
import type { UserRow } from './merchants';
import { insertRows } from './rows';

/** Whose factors: a user of a merchant. */
export type Owner = Pick<UserRow, 'merchantId' | 'id'>;
export type PasskeyRow = typeof k.$inferSelect;

const ofOwner = (t: typeof a | typeof k | typeof r, { merchantId, id }: Owner) =>
  and(eq(t.merchantId, merchantId), eq(t.userId, id));
const happened = (rows: readonly unknown[]): boolean => rows.length > 0;

/** The user, locked until the end of the transaction: changes to what they prove themselves with happen one by one. */
export async function lockUser(tx: Executor, { merchantId, id }: Owner): Promise<UserRow | undefined> {
  const which = and(eq(users.merchantId, merchantId), eq(users.id, id));
  return (await tx.select().from(users).where(which).for('update'))[0];
}

/** What a person has: an authenticator app or not, how many passkeys, how many recovery codes. */
export async function countFactors(tx: Executor, owner: Owner) {
  const of = async (t: typeof a | typeof k | typeof r) =>
    (await tx.select({ count: count() }).from(t).where(ofOwner(t, owner)))[0]?.count ?? 0;
  const [apps, passkeys, recoveryCodes] = await Promise.all([of(a), of(k), of(r)]);
  return { app: apps > 0, passkeys, recoveryCodes };
}

/** Which of these people have a second factor. */
export async function listProtected(tx: Executor, merchantId: number, ids: string[]): Promise<Set<string>> {
  const among = (t: typeof a | typeof k) =>
    tx
      .select({ id: t.userId })
      .from(t)
      .where(and(eq(t.merchantId, merchantId), inArray(t.userId, ids)));
  return new Set([...(await among(a)), ...(await among(k))].map(({ id }) => id));
}

export async function findApp(tx: Executor, owner: Owner) {
  return (await tx.select().from(a).where(ofOwner(a, owner)))[0];
}

/** The app of a person, in the place of the one before. */
export async function storeApp(
  tx: Executor,
  { merchantId, id: userId }: Owner,
  set: { secret: string; lastStep: number },
): Promise<void> {
  await tx
    .insert(a)
    .values({ merchantId, userId, ...set })
    .onConflictDoUpdate({ target: [a.merchantId, a.userId], set: { ...set, createdAt: sql`cf_now()` } });
}

/** Compare-and-set: takes the code of this step of this secret; false when it, or a later one, was taken already. */
export async function takeStep(tx: Executor, owner: Owner, secret: string, step: number): Promise<boolean> {
  return happened(
    await tx
      .update(a)
      .set({ lastStep: step })
      .where(and(ofOwner(a, owner), eq(a.secret, secret), lt(a.lastStep, step)))
      .returning({ id: a.userId }),
  );
}

export async function dropApp(tx: Executor, owner: Owner): Promise<boolean> {
  return happened(await tx.delete(a).where(ofOwner(a, owner)).returning({ id: a.userId }));
}

/** False when this passkey is known already. */
export async function insertPasskey(tx: Executor, values: typeof k.$inferInsert): Promise<boolean> {
  return happened(await tx.insert(k).values(values).onConflictDoNothing().returning({ id: k.id }));
}

export const listPasskeys = (tx: Executor, owner: Owner): Promise<PasskeyRow[]> =>
  tx.select().from(k).where(ofOwner(k, owner)).orderBy(asc(k.createdAt), asc(k.id));

/** A passkey of whatever person, and whose it is: a sign-in with one begins without a name. */
export async function findPasskey(
  tx: Executor,
  id: string,
): Promise<{ passkey: PasskeyRow; user: UserRow } | undefined> {
  const rows = await tx
    .select({ passkey: k, user: users })
    .from(k)
    .innerJoin(users, and(eq(users.merchantId, k.merchantId), eq(users.id, k.userId)))
    .where(and(eq(k.id, id), isNull(users.disabledAt)));
  return rows[0];
}

const onePasskey = (owner: Owner, id: string): SQL | undefined => and(ofOwner(k, owner), eq(k.id, id));

/** Notes a use. False when the passkey is gone, or counts and did not count on: somebody else has a copy. */
export async function notePasskeyUse(
  tx: Executor,
  owner: Owner,
  id: string,
  counter: number,
): Promise<boolean> {
  const countsOn = or(lt(k.counter, counter), and(eq(k.counter, 0), sql`${counter} = 0`));
  return happened(
    await tx
      .update(k)
      .set({ counter, usedAt: sql`cf_now()` })
      .where(and(onePasskey(owner, id), countsOn))
      .returning({ id: k.id }),
  );
}

export async function renamePasskey(tx: Executor, owner: Owner, id: string, name: string): Promise<boolean> {
  return happened(await tx.update(k).set({ name }).where(onePasskey(owner, id)).returning({ id: k.id }));
}

/** The name of the passkey that was deleted. */
export async function deletePasskey(tx: Executor, owner: Owner, id: string): Promise<string | undefined> {
  return (await tx.delete(k).where(onePasskey(owner, id)).returning({ name: k.name }))[0]?.name;
}

export async function dropPasskeys(tx: Executor, owner: Owner): Promise<void> {
  await tx.delete(k).where(ofOwner(k, owner));
}

export async function dropRecoveryCodes(tx: Executor, owner: Owner): Promise<void> {
  await tx.delete(r).where(ofOwner(r, owner));
}

export const insertRecoveryCodes = (
  tx: Executor,
  { merchantId, id }: Owner,
  hashes: string[],
): Promise<void> =>
  insertRows(tx, { table: r, rows: hashes.map((hash) => ({ merchantId, userId: id, hash })) });

/** Spends a recovery code; false when there is none such. */
export async function useRecoveryCode(tx: Executor, owner: Owner, hash: string): Promise<boolean> {
  return happened(
    await tx
      .delete(r)
      .where(and(ofOwner(r, owner), eq(r.hash, hash)))
      .returning({ hash: r.hash }),
  );
}
