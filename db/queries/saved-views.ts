import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { users as u, savedViews as v } from '../schema';
import { builtOnce, type Given } from '../statement';

export type SavedViewRow = typeof v.$inferSelect;
type Person = { merchantId: number; userId: string };
type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(v.merchantId, merchantId), eq(v.id, id));
const inOrder = [asc(sql`lower(${v.name})`), asc(v.id)];

const select = (tx: Executor, merchantId: Given<number>, which: SQL | undefined) =>
  tx
    .select()
    .from(v)
    .where(and(eq(v.merchantId, merchantId), which))
    .orderBy(...inOrder);

/** Those of a person, and those shown to everybody, by name. */
export const listSavedViews = (tx: Executor, { merchantId, userId }: Person): Promise<SavedViewRow[]> =>
  shownViews(tx, { merchantId, userId });
const shownViews = builtOnce((tx) => {
  const isOwn = eq(v.userId, sql.param(sql.placeholder('userId'), v.userId));
  return select(tx, sql.placeholder('merchantId'), or(isOwn, v.shared));
});

/** Those of a person. Until the transaction ends nobody else changes how many they are, nor their names. */
export async function lockOwnViews(tx: Executor, { merchantId, userId }: Person): Promise<SavedViewRow[]> {
  await tx
    .select({ id: u.id })
    .from(u)
    .where(and(eq(u.merchantId, merchantId), eq(u.id, userId)))
    .for('no key update');
  return select(tx, merchantId, eq(v.userId, userId));
}

/** The view with its row locked to the end of the transaction. */
export const lockSavedView = async (tx: Executor, key: Key): Promise<SavedViewRow | undefined> =>
  (await tx.select().from(v).where(keyed(key)).for('update'))[0];

export async function insertSavedView(tx: Executor, values: typeof v.$inferInsert): Promise<void> {
  await tx.insert(v).values(values);
}

export type SavedViewChange = { [Name in 'name' | 'filter' | 'shared']?: SavedViewRow[Name] | undefined };
export async function changeSavedView(tx: Executor, key: Key, to: SavedViewChange): Promise<void> {
  await tx.update(v).set(to).where(keyed(key));
}

export async function deleteSavedView(tx: Executor, key: Key): Promise<void> {
  await tx.delete(v).where(keyed(key));
}
