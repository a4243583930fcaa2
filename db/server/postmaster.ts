/** Reads postmaster.pid and ends a server that an earlier, killed start left running. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, isPostmasterOf, signal, waitUntil } from './processes';

export type Postmaster = { pid: number; status: string };

/** What postmaster.pid of this cluster says, or null without one. Line 1 is the process id, line 8 the status. */
export function readPostmaster(directory: string): Postmaster | null {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number.parseInt(lines[0] ?? '', 10);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : null;
  } catch {
    return null;
  }
}

/** The process id of the live server of this cluster, or null. */
export function runningPostmaster(directory: string): number | null {
  const found = readPostmaster(directory);
  return found && isPostmasterOf(found.pid, directory) ? found.pid : null;
}

const PATIENCE_MS = 7_000;
const HARD_MS = 1_500;

/**
 * Fast shutdown (SIGINT: connections end, data is flushed), then harder when it takes longer than `patienceMs`; after that
 * the next start recovers from the log. Ends within `patienceMs` and 3 s.
 */
export async function stopPostmaster(pid: number, patienceMs = PATIENCE_MS): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', patienceMs],
    ['SIGQUIT', HARD_MS],
    ['SIGKILL', HARD_MS],
  ];
  for (const [name, timeoutMs] of steps) {
    signal(pid, name);
    if (await waitUntil(() => !isAlive(pid), timeoutMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

/** Stops a left-over server of this cluster. A pid file that names somebody else's process would block the start: it goes. */
export async function clearLeftover(directory: string): Promise<void> {
  const found = readPostmaster(directory);
  if (!found) return;
  if (isPostmasterOf(found.pid, directory)) await stopPostmaster(found.pid);
  else if (isAlive(found.pid)) rmSync(join(directory, 'postmaster.pid'), { force: true });
}
