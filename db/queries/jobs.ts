import { sql } from 'drizzle-orm';
import { traceparent } from '@/core/trace';
import type { Executor } from '../client';

/** Nobody waits for these: they run when no other job is due. */
const UNHURRIED = 10;

/** Jobs of the same `queue` run one after the other, on however many workers. */
export type JobOptions = { delaySeconds?: number; key?: string; queue?: string; maxAttempts?: number };

/** Puts a job on the queue in the same transaction: no commit, no job. With a `key`, the newest replaces the waiting one. It goes on with the trace of whoever asks for it. */
export async function addJob(
  tx: Executor,
  task: string,
  payload: Record<string, string | number>,
  options: JobOptions = {},
): Promise<void> {
  const trace = traceparent();
  await tx.execute(sql`select graphile_worker.add_job(
    ${task}::text, ${JSON.stringify({ ...payload, ...(trace && { trace }) })}::json, queue_name := ${options.queue ?? null}::text,
    run_at := clock_timestamp() + make_interval(secs => ${options.delaySeconds ?? 0}),
    job_key := ${options.key ?? null}::text, max_attempts := ${options.maxAttempts ?? 25}::int)`);
}

/**
 * Puts many jobs of a task on the queue in the same transaction, one for each payload. By one call: each call looks through what
 * waits for keys that it replaces.
 */
export async function addJobs(
  tx: Executor,
  task: string,
  payloads: Record<string, string | number>[],
  { isUnhurried = false } = {},
): Promise<void> {
  if (payloads.length === 0) return;
  await tx.execute(sql`select count(*) from graphile_worker.add_jobs(array(
    select row(${task}::text, payload, null, null, 25, null, ${isUnhurried ? UNHURRIED : 0}::int, null)::graphile_worker.job_spec
    from json_array_elements(${JSON.stringify(payloads)}::json) payload))`);
}

/** When the jobs with these keys will run, or began to; a job that has failed for good is not told of. */
export async function findRunTimes(tx: Executor, keys: string[]): Promise<Map<string, Date>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.execute<{ key: string; runAt: string }>(
    sql`select key, to_char(run_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "runAt"
      from graphile_worker.jobs where attempts < max_attempts
      and key = any(array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)))`,
  );
  return new Map(rows.map(({ key, runAt }) => [key, new Date(runAt)]));
}

/** A job that has not ended: `failed` says that its last try did; `seconds` is how long it has been running, or null. */
export type JobRow = { key: string; running: boolean; failed: boolean; seconds: number | null };

/** The jobs of these queues, in the order in which they run. */
export async function listQueuedJobs(tx: Executor, queues: string[]): Promise<JobRow[]> {
  if (queues.length === 0) return [];
  const rows = await tx.execute<JobRow>(
    sql`select key, locked_at is not null as running, last_error is not null as failed,
      extract(epoch from clock_timestamp() - locked_at)::float8 as seconds from graphile_worker.jobs
      where key is not null and attempts < max_attempts
      and queue_name = any(array(select jsonb_array_elements_text(${JSON.stringify(queues)}::jsonb)))
      order by priority, run_at, id`,
  );
  return [...rows];
}

/**
 * Puts a job on the queue, once in so many seconds over all workers; not before `notBefore` (UTC) of a day. Kept where the
 * queue keeps its own timetable, and counted by the database's clock: a host's clock that is wrong holds nothing up.
 */
export async function addRegularJob(
  tx: Executor,
  task: string,
  { everySeconds, notBefore }: { everySeconds: number; notBefore: string },
): Promise<void> {
  await tx.execute(sql`
    with due as (
      insert into graphile_worker._private_known_crontabs as c (identifier, known_since, last_execution)
      select ${task}, cf_now(), cf_now() where (cf_now() at time zone 'utc')::time >= ${notBefore}::time
      on conflict (identifier) do update set last_execution = cf_now()
      where c.last_execution is null
        or c.last_execution not between cf_now() - make_interval(secs => ${everySeconds}) and cf_now()
      returning identifier
    )
    select graphile_worker.add_job(identifier, '{}'::json, job_key := identifier, max_attempts := 1) from due`);
}
