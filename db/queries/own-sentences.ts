import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { ownSentences as s } from '../schema';

export type OwnSentenceRow = typeof s.$inferSelect;
type Key = Pick<OwnSentenceRow, 'merchantId' | 'kind' | 'locale'>;
const keyed = ({ merchantId, kind, locale }: Key) =>
  and(eq(s.merchantId, merchantId), eq(s.kind, kind), eq(s.locale, locale));

export async function listOwnSentences(tx: Executor, merchantId: number): Promise<OwnSentenceRow[]> {
  return tx.select().from(s).where(eq(s.merchantId, merchantId));
}

export async function findOwnSentence(tx: Executor, key: Key): Promise<OwnSentenceRow | undefined> {
  return (await tx.select().from(s).where(keyed(key)))[0];
}

/** Compare-and-set: puts the text of one that has this version, 0 for a new one; undefined when it has moved on. */
export async function putOwnSentence(
  tx: Executor,
  key: Key,
  version: number,
  text: string | null,
): Promise<OwnSentenceRow | undefined> {
  const rows =
    version === 0
      ? await tx
          .insert(s)
          .values({ ...key, text })
          .onConflictDoNothing()
          .returning()
      : await tx
          .update(s)
          .set({ text, version: sql`${s.version} + 1` })
          .where(and(keyed(key), eq(s.version, version)))
          .returning();
  return rows[0];
}
