import type { Table } from './tables';

/** What a backup ends with, to be held against what was restored. */
export type End = {
  rows: Record<string, number>;
  sequences: { name: string; last: string }[];
  /** A line for each merchant, currency and kind of the ledger. */
  sums: string[];
};
export type Start = { at: string; version: string };

/** A backup: its start, each table with its rows as COPY writes them, its end. */
export type BackupRecord =
  | { kind: 'start'; value: Start }
  | { kind: 'table'; value: Table }
  | { kind: 'rows'; value: Buffer }
  | { kind: 'end'; value: End };

const LETTERS = { start: 'S', table: 'T', rows: 'D', end: 'E' } as const;
const HEAD_BYTES = 5;

/** One letter, four bytes of length, the content. */
export function written({ kind, value }: BackupRecord): Buffer {
  const content = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(LETTERS[kind], 'latin1');
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

function read(letter: string, content: Buffer): BackupRecord {
  if (letter === LETTERS.rows) return { kind: 'rows', value: content };
  const kind = (['start', 'table', 'end'] as const).find((one) => LETTERS[one] === letter);
  if (!kind) throw new Error(`a backup has no record ${letter}`);
  return { kind, value: JSON.parse(content.toString()) } as BackupRecord;
}

/** The records of a stream, as they were written. */
export async function* recordsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<BackupRecord> {
  let kept: Buffer = Buffer.alloc(0);
  for await (const bytes of stream) {
    kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes]);
    while (kept.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + kept.readUInt32BE(1);
      if (kept.length < end) break;
      yield read(kept.toString('latin1', 0, 1), kept.subarray(HEAD_BYTES, end));
      kept = kept.subarray(end);
    }
  }
  if (kept.length > 0) throw new Error('a backup ends in the midst of a record');
}
