import { readMarks, type Watched } from '@/db/queries/live';
import type { Services } from '../context';
import { errorText } from '../log';

/** How long a change waits at the most before it is seen. */
const LOOK_MS = 100;
/** After a look that failed: the database is away. */
const PATIENCE_MS = 500;

/** One that looks at a session, and the mark it was last told of. */
type Listener = { seen: string | null; onChange: () => void };
type Subject = { key: Watched; listeners: Set<Listener> };

const nameOf = ({ merchantId, id, user, session }: Watched): string =>
  [merchantId, id, user, session].join(':');

/**
 * Tells all listeners of a process of changes, by one statement a look, and none while nobody listens. It compares states, not
 * times or ids: what was committed late, or while the database was away, is seen by the next look.
 */
export class LiveReader {
  private readonly subjects = new Map<string, Subject>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private isAway = false;

  constructor(private readonly services: Pick<Services, 'db' | 'log'>) {}

  /**
   * Calls `onChange` soon, for what happened before this listener was known, and then after every change; changes that fall
   * together are told once. It must not throw. Gives how to end it.
   */
  watch(key: Watched, onChange: () => void): () => void {
    const name = nameOf(key);
    const subject: Subject = this.subjects.get(name) ?? { key, listeners: new Set() };
    const listener: Listener = { seen: null, onChange };
    subject.listeners.add(listener);
    this.subjects.set(name, subject);
    this.plan(LOOK_MS);
    return () => {
      subject.listeners.delete(listener);
      if (subject.listeners.size > 0) return;
      if (this.subjects.get(name) === subject) this.subjects.delete(name);
      if (this.subjects.size === 0) this.rest();
    };
  }

  private plan(ms: number): void {
    if (this.looking || this.timer || this.subjects.size === 0) return;
    this.timer = setTimeout(() => void this.look(), ms);
    this.timer.unref();
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    this.timer = undefined;
    this.looking = true;
    const begun = performance.now();
    const isRead = await this.read();
    this.looking = false;
    this.plan(Math.max(0, (isRead ? LOOK_MS : PATIENCE_MS) - (performance.now() - begun)));
  }

  /** False where the database did not answer. Logged once, and once more when it does again. */
  private async read(): Promise<boolean> {
    const { db, log } = this.services;
    try {
      const marks = await readMarks(
        db,
        [...this.subjects.values()].map(({ key }) => key),
      );
      if (this.isAway) log.info('live_reader_back');
      this.isAway = false;
      for (const { mark, ...key } of marks) this.tell(key, mark);
      return true;
    } catch (error) {
      if (!this.isAway) log.warn('live_reader_away', { error: errorText(error) });
      this.isAway = true;
      return false;
    }
  }

  private tell(key: Watched, mark: string): void {
    for (const listener of this.subjects.get(nameOf(key))?.listeners ?? []) {
      if (listener.seen === mark) continue;
      listener.seen = mark;
      listener.onChange();
    }
  }
}
