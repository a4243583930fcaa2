import { networkOf } from '../network';

const WINDOW_MS = 60_000;
const LIMIT = 20;
const MOST_ADDRESSES = 10_000;

/**
 * Counts bad link tokens by network address: after 20 within a minute further bad ones are turned away. Good tokens are
 * never counted and never blocked. Per process and in memory, by design: it only slows guessing down.
 */
export class BadTokenThrottle {
  readonly #seen = new Map<string, { count: number; until: number }>();

  /** Counts one bad token; true when this address has had too many. `now` in milliseconds. */
  blocks(address: string, now: number): boolean {
    const network = networkOf(address);
    const entry = this.#seen.get(network);
    if (!entry || entry.until <= now) {
      if (this.#seen.size >= MOST_ADDRESSES) this.#forget(now);
      this.#seen.set(network, { count: 1, until: now + WINDOW_MS });
      return false;
    }
    entry.count += 1;
    return entry.count > LIMIT;
  }

  #forget(now: number): void {
    for (const [network, entry] of this.#seen) if (entry.until <= now) this.#seen.delete(network);
    if (this.#seen.size >= MOST_ADDRESSES) this.#seen.clear();
  }
}
