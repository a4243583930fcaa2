/** When each part must have ended, in ms after the stop was asked for; what has not is killed. All of it ends within 30 s. */
export const STOP_BY_MS = {
  /** Card process and worker: they drain by themselves within 23 s, while portal and database still answer them. */
  first: 23_500,
  /** Portal and sandbox. */
  second: 25_000,
  /** PostgreSQL's orderly end; then it has 1.5 s to end at once, and 1.5 s to be killed. Its data survives either. */
  database: 26_500,
  everything: 30_000,
} as const;

/** Stops what was started, in the opposite order, once, whatever the reason: a signal, a failure, a lost parent. */
export class Stopping {
  private readonly steps: { stop: () => Promise<void>; hurry?: () => void }[] = [];
  private running: Promise<void> | null = null;
  private since: number | null = null;

  /** True from the first reason on: nothing new may start. */
  get begun(): boolean {
    return this.since !== null;
  }

  begin(): void {
    this.since ??= performance.now();
  }

  /** Milliseconds from now until `ms` after the stop was asked for. */
  leftUntil(ms: number): number {
    return Math.max(0, ms - (performance.now() - (this.since ?? performance.now())));
  }

  /** Adds what must be stopped; `hurry` is what a second Ctrl-C does to it. */
  add(stop: () => Promise<void>, hurry?: () => void): void {
    this.steps.push(hurry ? { stop, hurry } : { stop });
  }

  run(): Promise<void> {
    this.begin();
    this.running ??= this.stopAll();
    return this.running;
  }

  hurry(): void {
    for (const step of this.steps) step.hurry?.();
  }

  private async stopAll(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      const { stop } = step;
      await stop().catch((error: Error) => console.error(error.message));
    }
  }
}
