import { createReadStream, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { type Duplex, pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import type { Chunks, Scanner } from './scanner';

const CHUNK_BYTES = 1024 * 1024;
/** A file that unpacks to more than this is a bomb, not a log. */
const MOST_UNPACKED_BYTES = 1024 * 1024 * 1024;

/** Every regular file below a folder that `wanted` takes, with its whole path. */
export function filesUnder(folder: string, wanted: (file: string) => boolean = () => true): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(wanted);
}

/** What unpacks this file: gzip is known by its first bytes, brotli, which has none, by its name. */
async function unpackerOf(file: string): Promise<Duplex | null> {
  if (file.endsWith('.br')) return createBrotliDecompress();
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b ? createGunzip() : null;
  } finally {
    await handle.close();
  }
}

async function* unpacked(file: string, unpacker: Duplex): Chunks & AsyncGenerator<Uint8Array> {
  let size = 0;
  pipeline(createReadStream(file), unpacker, () => {});
  for await (const chunk of unpacker as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_UNPACKED_BYTES) throw new Error(`${file} unpacks to more than a gigabyte`);
    yield chunk;
  }
}

/** Scans a file as it is and, where it is compressed, what it holds. A file that is damaged or gone ends where it ends. */
export async function scanFile(scanner: Scanner, sink: string, file: string): Promise<void> {
  await scanner.stream(sink, file, createReadStream(file, { highWaterMark: CHUNK_BYTES }));
  const unpacker = await unpackerOf(file);
  if (!unpacker) return;
  await scanner.stream(sink, `${file} unpacked`, unpacked(file, unpacker)).catch((error: unknown) => {
    if (!isDamage(error)) throw error;
  });
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(Z_|ERR__?|ERR_BROTLI|ERR_STREAM_PREMATURE_CLOSE)/.test(String(error.code));
