/** The memory of another process, as Linux shows it to root and to the same user. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Scanner } from './scanner';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Above this lie only pages of the kernel. */
const USER_SPACE_END = 2 ** 47;

type Region = { from: number; to: number; shared: string | null };

/** What this process can write or has written: all readable memory but the unchanged pages of files. */
export function regionsOf(maps: string): Region[] {
  return maps.split('\n').flatMap((line) => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) (r)(.)(.)(.) \S+ (\S+) (\d+) *(.*)$/.exec(line);
    if (!match) return [];
    const [, from = '', to = '', , write, , share, device = '', inode = '', name = ''] = match;
    const isUnchangedFile = write !== 'w' && inode !== '0';
    if (isUnchangedFile || name.startsWith('[v') || Number.parseInt(to, 16) > USER_SPACE_END) return [];
    const shared = share === 's' ? `${device}:${inode}:${name}` : null;
    return [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), shared }];
  });
}

function* readRegion(file: number, { from, to }: Region): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, to - from));
  for (let at = from; at < to; ) {
    let length = 0;
    try {
      length = readSync(file, buffer, 0, Math.min(buffer.length, to - at), at);
    } catch {
      // The region was given back while it was read, or is a device's.
      return;
    }
    if (length === 0) return;
    yield buffer.subarray(0, length);
    at += length;
  }
}

/**
 * Scans a running process. `seen` names shared memory that another process of the same sink has shown already. False when
 * this machine does not let us read it.
 */
export async function scanMemory(
  scanner: Scanner,
  sink: string,
  pid: number,
  seen: Set<string> = new Set(),
): Promise<boolean> {
  let maps: string;
  let file: number;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    file = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return false;
  }
  try {
    const before = scanner.read.get(sink) ?? 0;
    for (const region of regionsOf(maps)) {
      if (region.shared && seen.has(region.shared)) continue;
      if (region.shared) seen.add(region.shared);
      await scanner.stream(sink, `process ${pid}, ${region.from.toString(16)}`, readRegion(file, region));
    }
    return (scanner.read.get(sink) ?? 0) > before;
  } finally {
    closeSync(file);
  }
}
