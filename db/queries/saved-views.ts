import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { ListLook } from '@/core/list-look';
import type { Executor } from '../client';
import { users as u, savedViews as v } from '../schema';

export type SavedViewRow = typeof v.$inferSelect;
type Person = { merchantId: number; userId: string };
type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(v.merchantId, merchantId), eq(v.id, id));
const inOrder = [asc(sql`lower(${v.name})`), asc(v.id)];

const select = (tx: Executor, merchantId: number, which: SQL | undefined): Promise<SavedViewRow[]> =>
  tx
    .select()
    .from(v)
    .where(and(eq(v.merchantId, merchantId), which))
    .orderBy(...inOrder);

/** Those of a person, and those shown to everybody, by name. */
export const listSavedViews = (tx: Executor, { merchantId, userId }: Person): Promise<SavedViewRow[]> =>
  select(tx, merchantId, or(eq(v.userId, userId), v.shared));

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

/** How a person has the list; null: as usual. */
export async function findListLook(tx: Executor, { merchantId, userId }: Person): Promise<ListLook | null> {
  const rows = await tx
    .select({ look: u.listLook })
    .from(u)
    .where(and(eq(u.merchantId, merchantId), eq(u.id, userId)));
  return rows[0]?.look ?? null;
}
