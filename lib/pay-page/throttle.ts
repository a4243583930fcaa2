import { networkOf } from '../network';

const MOST_ADDRESSES = 10_000;

/** How much of what is counted a network may do, and in which time. */
export type Allowed = { most: number; windowMs: number };
/** Bad link tokens. Good ones are never counted and never blocked. */
export const BAD_TOKENS: Allowed = { most: 20, windowMs: 60_000 };
/** Passcodes that payers of one network have sent, over all merchants: each is a message that somebody pays for. */
export const PASSCODES: Allowed = { most: 30, windowMs: 3_600_000 };

/** Counts by network address. Per process and in memory, by design: it only slows guessing and flooding down. */
export class NetworkThrottle {
  readonly #seen = new Map<string, { count: number; until: number }>();

  constructor(private readonly allowed: Allowed) {}

  /** Counts one; true when this address has had too many. `now` in milliseconds. */
  blocks(address: string, now: number): boolean {
    const network = networkOf(address);
    const entry = this.#seen.get(network);
    if (!entry || entry.until <= now) {
      if (this.#seen.size >= MOST_ADDRESSES) this.#forget(now);
      this.#seen.set(network, { count: 1, until: now + this.allowed.windowMs });
      return false;
    }
    entry.count += 1;
    return entry.count > this.allowed.most;
  }

  #forget(now: number): void {
    for (const [network, entry] of this.#seen) if (entry.until <= now) this.#seen.delete(network);
    if (this.#seen.size >= MOST_ADDRESSES) this.#seen.clear();
  }
}
