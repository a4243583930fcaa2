import { and, asc, eq, exists, gt, inArray, lte, not, or, sql } from 'drizzle-orm';
import { OPEN_ATTEMPT_STATES, TICKET_SECONDS } from '@/core/payment-attempt';
import type { Executor } from '../client';
import { paymentAttempts, paymentLinks } from '../schema';

/** What the sweep looks for, over all merchants. */
export type Found = { merchantId: number; id: string };

/** Attempts whose outcome is open, oldest first, after `after`. */
export async function listOpenAttempts(
  tx: Executor,
  after: Found | undefined,
  limit: number,
): Promise<Found[]> {
  const a = paymentAttempts;
  const rest =
    after &&
    or(gt(a.merchantId, after.merchantId), and(eq(a.merchantId, after.merchantId), gt(a.id, after.id)));
  return tx
    .select({ merchantId: a.merchantId, id: a.id })
    .from(a)
    .where(and(inArray(a.state, [...OPEN_ATTEMPT_STATES]), rest))
    .orderBy(asc(a.merchantId), asc(a.id))
    .limit(limit);
}

/** Which of these job keys have a job that will still run. */
export async function findJobKeys(tx: Executor, keys: string[]): Promise<Set<string>> {
  const rows = await tx.execute<{ key: string }>(
    sql`select key from graphile_worker.jobs where attempts < max_attempts
      and key = any(array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)))`,
  );
  return new Set(rows.map((row) => row.key));
}

/** Frees the jobs of workers that have held one for longer than any job lasts: they were killed. */
export async function unlockDeadWorkers(tx: Executor, seconds: number): Promise<number> {
  const rows = await tx.execute(
    sql`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
      where locked_at < clock_timestamp() - make_interval(secs => ${seconds}) having count(*) > 0`,
  );
  return rows.length;
}

/** A ticket this old can no longer be submitted. */
const TICKET_LIFE = sql`make_interval(secs => ${TICKET_SECONDS + 30})`;

/**
 * Active or locked, unpaid links whose time is over. A link for which somebody holds a fresh ticket waits: a payment begun in time
 * may still be submitted.
 */
export async function listOverdueLinks(tx: Executor, limit: number): Promise<Found[]> {
  const [p, a] = [paymentLinks, paymentAttempts];
  const begun = tx
    .select({ one: sql`1` })
    .from(a)
    .where(
      and(
        eq(a.merchantId, p.merchantId),
        eq(a.paymentLinkId, p.id),
        eq(a.state, 'created'),
        sql`${a.createdAt} > (select cf_now()) - ${TICKET_LIFE}`,
      ),
    );
  return tx
    .select({ merchantId: p.merchantId, id: p.id })
    .from(p)
    .where(
      and(
        sql`${p.access} in ('active', 'locked')`,
        lte(p.expiresAt, sql`(select cf_now())`),
        sql`${p.capturedMinor} < ${p.amountMinor}`,
        not(exists(begun)),
      ),
    )
    .orderBy(asc(p.expiresAt))
    .limit(limit);
}
