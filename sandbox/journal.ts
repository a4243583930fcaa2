/** An append-only file of JSON lines. A line is one transaction: after a crash it is there whole or not at all. */
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const NEWLINE = 0x0a;

/** The records of the file, the length that is whole, and the bytes of a torn last line. Throws on damage before it. */
function readLines<T>(bytes: Buffer, path: string): { records: T[]; length: number } {
  const records: T[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    try {
      records.push(JSON.parse(bytes.toString('utf8', start, end)) as T);
    } catch {
      if (end !== bytes.length - 1) throw new Error(`${path}: line ${records.length + 1} is damaged`);
      break;
    }
    start = end + 1;
  }
  return { records, length: start };
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export class Journal<T> {
  #file: FileHandle;
  #tail: Promise<void> = Promise.resolve();
  #batch: string[] | null = null;
  #failure: Error | null = null;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens or creates the file and hands back its records; `droppedBytes` is the torn last line a crash left. */
  static async open<T>(path: string): Promise<{ journal: Journal<T>; records: T[]; droppedBytes: number }> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a+', 0o600);
    try {
      const bytes = await readFile(path);
      const { records, length } = readLines<T>(bytes, path);
      if (length < bytes.length) await file.truncate(length);
      await file.sync();
      await syncDirectory(path);
      return { journal: new Journal<T>(file), records, droppedBytes: bytes.length - length };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Resolves when the record is on the disk. What is appended while a write runs shares the next one. */
  append(record: T): Promise<void> {
    if (!this.#batch) {
      const batch: string[] = [];
      this.#batch = batch;
      this.#enqueue(async () => {
        if (this.#batch === batch) this.#batch = null;
        await this.#file.appendFile(batch.join(''));
        await this.#file.datasync();
      });
    }
    this.#batch?.push(`${JSON.stringify(record)}\n`);
    return this.#tail;
  }

  /** Resolves when everything appended so far is on the disk: wait for it before telling anyone what memory says. */
  settled(): Promise<void> {
    return this.#tail;
  }

  /** Empties the file, after what was appended before and before what is appended after. */
  clear(): Promise<void> {
    this.#batch = null;
    this.#enqueue(async () => {
      await this.#file.truncate(0);
      await this.#file.sync();
    });
    return this.#tail;
  }

  /** The error that stopped this journal; memory may then be ahead of the disk, so nothing is answered any more. */
  get failure(): Error | null {
    return this.#failure;
  }

  async close(): Promise<void> {
    await this.#tail.catch(() => undefined);
    await this.#file.close();
  }

  #enqueue(work: () => Promise<void>): void {
    const next = this.#tail.then(work);
    next.catch((error: unknown) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    });
    this.#tail = next;
  }
}
