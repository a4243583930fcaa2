import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** When this process started, as a text to compare; null when it does not exist. */
export function identityOf(pid: number): string | null {
  if (process.platform !== 'linux') {
    const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return answer.stdout?.trim() || null;
  }
  try {
    return statFields(pid)[19] ?? null;
  } catch {
    return null;
  }
}

/** The parent of another process, or null where that cannot be told. */
export function parentOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    return Number(statFields(pid)[1]);
  } catch {
    return null;
  }
}
