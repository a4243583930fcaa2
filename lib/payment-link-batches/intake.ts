import { createHash } from 'node:crypto';
import { type AppError, type FieldError, type Outcome, ok, refuse } from '@/core/outcome';
import { BATCH_LIMITS, type BatchFormat } from '@/core/payment-link-batch';
import type { Executor } from '@/db/client';
import { type BatchErrorRow, insertBatchErrors, insertPart } from '@/db/queries/payment-link-batches';
import { CsvReader, NotCsv } from '../csv';
import { refuseCardNumber } from '../parse';
import { EXEMPT, parseLink } from '../payment-links/issue';
import { readCells, readHeader } from './csv-rows';
import { errorRows } from './errors';
import { JsonRows, NotJsonRows } from './json-rows';

export const PART = { rows: 250, characters: 262_144 } as const;

type Key = { merchantId: number; id: string };
/** What came: how many rows, how many of them are refused already, and the hash of the bytes. */
export type Intake = { rows: number; refused: number; digest: string };

/** The body cannot be taken as a whole. */
class Refused extends Error {
  constructor(readonly outcome: { ok: false; error: AppError }) {
    super('refused');
  }
}
const stop = (code: 'too_large' | 'malformed' | 'invalid', message: string, errors?: FieldError[]): never => {
  throw new Refused(refuse(code, message, errors && { errors }));
};

/** Refuses a card number in a row, as it was sent and, where it holds what is taken out of names, as it would be kept. */
export function findCard(row: unknown, text: string): Outcome<unknown> {
  const asSent = refuseCardNumber(row, EXEMPT);
  if (!asSent.ok || !HIDDEN.test(text)) return asSent;
  const asKept = parseLink(row);
  return !asKept.ok && asKept.error.code === 'card_number_refused' ? asKept : asSent;
}
const HIDDEN = /\\[bfnrtu]|[\p{Cc}\p{Cf}]/u;

/** Where the rows of a body go. */
export abstract class Rows {
  rows = 0;
  /** The names of the columns, before the first row. */
  head(_names: readonly string[]): void {}
  abstract add(row: unknown): Promise<void>;
  abstract addFault(message: string): Promise<void>;
  abstract end(): Promise<void>;

  protected count(): void {
    if (++this.rows > BATCH_LIMITS.rows)
      stop('too_large', `A batch has at most ${BATCH_LIMITS.rows.toLocaleString('en')} rows.`);
  }
}

/** Rows on their way into the database, in parts. A row with a card number in it never gets there. */
class Parts extends Rows {
  refused = 0;
  private texts: string[] = [];
  private characters = 0;
  private number = 0;
  private errors: BatchErrorRow[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly tx: Executor,
    private readonly key: Key,
  ) {
    super();
  }

  async add(row: unknown): Promise<void> {
    this.count();
    const text = `[${this.rows},${JSON.stringify(row)}]`;
    const clean = findCard(row, text);
    if (!clean.ok) return this.note(clean.error);
    this.texts.push(text);
    this.characters += text.length;
    if (this.texts.length >= PART.rows || this.characters >= PART.characters) await this.flush();
  }

  async addFault(message: string): Promise<void> {
    this.count();
    const { error } = refuse('invalid', message);
    await this.note(error);
  }

  async end(): Promise<void> {
    await this.flush();
    await this.writing;
  }

  private async note(error: AppError): Promise<void> {
    this.refused++;
    this.errors.push(...errorRows(this.key, this.rows, error));
    if (this.errors.length >= PART.rows) await this.flush();
  }

  /** One part is written while the next is read, and no more than one. */
  private async flush(): Promise<void> {
    await this.writing;
    const { texts, errors } = this;
    this.texts = [];
    this.errors = [];
    this.characters = 0;
    this.writing = this.write(texts, errors);
    this.writing.catch(() => {});
  }

  private async write(texts: string[], errors: BatchErrorRow[]): Promise<void> {
    await insertBatchErrors(this.tx, errors);
    if (texts.length > 0)
      await insertPart(this.tx, { ...this.key, number: ++this.number }, `[${texts.join(',')}]`);
  }
}

/** The body as text, piece by piece, with its hash. */
async function* textOf(
  chunks: AsyncIterable<Uint8Array>,
  hash: { update: (bytes: Uint8Array) => unknown },
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > BATCH_LIMITS.bytes) stop('too_large', 'The body is larger than 64 MB.');
      hash.update(chunk);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof Refused) throw error;
    stop('malformed', 'The body is not UTF-8, or it broke off.');
  }
}

async function readJson(pieces: AsyncIterable<string>, parts: Rows): Promise<void> {
  const reader = new JsonRows(BATCH_LIMITS.rowCharacters);
  for await (const piece of pieces) for (const row of reader.push(piece)) await parts.add(row);
  reader.end();
}

async function readCsv(pieces: AsyncIterable<string>, parts: Rows): Promise<void> {
  const reader = new CsvReader(BATCH_LIMITS.rowCharacters);
  let columns: ReturnType<typeof columnsOf> | undefined;
  const take = async (cells: string[]): Promise<void> => {
    if (!columns) {
      columns = columnsOf(cells);
      return parts.head(cells);
    }
    const row = readCells(columns, cells);
    await ('fault' in row ? parts.addFault(row.fault) : parts.add(row.value));
  };
  for await (const piece of pieces) for (const cells of reader.push(piece)) await take(cells);
  for (const cells of reader.end()) await take(cells);
}

function columnsOf(names: string[]) {
  const header = readHeader(names);
  if (!header.ok) throw new Refused(header);
  return header.value;
}

/** Reads a body to its end, as far as it can be taken at all; the hash of its bytes. */
export async function readRows(
  { format, chunks }: { format: BatchFormat; chunks: AsyncIterable<Uint8Array> },
  rows: Rows,
): Promise<Outcome<string>> {
  const hash = createHash('sha256');
  try {
    const pieces = textOf(chunks, hash);
    await (format === 'json' ? readJson(pieces, rows) : readCsv(pieces, rows));
    if (rows.rows === 0) stop('invalid', 'The batch has no rows.');
    await rows.end();
    return ok(hash.digest('base64url'));
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    if (error instanceof NotCsv || error instanceof NotJsonRows)
      return refuse('malformed', `The body cannot be read: ${error.message}, after row ${rows.rows}.`);
    throw error;
  }
}

/** Reads a body and writes its rows, in parts: however long it is, no more than two parts are held. */
export async function takeIn(
  tx: Executor,
  key: Key,
  body: { format: BatchFormat; chunks: AsyncIterable<Uint8Array> },
): Promise<Outcome<Intake>> {
  const parts = new Parts(tx, key);
  const digest = await readRows(body, parts);
  return digest.ok ? ok({ rows: parts.rows, refused: parts.refused, digest: digest.value }) : digest;
}
