import type { Executor } from '@/db/client';
import {
  readLinkMarks,
  readMarks,
  readPersonMarks,
  type Watched,
  type WatchedLinks,
  type WatchedPerson,
} from '@/db/queries/live';
import type { Services } from '../context';
import { LiveReader, type Look } from './reader';

export { EventStream, type Feed } from './event-stream';
export { LinkChanges, type LinkNews } from './news';

type Parts = Pick<Services, 'db' | 'log'>;

export const SESSIONS: Look<Watched> = {
  read: readMarks,
  nameOf: ({ merchantId, id, user, session }) => [merchantId, id, user, session].join(':'),
  everyMs: 100,
};
const LINKS: Look<WatchedLinks> = {
  read: readLinkMarks,
  nameOf: ({ merchantId, link }) => `${merchantId}:${link}`,
  everyMs: 250,
};
const PEOPLE: Look<WatchedPerson> = {
  read: readPersonMarks,
  nameOf: ({ user, session }) => `${user}:${session}`,
  everyMs: 250,
};

const readersFor = (services: Parts) => ({
  sessions: new LiveReader(services, SESSIONS),
  links: new LiveReader(services, LINKS),
  people: new LiveReader(services, PEOPLE),
});
type Readers = ReturnType<typeof readersFor>;

/** A built route brings its own copy of this module: the readers hang where all of them find them. */
const holder = globalThis as typeof globalThis & { counterfoilReaders?: WeakMap<Executor, Readers> };

function readersOf({ db, log }: Parts): Readers {
  holder.counterfoilReaders ??= new WeakMap();
  const known = holder.counterfoilReaders.get(db) ?? readersFor({ db, log });
  holder.counterfoilReaders.set(db, known);
  return known;
}

/**
 * Calls `onChange` soon and then whenever this payment session, its link, or what whoever looks may has changed, within about
 * 100 ms of the commit; it says only that there is something to read. Gives how to end it. Whether the caller may see it is for
 * the caller to know.
 */
export const watchSession = (
  services: Parts,
  { merchantId, id, user = null, session = null }: Watched,
  onChange: () => void,
): (() => void) => readersOf(services).sessions.watch({ merchantId, id, user, session }, onChange);

/** The same for the links of a merchant, or one of them; it is given the mark as it stands. */
export const watchLinkMarks = (
  services: Parts,
  { merchantId, link }: WatchedLinks,
  onChange: (mark: string) => void,
): (() => void) => readersOf(services).links.watch({ merchantId, link }, onChange);

/** The same for what somebody who is signed in may, and whether they still are. */
export const watchPerson = (
  services: Parts,
  { user, session }: WatchedPerson,
  onChange: () => void,
): (() => void) => readersOf(services).people.watch({ user, session }, onChange);
