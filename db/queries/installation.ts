import { count } from 'drizzle-orm';
import type { Executor } from '../client';
import { gatewayAccounts, merchants, paymentProfiles, users } from '../schema';

export async function countMerchants(tx: Executor): Promise<number> {
  return (await tx.select({ all: count() }).from(merchants))[0]?.all ?? 0;
}

export async function insertMerchant(tx: Executor, values: typeof merchants.$inferInsert): Promise<number> {
  const id = (await tx.insert(merchants).values(values).returning({ id: merchants.id }))[0]?.id;
  if (id === undefined) throw new Error('the new merchant is not there');
  return id;
}

export async function insertUser(tx: Executor, values: typeof users.$inferInsert): Promise<void> {
  await tx.insert(users).values(values);
}

export async function insertGatewayAccount(
  tx: Executor,
  values: typeof gatewayAccounts.$inferInsert,
): Promise<void> {
  await tx.insert(gatewayAccounts).values(values);
}

export async function insertProfile(
  tx: Executor,
  values: typeof paymentProfiles.$inferInsert,
): Promise<void> {
  await tx.insert(paymentProfiles).values(values);
}
