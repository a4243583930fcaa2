/** One launcher per data directory. The lock also lists the child processes, so that the next start can end what was left. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, waitUntil } from '@/db/server/processes';
import { hasCode, writePrivately } from './files';
import { Halt } from './halt';
import { identityOf } from './identity';

export type Child = { name: string; pid: number; identity: string | null };
type LockFile = { pid: number; identity: string | null; children: Child[] };

export type Lock = {
  /** True when an earlier launcher ended without cleaning up. */
  recovered: boolean;
  record: (children: Child[]) => void;
  release: () => void;
};

const lockPath = (dataDir: string): string => join(dataDir, 'counterfoil.lock');
const GRACE_MS = 3_000;

/** A process id may have been given to another program: the time the process started tells. */
const isRunning = ({ pid, identity }: { pid: number; identity: string | null }): boolean =>
  isAlive(pid) && identityOf(pid) === identity;

function readLock(path: string): LockFile | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The process id of the launcher that holds this data directory, or null. */
export function holder(dataDir: string): number | null {
  const found = readLock(lockPath(dataDir));
  return found && isRunning(found) ? found.pid : null;
}

/** Takes the lock or throws "already running". What a killed launcher left behind is ended first. */
export async function takeLock(dataDir: string): Promise<Lock> {
  const path = lockPath(dataDir);
  const own: LockFile = { pid: process.pid, identity: identityOf(process.pid), children: [] };
  let recovered = false;
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      recovered = true;
      await clearStale(dataDir, path);
    }
  }
  return {
    recovered,
    record: (children) => writePrivately(path, { ...own, children }),
    release: () => rmSync(path, { force: true }),
  };
}

async function clearStale(dataDir: string, path: string): Promise<void> {
  const pid = holder(dataDir);
  if (pid) throw new Halt(`Counterfoil is already running from ${dataDir} (process ${pid}).`);
  const stale = `${path}.stale`;
  try {
    renameSync(path, stale);
  } catch {
    return;
  }
  await endLeftovers(readLock(stale)?.children ?? []);
  rmSync(stale, { force: true });
}

/** They notice the death of their parent by themselves; those that did not are killed with their group. */
async function endLeftovers(children: Child[]): Promise<void> {
  await waitUntil(() => !children.some(isRunning), GRACE_MS, 100);
  for (const child of children.filter(isRunning)) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended in this moment.
    }
  }
}
