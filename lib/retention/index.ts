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
