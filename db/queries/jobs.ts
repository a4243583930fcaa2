import { sql } from 'drizzle-orm';
import type { Executor } from '../client';

export type JobOptions = { delaySeconds?: number; key?: string; maxAttempts?: number };

/** Puts a job on the queue in the same transaction: no commit, no job. With a `key`, the newest replaces the waiting one. */
export async function addJob(
  tx: Executor,
  task: string,
  payload: Record<string, string | number>,
  options: JobOptions = {},
): Promise<void> {
  await tx.execute(sql`select graphile_worker.add_job(
    ${task}::text, ${JSON.stringify(payload)}::json,
    run_at := clock_timestamp() + make_interval(secs => ${options.delaySeconds ?? 0}),
    job_key := ${options.key ?? null}::text, max_attempts := ${options.maxAttempts ?? 25}::int)`);
}
