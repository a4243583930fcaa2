import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';

type Key = { merchantId: number; id: string };

export const bulkJob = (id: string): string => `bulk:${id}`;

/** Puts the work on an act on the queue, in the same transaction. */
export const scheduleBulkAct = (tx: Executor, { merchantId, id }: Key, delaySeconds = 0): Promise<void> =>
  addJob(tx, 'run_bulk_act', { merchantId, bulkAct: id }, { key: bulkJob(id), delaySeconds });
