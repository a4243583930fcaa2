import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parentOf } from './identity';
import { STOP_BY_MS, type Stopping } from './stopping';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const STARTING_PATIENCE_MS = 5_000;

/** Signals and a lost npm end the installation in order; a second Ctrl-C hurries; a bug is said in one sentence. */
export function listenForTheEnd(
  stopping: Stopping,
  starting: Promise<void>,
  say: (line: string) => void,
): void {
  const settled = starting.catch(() => {});
  let code = 0;
  const end = async (): Promise<void> => {
    stopping.begin();
    setTimeout(() => process.exit(1), stopping.leftUntil(STOP_BY_MS.everything));
    const patience = new Promise((resolve) => setTimeout(resolve, STARTING_PATIENCE_MS).unref());
    await Promise.race([settled, patience]);
    await stopping.run();
    process.exit(code);
  };
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (stopping.begun) return stopping.hurry();
      say('\nStopping…');
      void end();
    });
  }
  const onBug = (error: unknown): void => {
    say(`Something went wrong: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.DEBUG) console.error(error);
    code = 1;
    if (!stopping.begun) void end();
  };
  process.on('uncaughtException', onBug).on('unhandledRejection', onBug);
  watchNpm(() => {
    if (!stopping.begun) void end();
  });
}

/** `kill -9` of npm reaches neither its shell nor us: whoever killed it wants the product to end. */
function watchNpm(onLost: () => void): void {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    const lost = process.ppid !== parent || (grandparent !== null && parentOf(parent) !== grandparent);
    if (!lost) return;
    clearInterval(timer);
    onLost();
  }, 500);
  timer.unref();
}

function isShell(pid: number): boolean {
  try {
    const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
    return ['sh', 'bash', 'dash', 'zsh', 'ash', 'busybox'].includes(basename(program));
  } catch {
    return false;
  }
}
