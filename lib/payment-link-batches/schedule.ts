import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';

type Key = { merchantId: number; id: string };

export const batchJob = (id: string): string => `batch:${id}`;

/** Puts the work on a batch on the queue, in the same transaction. */
export const scheduleBatch = (tx: Executor, { merchantId, id }: Key, delaySeconds = 0): Promise<void> =>
  addJob(tx, 'issue_batch', { merchantId, batch: id }, { key: batchJob(id), delaySeconds });
