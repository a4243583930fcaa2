import { constants, crc32, deflateRawSync, type ZlibOptions } from 'node:zlib';

/** As a browser names what it takes. Also a condition in next.config.ts, which says the encoding of the answer. */
export const TAKES_GZIP = '(?:.*\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)).*)';
const takesGzip = new RegExp(`^${TAKES_GZIP}$`);

export const isGzipTaken = (acceptEncoding: string | null): boolean => takesGzip.test(acceptEncoding ?? '');

/** Magic, deflate, no flags, no time, no level, no system. Source: RFC 1952, 2.3. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** A block that is the last and holds nothing. Source: RFC 1951, 3.2.6. */
const LAST = Buffer.from([0x03, 0x00]);

/** A page's own part fits into a window of 16 kB: a smaller one is made and cleared in half the time. */
const OWN = { level: 4, windowBits: 14, memLevel: 7 };

/** Ends at a whole byte and is not the last, so that others can follow. Source: RFC 1951, 3.2.4. */
const squeezed = (bytes: Buffer, options: ZlibOptions): Buffer =>
  deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, ...options });

/** A text that comes again on many pages, squeezed once. */
export type Part = { bytes: Buffer; squeezed: Buffer };

export function partOf(text: string): Part {
  const bytes = Buffer.from(text);
  return { bytes, squeezed: squeezed(bytes, { level: 9 }) };
}

/** A page in three parts, of which the first and the last are the same on many: only the second costs anything. */
export function gzipOf(before: Part, own: Buffer, after: Part): Buffer<ArrayBuffer> {
  // Of no bytes, the sum would begin anew.
  const parts = [before.bytes, own, after.bytes].filter(({ length }) => length > 0);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(parts.reduce((sum, bytes) => crc32(bytes, sum), 0));
  end.writeUInt32LE(before.bytes.length + own.length + after.bytes.length, 4);
  return Buffer.concat([HEAD, before.squeezed, squeezed(own, OWN), after.squeezed, LAST, end]);
}
