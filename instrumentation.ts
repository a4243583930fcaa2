const WATCH_MS = 500;

/** Runs once when the portal starts: reads the environment, so that what is missing is said at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { portalEnv } = await import('./lib/env');
  portalEnv();
  if (process.env.CF_WATCH_PARENT === '1') watchParent();
}

/** A portal whose launcher has died ends too: nothing is left behind. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, WATCH_MS).unref();
}
