import { setTimeout as pause } from 'node:timers/promises';
import { dropPartition, makePartitions } from '@/db/queries/partitions';
import { isLockTimeout } from '@/db/refusals';
import { BATCH, inBatches } from '../batches';
import type { Services } from '../context';
import type { WorkerEnv } from '../env';
import { KEEP, type Keep } from './keep';
import { KINDS } from './rules';

export { KEEP, type Keep } from './keep';

/** An event is kept at least as long as its deliveries. */
export const keepFrom = (env: WorkerEnv): Keep => ({
  events: Math.max(env.KEEP_EVENTS_DAYS, env.KEEP_DELIVERIES_DAYS),
  deliveries: env.KEEP_DELIVERIES_DAYS,
  messages: env.KEEP_MESSAGES_DAYS,
});

/** Deletes what has no use any more, in small batches, each kind for at most `budgetMs`; how much. */
export async function purge({ db }: Services, budgetMs: number, keep: Keep = KEEP): Promise<number> {
  let purged = 0;
  for (const kind of KINDS)
    purged += await inBatches(budgetMs, () => kind.delete(db, kind.after(keep), BATCH));
  return purged;
}

const TRIES = 5;
const PAUSE_MS = 1_000;

/** Once more where others are at work on the table: the database gives up after a quarter of a second, so that none waits longer. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isLockTimeout(error)) throw error;
      await pause(PAUSE_MS);
    }
}

/** Makes partitions ahead and drops those whose time is over; how many it dropped. */
export async function keepPartitions({ db }: Services, keep: Keep = KEEP): Promise<number> {
  let dropped = 0;
  for (const { partitioned, after } of KINDS) {
    if (!partitioned) continue;
    await patiently(() => makePartitions(db, partitioned));
    while (await patiently(() => dropPartition(db, partitioned, after(keep)))) dropped++;
  }
  return dropped;
}
