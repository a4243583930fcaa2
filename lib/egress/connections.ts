import type { LookupFunction } from 'node:net';
import { buildConnector, Pool } from 'undici';
import { Recent } from '../recent';
import type { Address, Target } from './guard';

/** An idle connection is closed before most receivers close theirs, or earlier where `Keep-Alive` asks for it. */
const IDLE_MS = 4_000;
const MOST_POOLS = 1_000;

/** Dials only the addresses that were checked; the name stays for TLS and the Host header. */
const pinned = (addresses: Address[]): LookupFunction =>
  ((_hostname, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, addresses);
    else if (first) done(null, first.address, first.family);
    else done(new Error('no address'), '', 0);
  }) as LookupFunction;

/** Connections to one origin, at the addresses that were checked for it and at no other. */
export const openPool = ({ url, addresses }: Target, connectMs: number): Pool =>
  new Pool(url.origin, {
    connect: buildConnector({ timeout: connectMs, lookup: pinned(addresses) }),
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    bodyTimeout: 0,
  });

/** Connections that are kept between requests. An origin that leads to other addresses gets connections of its own. */
export class Connections {
  readonly #pools = new Recent<Pool>(MOST_POOLS, (pool) => pool.close().catch(() => {}));

  /** The pool for a target, and whether it was used before: then a connection in it may have been closed meanwhile. */
  to(target: Target, connectMs: number): { pool: Pool; wasUsed: boolean } {
    const addresses = target.addresses.map(({ address }) => address).sort();
    const key = [target.url.origin, connectMs, ...addresses].join(' ');
    const wasUsed = this.#pools.has(key);
    return { pool: this.#pools.get(key, () => openPool(target, connectMs)), wasUsed };
  }
}
