import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { Halt } from './halt';

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
export const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT');

/** Writes JSON that only this user may read, in one step: a reader sees the old file or the new one. */
export function writePrivately(path: string, value: unknown): void {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, path);
}

/** Makes DATA_DIR if it is missing; root lets others pass through it, so that the database user reaches its part. */
export function openDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new Halt(
      `Counterfoil cannot use its data directory ${dataDir}: give this user the right to read and write it, or set DATA_DIR to another folder.`,
    );
  }
}
