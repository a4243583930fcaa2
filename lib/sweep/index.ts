import { listOpenBulkActs } from '@/db/queries/bulk-acts';
import { listOpenNotifications } from '@/db/queries/gateway-notifications';
import { addRegularJob } from '@/db/queries/jobs';
import { listOpenBatches } from '@/db/queries/payment-link-batches';
import {
  findJobKeys,
  listDueReversals,
  listOpenAttempts,
  listOpenRefunds,
  listWatchedSessions,
  unlockDeadWorkers,
  unlockSessionless,
} from '@/db/queries/sweep';
import { BATCH, inBatches } from '../batches';
import { bulkJob, scheduleBulkAct } from '../bulk-acts/schedule';
import type { Services } from '../context';
import { notificationJob, scheduleNotification } from '../gateway-notifications/wake';
import { readJob, scheduleRead, scheduleReversal } from '../payment-attempts/internal';
import { batchJob, scheduleBatch } from '../payment-link-batches/schedule';
import { expirePaymentLinks } from '../payment-links/expire';
import { remindOfLinks } from '../payment-links/remind';
import { warnPaymentLinks } from '../payment-links/warn';
import { sessionJob, watchSessionJob } from '../payment-sessions/internal';
import { BALANCE_TASKS } from '../reconciliation/schedule';
import { refundJob, scheduleRefund } from '../refunds/internal';

/** No job lasts longer: every call to the outside has a budget below this. Only a balance reads page after page, and a check the whole audit trail. */
const LONG_TASKS = [...BALANCE_TASKS, 'check_audit', 'check_audit_daily'];
const JOB_LIFE = { seconds: 60, long: { tasks: LONG_TASKS, seconds: 1800 } } as const;

/** How the names of runners begin, in the queue and in their sessions. */
export const RUNNER_NAME = 'counterfoil-runner-';
/** A runner whose process lives has its sessions again this long after the database lost them. */
const SESSIONS_BACK_SECONDS = 10;

/**
 * Gives the jobs of killed workers back to the queue; true when there were any. `own` are the runners of the process that
 * asks: while it sees their sessions, a runner without any is known to be dead. Else a job is only too old to be running.
 */
export async function freeStuckJobs({ db }: Services, own: readonly string[] = []): Promise<boolean> {
  const dead = await unlockSessionless(db, { own, prefix: RUNNER_NAME, seconds: SESSIONS_BACK_SECONDS });
  return (await unlockDeadWorkers(db, JOB_LIFE)) + dead > 0;
}

/**
 * The sweep, and the figures of the home page, each minute; partitions every ten; the balance each hour from 01:15 UTC on, when
 * the last payments of the day before have settled; a look at the payer's page each hour; a check of the audit trail each
 * day. Only what the process that asks can do, its `tasks`.
 */
export async function scheduleRegularJobs({ db }: Services, tasks: readonly string[]): Promise<void> {
  for (const [task, when] of Object.entries(REGULAR_JOBS))
    if (tasks.includes(task)) await addRegularJob(db, task, when);
}

const REGULAR_JOBS = {
  sweep: { everySeconds: 55, notBefore: '00:00' },
  balance: { everySeconds: 3500, notBefore: '01:15' },
  look_at_page: { everySeconds: 3500, notBefore: '00:00' },
  figures: { everySeconds: 55, notBefore: '00:00' },
  check_audit_daily: { everySeconds: 86_000, notBefore: '02:15' },
  partitions: { everySeconds: 590, notBefore: '00:00' },
};

/** What must have a job for as long as it is open: how it is found, and its job. */
type Followed<T> = {
  list: (db: Services['db'], after: T | undefined, limit: number) => Promise<T[]>;
  key: (one: T) => string;
  schedule: (db: Services['db'], one: T) => Promise<void>;
};

/** Gives a job to everything open that has none; how many had none. */
async function revive<T>({ db }: Services, { list, key, schedule }: Followed<T>): Promise<number> {
  for (let [revived, after]: [number, T | undefined] = [0, undefined]; ; ) {
    const open: T[] = await list(db, after, BATCH);
    const keys = await findJobKeys(db, open.map(key));
    const lost = open.filter((one) => !keys.has(key(one)));
    for (const one of lost) await schedule(db, one);
    revived += lost.length;
    if (open.length < BATCH) return revived;
    after = open.at(-1);
  }
}

/** Attempts with an open outcome: a job reads the gateway. */
export const reviveAttempts = (services: Services): Promise<number> =>
  revive(services, {
    list: listOpenAttempts,
    key: ({ id }) => readJob(id),
    schedule: (db, attempt) => scheduleRead(db, attempt, 0),
  });

/** Refunds with an open outcome, money that must go back, and notifications that are not applied yet. */
export async function reviveMoney(services: Services): Promise<number> {
  const refunds = await revive(services, {
    list: listOpenRefunds,
    key: ({ id }) => refundJob(id),
    schedule: (db, refund) => scheduleRefund(db, refund, 0),
  });
  const reversals = await revive(services, {
    list: listDueReversals,
    key: ({ id }) => `reverse:${id}`,
    schedule: (db, attempt) => scheduleReversal(db, attempt),
  });
  const notifications = await revive(services, {
    list: listOpenNotifications,
    key: ({ profileId, gatewayId }) => notificationJob(profileId, gatewayId),
    schedule: (db, key) => scheduleNotification(db, key, 0),
  });
  return refunds + reversals + notifications;
}

/** Payment sessions that somebody must look after: a card may be keyed, or a call is not as it was. */
export const reviveSessions = (services: Services): Promise<number> =>
  revive(services, {
    list: listWatchedSessions,
    key: ({ id }) => sessionJob(id),
    schedule: (db, session) => watchSessionJob(db, session, 0),
  });

/** Batches that are not at their end. */
export const reviveBatches = (services: Services): Promise<number> =>
  revive(services, {
    list: listOpenBatches,
    key: ({ id }) => batchJob(id),
    schedule: (db, batch) => scheduleBatch(db, batch),
  });

/** Acts on many links that are not at their end. */
export const reviveBulkActs = (services: Services): Promise<number> =>
  revive(services, {
    list: listOpenBulkActs,
    key: ({ id }) => bulkJob(id),
    schedule: (db, act) => scheduleBulkAct(db, act),
  });

/** Ends the links whose time is over, in batches, for at most `budgetMs`; how many. */
export const expireLinks = (services: Services, requestId: string, budgetMs: number): Promise<number> =>
  inBatches(budgetMs, () => expirePaymentLinks(services, requestId, BATCH));

/** Tells of the links that are about to end, in batches, for at most `budgetMs`; how many. */
export const warnOfEnds = (services: Services, requestId: string, budgetMs: number): Promise<number> =>
  inBatches(budgetMs, () => warnPaymentLinks(services, requestId, BATCH));

/** Reminds the customers of links, in batches, for at most `budgetMs`; how many links. */
export const remind = (services: Services, requestId: string, budgetMs: number): Promise<number> =>
  inBatches(budgetMs, () => remindOfLinks(services, requestId, BATCH));
