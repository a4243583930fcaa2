/** What this run expects, one after the other; a failure does not end the run. */
export class Checks {
  passed = 0;
  notRun: string[] = [];
  readonly failures: string[] = [];

  expect(what: string, holds: boolean, more = ''): void {
    if (holds) this.passed++;
    else this.failures.push(more ? `${what}: ${more}` : what);
  }

  /** Runs one act; an exception is a failure of that act alone. */
  async act(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.passed++;
    } catch (error) {
      this.failures.push(`${what}: ${firstLines(error)}`);
    }
  }
}

const firstLines = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 3).join(' ');
