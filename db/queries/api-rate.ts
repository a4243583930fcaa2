import { sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { apiRateBuckets as b } from '../schema';

export type Rate = { perSecond: number; burst: number };

/**
 * Takes a token from a client's bucket, in one statement, over all processes: seconds until the bucket is full again, or
 * null where it is empty.
 */
export async function takeApiToken(
  tx: Executor,
  { merchantId, clientId }: { merchantId: number; clientId: string },
  { perSecond, burst }: Rate,
): Promise<number | null> {
  const token = sql`make_interval(secs => ${1 / perSecond}::float8)`;
  const window = sql`make_interval(secs => ${burst / perSecond}::float8)`;
  // A time further ahead than any bucket can be: the clock was set back, and the bucket counts as full.
  const fullAt = sql`case when ${b.fullAt} > cf_now() + 2 * ${window} then cf_now() else ${b.fullAt} end`;
  const fullAfter = sql`greatest(${fullAt}, cf_now()) + ${token}`;
  const rows = await tx
    .insert(b)
    .values({ merchantId, clientId, fullAt: sql`cf_now() + ${token}` })
    .onConflictDoUpdate({
      target: [b.merchantId, b.clientId],
      set: { fullAt: fullAfter },
      setWhere: sql`${fullAfter} <= cf_now() + ${window}`,
    })
    .returning({ seconds: sql<number>`greatest(extract(epoch from ${b.fullAt} - cf_now()), 0)::float8` });
  return rows[0]?.seconds ?? null;
}
