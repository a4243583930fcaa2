import { and, asc, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
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

/** When an attempt was last begun at an account, and how many there are still open. */
export async function accountUse(
  tx: Executor,
  { merchantId, id }: Pick<GatewayAccountRow, 'merchantId' | 'id'>,
): Promise<{ lastUsedAt: Date | null; open: number }> {
  const here = and(eq(a.merchantId, merchantId), eq(a.gatewayAccountId, id));
  const last = await tx.select({ at: a.createdAt }).from(a).where(here).orderBy(desc(a.id)).limit(1);
  const isOpen = inArray(a.state, [...OPEN_ATTEMPT_STATES]);
  return { lastUsedAt: last[0]?.at ?? null, open: await tx.$count(a, and(here, isOpen)) };
}

type Changeable = 'gatewaySecret' | 'notificationSecret' | 'keySetAt' | 'keySetBy' | 'testedAt' | 'testFault';

/** Changes what may change of an account: not which gateway it is, nor where. */
export async function changeGatewayAccount(
  tx: Executor,
  { merchantId, id }: Pick<GatewayAccountRow, 'merchantId' | 'id'>,
  to: Partial<Pick<GatewayAccountRow, Changeable>>,
): Promise<void> {
  await tx
    .update(g)
    .set(to)
    .where(and(eq(g.merchantId, merchantId), eq(g.id, id)));
}
