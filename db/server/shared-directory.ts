/**
 * Directories under /var/tmp for what the database user cannot reach elsewhere. Everyone may write there, so a
 * directory counts only if it is ours: no symlink, our own owner, nobody else may write.
 */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/var/tmp';

/** Makes or checks `/var/tmp/counterfoil-<hash of key>` and returns its path; throws when it belongs to others. */
export function sharedDirectory(key: string): string {
  const directory = sharedDirectoryPath(key);
  try {
    mkdirSync(directory, { mode: 0o755 });
    chmodSync(directory, 0o755);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`${directory} belongs to somebody else: remove it and start again.`);
  }
  return directory;
}

export function sharedDirectoryPath(key: string): string {
  return join(ROOT, `counterfoil-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`);
}
