/** Stops what was started, in the opposite order, once, whatever the reason: a signal, a failure, a lost parent. */
export class Stopping {
  /** True from the first reason on: nothing new may start. */
  begun = false;
  private readonly steps: { stop: () => Promise<void>; hurry?: () => void }[] = [];
  private running: Promise<void> | null = null;

  /** Adds what must be stopped; `hurry` is what a second Ctrl-C does to it. */
  add(stop: () => Promise<void>, hurry?: () => void): void {
    this.steps.push(hurry ? { stop, hurry } : { stop });
  }

  run(): Promise<void> {
    this.begun = true;
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
