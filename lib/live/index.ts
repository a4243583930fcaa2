import type { Watched } from '@/db/queries/live';
import type { Services } from '../context';
import { LiveReader } from './reader';

export { EventStream, type Feed } from './event-stream';

/** A built route brings its own copy of this module: the reader hangs where all of them find it. */
const holder = globalThis as typeof globalThis & { counterfoilReaders?: WeakMap<Services['db'], LiveReader> };

function readerOf({ db, log }: Pick<Services, 'db' | 'log'>): LiveReader {
  holder.counterfoilReaders ??= new WeakMap();
  const known = holder.counterfoilReaders.get(db) ?? new LiveReader({ db, log });
  holder.counterfoilReaders.set(db, known);
  return known;
}

/**
 * Calls `onChange` soon and then whenever this payment session, its link, or what whoever looks may has changed, within about
 * 100 ms of the commit; it says only that there is something to read. Gives how to end it. Whether the caller may see it is for
 * the caller to know.
 */
export const watchSession = (
  services: Pick<Services, 'db' | 'log'>,
  { merchantId, id, user = null, session = null }: Watched,
  onChange: () => void,
): (() => void) => readerOf(services).watch({ merchantId, id, user, session }, onChange);
