const MOST_KEYS = 10_000;

/** How much of what is counted may be done, and in which time. */
export type Allowed = { most: number; windowMs: number };
/** Bad link tokens. Good ones are never counted and never blocked. */
export const BAD_TOKENS: Allowed = { most: 20, windowMs: 60_000 };
/** Passcodes that payers of one network have sent, over all merchants: each is a message that somebody pays for. */
export const PASSCODES: Allowed = { most: 30, windowMs: 3_600_000 };

/** What one network asks of `/verify`, and what all networks together ask about one reference. */
export const CHECKS: Allowed = { most: 20, windowMs: 600_000 };
export const CHECKS_OF_REFERENCE: Allowed = { most: 20, windowMs: 3_600_000 };

/** Counts by network or other key. Per process and in memory, by design: it only slows guessing and flooding down. */
export class Throttle {
  readonly #seen = new Map<string, { count: number; until: number }>();

  constructor(private readonly allowed: Allowed) {}

  /** Counts one; true when this key has had too many. `now` in milliseconds. */
  blocks(key: string, now: number): boolean {
    const entry = this.#seen.get(key);
    if (!entry || entry.until <= now) {
      if (this.#seen.size >= MOST_KEYS) this.#forget(now);
      this.#seen.set(key, { count: 1, until: now + this.allowed.windowMs });
      return false;
    }
    entry.count += 1;
    return entry.count > this.allowed.most;
  }

  #forget(now: number): void {
    for (const [key, entry] of this.#seen) if (entry.until <= now) this.#seen.delete(key);
    if (this.#seen.size >= MOST_KEYS) this.#seen.clear();
  }
}
