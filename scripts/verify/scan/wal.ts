import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Chunks, Scanner } from './scanner';

/** XLOG_BLCKSZ and the two headers of a page as PostgreSQL's xlog_internal.h lays them out. */
const PAGE_BYTES = 8_192;
const HEADER_BYTES = 24;
const LONG_HEADER_BYTES = 40;
const INFO_AT = 2;
const HAS_LONG_HEADER = 0x0002;

const SEGMENT = /^[0-9A-F]{24}$/;
export const isWalSegment = (file: string): boolean => SEGMENT.test(path.basename(file));

function bodyOf(page: Buffer): Buffer {
  const isLong = page.length > LONG_HEADER_BYTES && (page.readUInt16LE(INFO_AT) & HAS_LONG_HEADER) !== 0;
  return page.subarray(isLong ? LONG_HEADER_BYTES : HEADER_BYTES);
}

/** What the pages of some segments hold, in their order: a record goes on in the next page, behind its header. */
async function* bodiesOf(files: readonly string[]): Chunks & AsyncGenerator<Uint8Array> {
  for (const file of files)
    for await (const chunk of createReadStream(file, { highWaterMark: 128 * PAGE_BYTES })) {
      const bytes = chunk as Buffer;
      const pages = Array.from({ length: Math.ceil(bytes.length / PAGE_BYTES) }, (_, i) =>
        bodyOf(bytes.subarray(i * PAGE_BYTES, (i + 1) * PAGE_BYTES)),
      );
      yield Buffer.concat(pages);
    }
}

/** Scans PostgreSQL's write-ahead log as it is replayed: a page's header may stand in the middle of a number. */
export async function scanWal(scanner: Scanner, sink: string, folder: string): Promise<void> {
  const files = readdirSync(folder)
    .filter(isWalSegment)
    .sort()
    .map((name) => path.join(folder, name));
  await scanner.stream(sink, `${folder} without the headers of its pages`, bodiesOf(files));
}
