import { type Outcome, ok } from '@/core/outcome';
import { type JobRow, listQueuedJobs } from '@/db/queries/jobs';
import { listAllProfiles } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { BalanceRun } from '../contracts/reconciliation';
import { executor } from '../transact';
import { queueOf } from './schedule';

const stateOf = ({ running, failed }: JobRow): BalanceRun['state'] => {
  if (running) return 'running';
  return failed ? 'failing' : 'waiting';
};

/** The balances of this merchant that are under way or waiting, in the order in which they are made. */
export async function listBalanceRuns(ctx: Ctx): Promise<Outcome<BalanceRun[]>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const profiles = await listAllProfiles(tx, ctx.merchantId);
  const jobs = await listQueuedJobs(tx, profiles.map(queueOf));
  return ok(
    jobs.flatMap((job) => {
      const profile = profiles.find(
        (one) => job.key === queueOf(one) || job.key.startsWith(`${queueOf(one)}:`),
      );
      if (!profile) return [];
      const day = job.key.slice(queueOf(profile).length + 1) || null;
      return [{ profile: profile.id, day, state: stateOf(job), seconds: job.seconds }];
    }),
  );
}
