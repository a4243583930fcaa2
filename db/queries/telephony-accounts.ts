import { and, asc, eq } from 'drizzle-orm';
import type { Executor } from '../client';
import { telephonyAccounts } from '../schema';

export type TelephonyAccountRow = typeof telephonyAccounts.$inferSelect;
const t = telephonyAccounts;

export async function insertTelephonyAccount(tx: Executor, values: typeof t.$inferInsert): Promise<void> {
  await tx.insert(t).values(values);
}

/** The merchant's account at a telephony provider, if there is one: the first that was made. */
export async function findTelephonyAccount(
  tx: Executor,
  merchantId: number,
  id?: string,
): Promise<TelephonyAccountRow | undefined> {
  const which = and(eq(t.merchantId, merchantId), id === undefined ? undefined : eq(t.id, id));
  return (await tx.select().from(t).where(which).orderBy(asc(t.id)).limit(1))[0];
}

/** An account of whatever merchant: a provider knows us by the account's id alone. */
export async function findAnyTelephonyAccount(
  tx: Executor,
  id: string,
): Promise<TelephonyAccountRow | undefined> {
  return (await tx.select().from(t).where(eq(t.id, id)))[0];
}
