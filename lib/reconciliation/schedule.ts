import { type Outcome, ok } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { findDayDue, listDaysWithGaps, listProfilesDue, setBalancedThrough } from '@/db/queries/balance';
import { addJob } from '@/db/queries/jobs';
import type { Ctx, Services } from '../context';
import { executor } from '../transact';
import { type BalanceResult, runBalance } from './run';

/** Days that were missed are made up for, this far back; as long differences are looked at again each night. */
const MOST_DAYS = 7;

/** Tasks that read a whole day of an account and may last. */
export const BALANCE_TASKS = ['balance_profile', 'balance_day'] as const;

type Profile = { merchantId: number; id: string };
export const queueOf = ({ id }: { id: string }): string => `balance:${id}`;

const scheduleProfile = (tx: Executor, profile: Profile) =>
  addJob(
    tx,
    'balance_profile' satisfies (typeof BALANCE_TASKS)[number],
    { merchantId: profile.merchantId, profile: profile.id },
    { key: queueOf(profile), queue: queueOf(profile) },
  );

/** One day of a profile is balanced anew, after whatever of this profile is under way. */
export const scheduleDay = (tx: Executor, profile: Profile, day: string) =>
  addJob(
    tx,
    'balance_day' satisfies (typeof BALANCE_TASKS)[number],
    { merchantId: profile.merchantId, profile: profile.id, day },
    { key: `${queueOf(profile)}:${day}`, queue: queueOf(profile) },
  );

/** Gives every profile that owes a balance its job, and its days with differences another look; how many profiles. */
export async function scheduleBalances({ db }: Services): Promise<number> {
  const due = await listProfilesDue(db, MOST_DAYS);
  const ids = new Set(due.map(({ id }) => id));
  for (const profile of due) await scheduleProfile(db, profile);
  if (due.length === 0) return 0;
  for (const { merchantId, profileId, day } of await listDaysWithGaps(db, MOST_DAYS))
    if (ids.has(profileId)) await scheduleDay(db, { merchantId, id: profileId }, day);
  return due.length;
}

/** Balances the next day that a profile owes, oldest first, and puts the one after it on the queue. Null: none is owed. */
export async function balanceNextDay(ctx: Ctx, profileId: string): Promise<Outcome<BalanceResult | null>> {
  const tx = executor(ctx);
  const profile = { merchantId: ctx.merchantId, id: profileId };
  const day = await findDayDue(tx, profile, MOST_DAYS);
  if (day === null) return ok(null);
  const outcome = await runBalance(ctx, profileId, day);
  if (!outcome.ok) return outcome;
  await setBalancedThrough(tx, profile, day);
  if ((await findDayDue(tx, profile, MOST_DAYS)) !== null) await scheduleProfile(tx, profile);
  return outcome;
}
