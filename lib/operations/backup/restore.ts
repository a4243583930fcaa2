import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import type { KeyRing } from '../../key-ring';
import { type End, recordsOf, type Start } from './records';
import { unseal } from './sealed';
import { isOurs, listTables, sumsOf, type Table, versionOf } from './tables';

/** What was asked for cannot be done, in a sentence for the operator. Nothing was changed. */
export class RestoreRefused extends Error {}

/** So long links that were paid after the backup, which look unpaid, are not paid twice. */
export const CLOSED_DAYS = 7;

export type Restored = { at: string; rows: number; sums: string[] };

/** The queue's own few rows make room. */
async function mustBeEmpty(tx: TransactionSql, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables.filter(isOurs)) {
    const [row] = await tx.unsafe(`select exists (select from ${name}) as taken`);
    if (row?.taken)
      throw new RestoreRefused(
        `This database is in use: ${name} has rows. A backup is restored into an empty database.`,
      );
  }
  for (const { name } of tables.filter((table) => !isOurs(table)).toReversed())
    await tx.unsafe(`delete from ${name}`);
}

/** Tables of the backup as they are here; one that differs is not guessed at. */
async function mustFit(tx: TransactionSql, start: Start): Promise<void> {
  if (start.version !== (await versionOf(tx)))
    throw new RestoreRefused(
      'This backup is of another version of Counterfoil: restore it with the version that made it, then start the newer one on it.',
    );
}

class Filling {
  private copy: Writable | null = null;

  constructor(private readonly tx: TransactionSql) {}

  async begin({ name, columns }: Table): Promise<void> {
    await this.end();
    this.copy = await this.tx.unsafe(`copy ${name} (${columns.join(', ')}) from stdin`).writable();
  }

  async take(rows: Buffer): Promise<void> {
    if (this.copy && !this.copy.write(rows)) await once(this.copy, 'drain');
  }

  async end(): Promise<void> {
    if (!this.copy) return;
    this.copy.end();
    await finished(this.copy);
    this.copy = null;
  }
}

async function holdAgainst(tx: TransactionSql, { rows, sums }: End): Promise<void> {
  for (const [name, count] of Object.entries(rows)) {
    const [row] = await tx.unsafe(`select count(*)::int as count from ${name}`);
    if (row?.count !== count)
      throw new RestoreRefused(`${name} has ${row?.count} rows, the backup had ${count}. Nothing was kept.`);
  }
  const here = (await sumsOf(tx)).map(({ line }) => line);
  if (JSON.stringify(here) !== JSON.stringify(sums))
    throw new RestoreRefused('The sums of the ledger are not those of the backup. Nothing was kept.');
}

/** Rows come back as they were: nothing is written beside them, as for rows that are new. */
async function withoutTriggers<T>(
  tx: TransactionSql,
  tables: readonly Table[],
  work: () => Promise<T>,
): Promise<T> {
  const turn = async (how: 'disable' | 'enable'): Promise<void> => {
    for (const { name } of tables.filter(isOurs)) await tx.unsafe(`alter table ${name} ${how} trigger user`);
  };
  await turn('disable');
  const done = await work();
  await turn('enable');
  return done;
}

/** Nobody holds a job any more, and no payer begins to pay before it is known what was paid since the backup. */
async function calm(tx: TransactionSql, { sequences }: End): Promise<void> {
  for (const { name, last } of sequences) await tx`select setval(${name}::regclass, ${last}::bigint)`;
  await tx`update graphile_worker._private_jobs set locked_at = null, locked_by = null`;
  await tx`update graphile_worker._private_job_queues set locked_at = null, locked_by = null`;
  await tx`update merchants set breaker_until = cf_now() + make_interval(days => ${CLOSED_DAYS})`;
}

type Source = { file: string; secret: KeyRing };

/** Fills the tables with what the file has, in its order. */
async function fill(
  tx: TransactionSql,
  { file, secret }: Source,
): Promise<{ start: Start | null; end: End | null }> {
  const plain = createGunzip();
  pipeline(createReadStream(file), unseal(secret), plain).catch(() => {});
  const filling = new Filling(tx);
  let [start, end]: [Start | null, End | null] = [null, null];
  for await (const record of recordsOf(plain)) {
    if (record.kind === 'start') {
      await mustFit(tx, record.value);
      start = record.value;
    } else if (record.kind === 'table') await filling.begin(record.value);
    else if (record.kind === 'rows') await filling.take(record.value);
    else {
      await filling.end();
      end = record.value;
    }
  }
  return { start, end };
}

/**
 * Fills an empty, migrated database from a backup, in one transaction: what was changed in the file, or does not come to the
 * same sums, leaves nothing behind. Payments on the web stay closed for `CLOSED_DAYS`, or until an owner or admin opens them.
 */
export async function restore(sql: Sql, { file, secret }: Source): Promise<Restored> {
  return sql.begin(async (tx) => {
    const tables = await listTables(tx);
    await mustBeEmpty(tx, tables);
    const { start, end } = await withoutTriggers(tx, tables, () => fill(tx, { file, secret }));
    if (!start || !end)
      throw new RestoreRefused('This backup has no end: it was cut short. Nothing was kept.');
    await holdAgainst(tx, end);
    await calm(tx, end);
    const rows = Object.values(end.rows).reduce((sum, one) => sum + one, 0);
    return { at: start.at, rows, sums: end.sums };
  }) as Promise<Restored>;
}
