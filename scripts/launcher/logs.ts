import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LIMIT_BYTES = 10_000_000;

export const logPath = (dataDir: string, name: string): string => join(dataDir, 'logs', `${name}.log`);

/** A function that appends to DATA_DIR/logs/<name>.log; at 10 MB the file becomes `.1` and a new one begins. */
export function openLog(dataDir: string, name: string): (chunk: Buffer | string) => void {
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  const path = logPath(dataDir, name);
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return (chunk) => {
    try {
      if (size > LIMIT_BYTES) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, chunk, { mode: 0o600 });
      size += chunk.length;
    } catch {
      // A full disk must not end the product; what could not be written is lost.
    }
  };
}

/** The last lines of a log, for the sentence about a process that does not start. */
export function lastLines(dataDir: string, name: string, count: number): string {
  try {
    return readFileSync(logPath(dataDir, name), 'utf8').trim().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
