import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import type { KeyRing } from '../../key-ring';
import { type BackupRecord, written } from './records';
import { seal } from './sealed';
import { listSequences, listTables, sumsOf, type Table, versionOf } from './tables';

export type Saved = { tables: number; rows: number };
type Counts = Record<string, number>;

/** How many rows these are: COPY ends each with a line feed, and writes those within as `\n`. */
function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

async function* rowsOf(tx: TransactionSql, { name, columns }: Table, counts: Counts): AsyncGenerator<Buffer> {
  const copy = await tx.unsafe(`copy (select ${columns.join(', ')} from ${name}) to stdout`).readable();
  let rows = 0;
  for await (const bytes of copy as AsyncIterable<Buffer>) {
    rows += linesIn(bytes);
    yield written({ kind: 'rows', value: bytes });
  }
  counts[name] = rows;
}

async function* recordsOf(tx: TransactionSql, counts: Counts): AsyncGenerator<Buffer> {
  const [now] = await tx<{ at: string }[]>`
    select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`;
  const start = { at: now?.at ?? '', version: await versionOf(tx) };
  yield written({ kind: 'start', value: start });
  for (const table of await listTables(tx)) {
    yield written({ kind: 'table', value: table });
    yield* rowsOf(tx, table, counts);
  }
  const sums = (await sumsOf(tx)).map(({ line }) => line);
  const end: BackupRecord = {
    kind: 'end',
    value: { rows: counts, sequences: [...(await listSequences(tx))], sums },
  };
  yield written(end);
}

/**
 * Writes all that the database holds into a file, of one moment, while the product goes on: encrypted, under a key made of
 * `secret` (the first of DATA_ENCRYPTION_KEY). The file is there once it is whole; one of that name stays until then.
 */
export async function backup(sql: Sql, { file, secret }: { file: string; secret: KeyRing }): Promise<Saved> {
  const counts: Counts = {};
  const part = `${file}.part`;
  try {
    await sql.begin('isolation level repeatable read read only', async (tx) => {
      const records = Readable.from(recordsOf(tx, counts), { objectMode: false });
      await pipeline(records, createGzip(), seal(secret), createWriteStream(part, { mode: 0o600 }));
    });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  const rows = Object.values(counts);
  return { tables: rows.length, rows: rows.reduce((sum, one) => sum + one, 0) };
}
