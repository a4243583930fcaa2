/** How many rows a step of the sweep takes at once: few enough to hold nobody up. */
export const BATCH = 100;

/** Does `batch` until it finds less than a batch or the time is over; how many it found in all. */
export async function inBatches(budgetMs: number, batch: () => Promise<number>): Promise<number> {
  const until = performance.now() + budgetMs;
  for (let all = 0; ; ) {
    const found = await batch();
    all += found;
    if (found < BATCH || performance.now() > until) return all;
  }
}
