import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';

/** Tables whose rows are in partitions by their ids, of days or weeks. The database refuses any other. */
export const PARTITIONED = ['api_requests', 'webhook_tries'] as const;
export type Partitioned = (typeof PARTITIONED)[number];

/** Makes the partition of now and the next three, where they are missing; how many. */
export async function makePartitions(tx: Executor, table: Partitioned): Promise<number> {
  const rows = await tx.execute<{ made: number }>(sql`select cf_make_partitions(${table}) as made`);
  return rows[0]?.made ?? 0;
}

/** Drops the oldest partition, where all in it is older than `seconds`; its name. What must stay is kept elsewhere. */
export async function dropPartition(
  tx: Executor,
  table: Partitioned,
  seconds: number,
): Promise<string | null> {
  const rows = await tx.execute<{ name: string | null }>(
    sql`select cf_drop_partition(${table}, make_interval(secs => ${seconds})) as name`,
  );
  return rows[0]?.name ?? null;
}

/** Rows of before go one by one, as do those that no partition takes. */
export const besidePartitions = (table: Partitioned): SQL[] =>
  ['before', 'rest'].map((name) => sql`${sql.identifier(`${table}_${name}`)}`);

/** Where the oldest partition begins: what is before it is in none that could be dropped. */
export const oldestPartition = (table: Partitioned): SQL => sql`(select cf_oldest_partition(${table}))`;
