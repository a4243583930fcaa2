/** Faults come and go. What only reads waits for the answer; what would be missed if it came too soon waits for its moment. */
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWERED_MS = 60_000;
const EVERY_MS = 200;

/** Asks again until there is an answer, at most a minute. For reads, and for what may be done twice. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + ANSWERED_MS; ; await sleep(EVERY_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

/** Whether it has become true within so long. */
export async function becomes(isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; ; await sleep(EVERY_MS)) {
    if (await isSo()) return true;
    if (performance.now() > end) return false;
  }
}

/**
 * So many at once: all payers of the matrix at the same moment would only try how busy the machine is. Whoever waits longer
 * than a minute goes ahead, so that one who never left stops nobody.
 */
export class Lanes {
  private readonly inside = new Set<object>();
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly width: number) {}

  async enter(one: object): Promise<void> {
    if (this.inside.size >= this.width)
      await Promise.race([new Promise<void>((resolve) => this.waiting.push(resolve)), sleep(ANSWERED_MS)]);
    this.inside.add(one);
  }

  leave(one: object): void {
    if (this.inside.delete(one)) this.waiting.shift()?.();
  }
}
