/** What was committed and when, and when each listener had it: a later state tells of all before it. */
export class Arrivals {
  private readonly seen = new Map<string, number>();
  private readonly waiting = new Map<string, { revision: number; at: number }[]>();
  /** Milliseconds from each commit to its arrival. */
  readonly delays: number[] = [];

  committed(session: string, revision: number): void {
    if ((this.seen.get(session) ?? 0) >= revision) this.delays.push(0);
    else {
      const list = this.waiting.get(session) ?? [];
      this.waiting.set(session, [...list, { revision, at: performance.now() }]);
    }
  }

  arrived(session: string, revision: number): void {
    this.seen.set(session, revision);
    const now = performance.now();
    const list = this.waiting.get(session) ?? [];
    for (const one of list) if (one.revision <= revision) this.delays.push(now - one.at);
    this.waiting.set(
      session,
      list.filter((one) => one.revision > revision),
    );
  }

  /** Counts what is still waited for as if it came now. */
  giveUp(): void {
    for (const session of this.waiting.keys()) this.arrived(session, Number.POSITIVE_INFINITY);
  }

  isComplete(): boolean {
    return [...this.waiting.values()].every((list) => list.length === 0);
  }
}
