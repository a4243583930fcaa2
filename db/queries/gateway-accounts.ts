import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { paymentAttempts as a, gatewayAccounts as g } from '../schema';

export type GatewayAccountRow = typeof g.$inferSelect;

export async function findGatewayAccount(
  tx: Executor,
  merchantId: number,
  id: string,
): Promise<GatewayAccountRow | undefined> {
  return (
    await tx
      .select()
      .from(g)
      .where(and(eq(g.merchantId, merchantId), eq(g.id, id)))
  )[0];
}

/** Every account that a profile uses or has used, the oldest first. */
export async function listGatewayAccounts(
  tx: Executor,
  profile: { merchantId: number; id: string },
): Promise<GatewayAccountRow[]> {
  return tx
    .select()
    .from(g)
    .where(and(eq(g.merchantId, profile.merchantId), eq(g.profileId, profile.id)))
    .orderBy(asc(g.createdAt), asc(g.id));
}

/** The accounts of a profile at which an attempt was begun since then. */
export async function listAccountsInUse(
  tx: Executor,
  profile: { merchantId: number; id: string },
  since: Date,
): Promise<string[]> {
  const used = tx
    .select({ one: sql`1` })
    .from(a)
    .where(and(eq(a.merchantId, g.merchantId), eq(a.gatewayAccountId, g.id), gte(a.createdAt, since)));
  const rows = await tx
    .select({ id: g.id })
    .from(g)
    .where(and(eq(g.merchantId, profile.merchantId), eq(g.profileId, profile.id), sql`exists ${used}`));
  return rows.map(({ id }) => id);
}
