import { type Found, findJobKeys, listOpenAttempts, unlockDeadWorkers } from '@/db/queries/sweep';
import type { Services } from '../context';
import { scheduleRead } from '../payment-attempts/internal';
import { expirePaymentLinks } from '../payment-links/expire';

const BATCH = 100;
/** No job lasts longer: every call to the outside has a budget below this. */
const JOB_SECONDS = 60;

/** Gives the jobs of killed workers back to the queue; true when there were any. */
export const freeStuckJobs = async (services: Services): Promise<boolean> =>
  (await unlockDeadWorkers(services.db, JOB_SECONDS)) > 0;

/** Makes sure that every attempt with an open outcome has a job that reads the gateway; how many had none. */
export async function reviveAttempts(services: Services): Promise<number> {
  let [revived, after]: [number, Found | undefined] = [0, undefined];
  for (;;) {
    const open: Found[] = await listOpenAttempts(services.db, after, BATCH);
    const keys = await findJobKeys(
      services.db,
      open.map(({ id }) => `resolve:${id}`),
    );
    for (const attempt of open) {
      if (keys.has(`resolve:${attempt.id}`)) continue;
      await scheduleRead(services.db, attempt, 0);
      revived += 1;
    }
    if (open.length < BATCH) return revived;
    after = open.at(-1);
  }
}

/** Ends the links whose time is over, in batches, for at most `budgetMs`; how many. */
export async function expireLinks(services: Services, requestId: string, budgetMs: number): Promise<number> {
  const until = performance.now() + budgetMs;
  for (let expired = 0; ; ) {
    const found = await expirePaymentLinks(services, requestId, BATCH);
    expired += found;
    if (found < BATCH || performance.now() > until) return expired;
  }
}
