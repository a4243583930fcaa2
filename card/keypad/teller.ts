export type Teller = {
  /** Something changed that must be known: told at once, or as soon as the telling under way has ended. */
  now: () => void;
  /** Something changed that may be told together with what comes next. */
  soon: () => void;
  stop: () => void;
};

/**
 * Tells how something stands, never twice at a time, and again at every beat though nothing changed. What changes while it is
 * told is told next. Ends when `tell` says that nothing more is to be told.
 */
export function makeTeller(
  tell: () => Promise<boolean>,
  { beatMs, gapMs }: { beatMs: number; gapMs: number },
): Teller {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let isTelling = false;
  let isOver = false;

  function arm(at: number): void {
    due = Math.min(due, at);
    clearTimeout(timer);
    if (!isTelling && !isOver) timer = setTimeout(run, Math.max(0, due - performance.now()));
  }
  async function run(): Promise<void> {
    isTelling = true;
    due = Number.POSITIVE_INFINITY;
    last = performance.now();
    const goesOn = await tell();
    isTelling = false;
    if (goesOn) arm(last + beatMs);
    else stop();
  }
  function stop(): void {
    isOver = true;
    clearTimeout(timer);
  }
  return { now: () => arm(performance.now()), soon: () => arm(last + gapMs), stop };
}
