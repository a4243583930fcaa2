const WATCH_MS = 500;

/** A process whose launcher has died ends at once, so that nothing is left behind. */
export function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(1), WATCH_MS).unref();
}
