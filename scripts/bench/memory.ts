import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MS = 25;

/** What a process and those of its group hold in memory now, in MB. */
export function residentMb(group: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  let kb = 0;
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) continue;
      kb += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended in this moment.
    }
  }
  return kb / 1024;
}

/** Watches what a group grows by at the most, from now on; `stop` ends it. */
export function watchMemory(group: number): { grownMb: () => number; stop: () => void } {
  const before = residentMb(group);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentMb(group));
  }, SAMPLE_MS);
  return { grownMb: () => most - before, stop: () => clearInterval(timer) };
}
