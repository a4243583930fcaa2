import { and, desc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { formLookupCalls, formLookups } from '../schema';

const f = formLookups;
const c = formLookupCalls;
export type FormLookupRow = typeof f.$inferSelect;
export type LookupCallRow = typeof c.$inferSelect;
type Key = { merchantId: number; profileId: string };
const keyed = ({ merchantId, profileId }: Key) =>
  and(eq(f.merchantId, merchantId), eq(f.profileId, profileId));

export async function findFormLookup(tx: Executor, key: Key): Promise<FormLookupRow | undefined> {
  return (await tx.select().from(f).where(keyed(key)))[0];
}

/** The profiles of a merchant whose form can be filled from its system now. */
export async function listLookupProfiles(tx: Executor, merchantId: number): Promise<string[]> {
  const rows = await tx
    .select({ id: f.profileId })
    .from(f)
    .where(and(eq(f.merchantId, merchantId), eq(f.enabled, true)));
  return rows.map(({ id }) => id);
}

/** The first settings of a profile; undefined where there are some already. */
export async function insertFormLookup(
  tx: Executor,
  values: typeof f.$inferInsert,
): Promise<FormLookupRow | undefined> {
  return (await tx.insert(f).values(values).onConflictDoNothing().returning())[0];
}

/** Compare-and-set: the settings, where they still are the version that was read. */
export async function changeFormLookup(
  tx: Executor,
  key: Key & { version: number },
  change: Partial<Omit<FormLookupRow, 'merchantId' | 'profileId' | 'version' | 'updatedAt'>>,
): Promise<FormLookupRow | undefined> {
  const rows = await tx
    .update(f)
    .set({ ...change, version: sql`${f.version} + 1`, updatedAt: sql`cf_now()` })
    .where(and(keyed(key), eq(f.version, key.version)))
    .returning();
  return rows[0];
}

export async function deleteFormLookup(tx: Executor, key: Key): Promise<FormLookupRow | undefined> {
  return (await tx.delete(f).where(keyed(key)).returning())[0];
}

export async function insertLookupCall(tx: Executor, values: typeof c.$inferInsert): Promise<void> {
  await tx.insert(c).values(values);
}

/** The newest lookups of a profile, newest first. */
export const listLookupCalls = (
  tx: Executor,
  { merchantId, profileId }: Key,
  limit: number,
): Promise<LookupCallRow[]> =>
  tx
    .select()
    .from(c)
    .where(and(eq(c.merchantId, merchantId), eq(c.profileId, profileId)))
    .orderBy(desc(c.id))
    .limit(limit);
