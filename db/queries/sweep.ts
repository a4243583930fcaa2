import {
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { GRACE_SECONDS, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { EXPIRING_SOON_SECONDS } from '@/core/payment-link';
import { OFF_STATES } from '@/core/payment-session';
import { OPEN_REFUND_STATES } from '@/core/refund';
import type { Executor } from '../client';
import { paymentAttempts, paymentLinks, paymentSessions, refunds } from '../schema';

/** What the sweep looks for, over all merchants. */
export type Found = { merchantId: number; id: string };

/** The rows of a table that are `due`, oldest first, after `after`. */
function listDue(
  tx: Executor,
  t: typeof paymentAttempts | typeof refunds | typeof paymentSessions,
  due: SQL | undefined,
  after: Found | undefined,
  limit: number,
): Promise<Found[]> {
  const rest =
    after &&
    or(gt(t.merchantId, after.merchantId), and(eq(t.merchantId, after.merchantId), gt(t.id, after.id)));
  return tx
    .select({ merchantId: t.merchantId, id: t.id })
    .from(t)
    .where(and(due, rest))
    .orderBy(asc(t.merchantId), asc(t.id))
    .limit(limit);
}

type ListDue = (tx: Executor, after: Found | undefined, limit: number) => Promise<Found[]>;

/** Attempts whose outcome is open, oldest first, after `after`. */
export const listOpenAttempts: ListDue = (tx, after, limit) =>
  listDue(tx, paymentAttempts, inArray(paymentAttempts.state, [...OPEN_ATTEMPT_STATES]), after, limit);

/** Attempts whose money must still go back, oldest first, after `after`. */
export const listDueReversals: ListDue = (tx, after, limit) => {
  const { reversalDueAt, reversedAt } = paymentAttempts;
  return listDue(tx, paymentAttempts, and(isNotNull(reversalDueAt), isNull(reversedAt)), after, limit);
};

/** Payment sessions of which a card may be keyed, or whose call is not as it was; oldest first, after `after`. */
export const listWatchedSessions: ListDue = (tx, after, limit) => {
  const { kind, endedAt, recording, secured, captureId } = paymentSessions;
  const isKeyed = and(eq(kind, 'agent_assist'), isNull(endedAt));
  const isOff = inArray(recording, [...OFF_STATES]);
  const due = or(isKeyed, isOff, isNotNull(secured), isNotNull(captureId));
  return listDue(tx, paymentSessions, due, after, limit);
};

/** Refunds whose outcome is open, oldest first, after `after`. */
export const listOpenRefunds: ListDue = (tx, after, limit) =>
  listDue(tx, refunds, inArray(refunds.state, [...OPEN_REFUND_STATES]), after, limit);

/** A job that failed and that the queue would not try again for longer than this counts as none. */
const LONGEST_BACK_OFF_SECONDS = 120;

/** Which of these job keys have a job that will still run. */
export async function findJobKeys(tx: Executor, keys: string[]): Promise<Set<string>> {
  const rows = await tx.execute<{ key: string }>(
    sql`select key from graphile_worker.jobs where attempts < max_attempts
      and not (last_error is not null and run_at > clock_timestamp() + make_interval(secs => ${LONGEST_BACK_OFF_SECONDS}))
      and key = any(array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)))`,
  );
  return new Set(rows.map((row) => row.key));
}

/** How long jobs last at the most: `seconds`, but those of the `long` tasks. */
export type JobLife = { seconds: number; long: { tasks: readonly string[]; seconds: number } };

/** Frees the jobs of workers that have held one for longer than any such job lasts: they were killed. */
export async function unlockDeadWorkers(tx: Executor, { seconds, long }: JobLife): Promise<number> {
  const rows = await tx.execute(
    sql`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
      where locked_at < clock_timestamp() - make_interval(secs => case when task_identifier = any(array(select
        jsonb_array_elements_text(${JSON.stringify(long.tasks)}::jsonb))) then ${long.seconds}::int else ${seconds}::int end) having count(*) > 0`,
  );
  return rows.length;
}

/** `own`: names of runners that must have sessions now. `seconds`: how long sessions may be missing while a process lives. */
export type Runners = { own: readonly string[]; prefix: string; seconds: number };

/** Frees the jobs of runners that go by this prefix and have no session: their process is gone. */
export async function unlockSessionless(tx: Executor, { own, prefix, seconds }: Runners): Promise<number> {
  const rows = await tx.execute(
    sql`with alive as (select distinct application_name as name from pg_stat_activity),
      own as (select jsonb_array_elements_text(${JSON.stringify(own)}::jsonb) as name),
      since as (select clock_timestamp() - make_interval(secs => ${seconds}) as then)
      select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs, since
      where starts_with(locked_by, ${prefix}) and locked_at < since.then and pg_postmaster_start_time() < since.then
        and locked_by not in (select name from alive where name is not null)
        and (select count(*) > 0 and count(*) = count(alive.name) from own left join alive using (name))
      having count(*) > 0`,
  );
  return rows.length;
}

/**
 * Active or locked, unpaid links whose time is over. One with a payment that was begun in time waits while that may still
 * be submitted: core's `isBegunInTime`.
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
        eq(p.access, 'active'),
        lt(a.createdAt, p.expiresAt),
        sql`(select cf_now()) <= ${p.expiresAt} + make_interval(secs => ${GRACE_SECONDS})`,
      ),
    );
  return tx
    .select({ merchantId: p.merchantId, id: p.id })
    .from(p)
    .where(
      and(
        sql`${p.access} in ('active', 'locked')`,
        lte(p.expiresAt, sql`(select cf_now())`),
        isNull(p.paidAt),
        not(exists(begun)),
      ),
    )
    .orderBy(asc(p.expiresAt))
    .limit(limit);
}

/** Links that can still be paid and whose end is near enough for a warning that was not told since their issue. */
export async function listExpiringLinks(tx: Executor, limit: number): Promise<Found[]> {
  const p = paymentLinks;
  const within = (seconds: number) =>
    sql`${p.expiresAt} <= (select cf_now()) + make_interval(secs => ${seconds})`;
  const due = sql.join(
    EXPIRING_SOON_SECONDS.map((seconds) => sql`(${within(seconds)})::int`),
    sql` + `,
  );
  return tx
    .select({ merchantId: p.merchantId, id: p.id })
    .from(p)
    .where(
      and(
        sql`${p.access} in ('active', 'locked')`,
        isNull(p.paidAt),
        sql`${p.expiresAt} > (select cf_now())`,
        within(Math.max(...EXPIRING_SOON_SECONDS)),
        sql`${p.warnings} < ${due}`,
      ),
    )
    .orderBy(asc(p.expiresAt))
    .limit(limit);
}

/** Compare-and-set: notes that so many warnings were told; false when they were already. */
export async function noteWarnings(
  tx: Executor,
  { merchantId, id }: Found,
  warnings: number,
): Promise<boolean> {
  const rows = await tx
    .update(paymentLinks)
    .set({ warnings })
    .where(
      and(
        eq(paymentLinks.merchantId, merchantId),
        eq(paymentLinks.id, id),
        lt(paymentLinks.warnings, warnings),
      ),
    )
    .returning({ id: paymentLinks.id });
  return rows.length > 0;
}
