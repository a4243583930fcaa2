import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { type GatewayKind, gatewayAccounts, paymentProfiles } from '../schema';

/** Asks the database for anything at all; throws when it cannot answer. */
export async function ping(tx: Executor): Promise<void> {
  await tx.execute(sql`select 1`);
}

/** The gateways that enabled payment profiles use, of any merchant. */
export async function listGatewaysInUse(tx: Executor): Promise<GatewayKind[]> {
  const [p, g] = [paymentProfiles, gatewayAccounts];
  const rows = await tx
    .selectDistinct({ gateway: g.gateway })
    .from(p)
    .innerJoin(g, and(eq(g.merchantId, p.merchantId), eq(g.id, p.gatewayAccountId)))
    .where(eq(p.enabled, true));
  return rows.map(({ gateway }) => gateway);
}
