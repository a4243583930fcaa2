export type BreakerOptions = {
  /** Failures in a row after which an endpoint is left alone for a while. */
  failures?: number;
  /** For how long the first time; doubled each time its probe fails, up to `mostMs`. */
  openMs?: number;
  mostMs?: number;
  /** Endpoints that are remembered at the most, and for how long after their last failure. */
  most?: number;
  rememberMs?: number;
};
type Record_ = { failures: number; openUntil: number; openMs: number; failedAt: number };

/** How many deliveries may go to an endpoint now: as many as there is room for, one probe, or none. */
export type Verdict = 'closed' | 'probe' | 'open';

/**
 * Leaves endpoints alone that fail again and again, so that their deliveries wait in the database and not in a place that
 * others need. After a while one delivery is the probe: a success closes the breaker. Of this process alone, in memory.
 */
export class Breaker {
  /** Those that failed last come last. */
  private readonly records = new Map<string, Record_>();

  constructor(
    private readonly options: BreakerOptions = {},
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How many endpoints are remembered. */
  get size(): number {
    return this.records.size;
  }

  verdict(endpoint: string): Verdict {
    const record = this.records.get(endpoint);
    if (!record || record.openUntil === 0) return 'closed';
    return this.now() < record.openUntil ? 'open' : 'probe';
  }

  succeeded(endpoint: string): void {
    this.records.delete(endpoint);
  }

  /** True where this failure has opened the breaker, or kept it open after a probe. */
  failed(endpoint: string): boolean {
    const { failures = 5, openMs = 1_000, mostMs = 60_000 } = this.options;
    const record = this.records.get(endpoint) ?? { failures: 0, openUntil: 0, openMs, failedAt: 0 };
    record.failures += 1;
    record.failedAt = this.now();
    this.records.delete(endpoint);
    this.records.set(endpoint, record);
    this.forgetOld();
    if (record.failures < failures || this.now() < record.openUntil) return false;
    if (record.openUntil > 0) record.openMs = Math.min(record.openMs * 2, mostMs);
    record.openUntil = this.now() + record.openMs;
    return true;
  }

  /** An endpoint that was deleted, or is sent nothing any more, fails no more and never succeeds. */
  private forgetOld(): void {
    const { most = 10_000, rememberMs = 3_600_000 } = this.options;
    for (const [endpoint, { failedAt }] of this.records) {
      if (this.records.size <= most && this.now() - failedAt < rememberMs) return;
      this.records.delete(endpoint);
    }
  }
}
