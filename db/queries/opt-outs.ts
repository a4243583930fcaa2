import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { merchants, optOuts } from '../schema';

export type OptOutRow = typeof optOuts.$inferSelect;
/** Whose word it is: `address` as `optOutAddress` spells it, or `erased`, what stands for it once its owner is erased. */
export type OptOutKey = Pick<OptOutRow, 'merchantId' | 'channel' | 'address'> & { erased?: string };
const o = optOuts;
const keyed = ({ merchantId, channel, address, erased = address }: OptOutKey): SQL | undefined =>
  and(eq(o.merchantId, merchantId), eq(o.channel, channel), inArray(o.address, [address, erased]));

/** The opt-out that holds for an address, if any. */
export async function findOptOut(tx: Executor, key: OptOutKey): Promise<OptOutRow | undefined> {
  const rows = await tx
    .select()
    .from(o)
    .where(and(keyed(key), isNull(o.liftedAt)));
  return rows[0];
}

/** The row of an address under its lock; one that is new holds nothing yet. */
export async function lockOptOut(
  tx: Executor,
  row: OptOutKey & Pick<OptOutRow, 'id' | 'how'>,
): Promise<OptOutRow> {
  const find = () => tx.select().from(o).where(keyed(row)).for('update');
  const [known] = await find();
  if (known) return known;
  await tx
    .insert(o)
    .values({ ...row, liftedAt: sql`cf_now()` })
    .onConflictDoNothing();
  const [found] = await find();
  if (!found) throw new Error('the opt-out is not there');
  return found;
}

/** Puts what stands for an address in its place. */
export async function hideAddress(tx: Executor, key: OptOutKey & { erased: string }): Promise<void> {
  await tx.update(o).set({ address: key.erased }).where(keyed(key));
}

type OptOutChange = Partial<Pick<OptOutRow, 'how' | 'byName' | 'saidAt'>>;

/** Lets an opt-out hold from now on, lifts it, or, without `holds`, notes only when it was spoken of. */
export async function changeOptOut(
  tx: Executor,
  row: OptOutRow,
  set: OptOutChange,
  holds?: boolean,
): Promise<void> {
  const now = sql`cf_now()`;
  const turn = holds === undefined ? {} : holds ? { at: now, liftedAt: null } : { liftedAt: now };
  await tx
    .update(o)
    .set({ ...set, ...turn })
    .where(keyed(row));
}

/** Who there is to write to anybody: a number is answered by the sender's name alone. */
export const listSenders = (tx: Executor) =>
  tx.select({ merchantId: merchants.id, name: merchants.name }).from(merchants);
