/** Work for later, all of which one stop ends. What it throws is logged and never brings the process down. */
import { type Log, messageOf } from './log';

export class Timers {
  #log: Log;
  #waiting = new Set<NodeJS.Timeout>();
  #running = new Set<Promise<void>>();
  #stopping = new AbortController();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Aborted by `stop`. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Does the work once, after so many milliseconds; never again after a stop. */
  later(ms: number, work: () => Promise<void>): void {
    if (this.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      this.now(work);
    }, ms);
    this.#waiting.add(timer);
  }

  /** Starts the work at once, beside the caller. */
  now(work: () => Promise<void>): void {
    if (this.signal.aborted) return;
    const run: Promise<void> = work()
      .catch((error: unknown) => this.#log('background_work_failed', { reason: messageOf(error) }))
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** Drops what waits, aborts what runs, and resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#waiting) clearTimeout(timer);
    await Promise.all(this.#running);
  }
}
