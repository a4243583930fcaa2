import type { Executor } from '@/db/client';
import type { Services } from '../context';
import { errorText } from '../log';

/** After a look that failed: the database is away. */
const PATIENCE_MS = 500;

/** What is looked at: how far each key has come, as a text that differs after every change, all by one statement. */
export type Look<K> = {
  read: (tx: Executor, keys: readonly K[]) => Promise<(K & { mark: string })[]>;
  nameOf: (key: K) => string;
  /** How long a change waits at the most before it is seen. */
  everyMs: number;
};

/** One that looks at a key, and the mark it was last told of. */
type Listener = { seen: string | null; onChange: (mark: string) => void };
type Subject<K> = { key: K; listeners: Set<Listener> };

/**
 * Tells all listeners of a process of changes, by one statement a look, and none while nobody listens. It compares states, not
 * times or ids: what was committed late, or while the database was away, is seen by the next look.
 */
export class LiveReader<K extends object> {
  private readonly subjects = new Map<string, Subject<K>>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private isAway = false;

  constructor(
    private readonly services: Pick<Services, 'db' | 'log'>,
    private readonly look: Look<K>,
  ) {}

  /**
   * Calls `onChange` soon, for what happened before this listener was known, and then after every change; changes that fall
   * together are told once. It must not throw. Gives how to end it.
   */
  watch(key: K, onChange: (mark: string) => void): () => void {
    const name = this.look.nameOf(key);
    const subject: Subject<K> = this.subjects.get(name) ?? { key, listeners: new Set() };
    const listener: Listener = { seen: null, onChange };
    subject.listeners.add(listener);
    this.subjects.set(name, subject);
    this.plan(this.look.everyMs);
    return () => {
      subject.listeners.delete(listener);
      if (subject.listeners.size > 0) return;
      if (this.subjects.get(name) === subject) this.subjects.delete(name);
      if (this.subjects.size === 0) this.rest();
    };
  }

  private plan(ms: number): void {
    if (this.looking || this.timer || this.subjects.size === 0) return;
    this.timer = setTimeout(() => void this.turn(), ms);
    this.timer.unref();
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async turn(): Promise<void> {
    this.timer = undefined;
    this.looking = true;
    const begun = performance.now();
    const isRead = await this.read();
    this.looking = false;
    this.plan(Math.max(0, (isRead ? this.look.everyMs : PATIENCE_MS) - (performance.now() - begun)));
  }

  /** False where the database did not answer. Logged once, and once more when it does again. */
  private async read(): Promise<boolean> {
    const { db, log } = this.services;
    try {
      const marks = await this.look.read(
        db,
        [...this.subjects.values()].map(({ key }) => key),
      );
      if (this.isAway) log.info('live_reader_back');
      this.isAway = false;
      for (const one of marks) this.tell(one);
      return true;
    } catch (error) {
      if (!this.isAway) log.warn('live_reader_away', { error: errorText(error) });
      this.isAway = true;
      return false;
    }
  }

  private tell(one: K & { mark: string }): void {
    for (const listener of this.subjects.get(this.look.nameOf(one))?.listeners ?? []) {
      if (listener.seen === one.mark) continue;
      listener.seen = one.mark;
      listener.onChange(one.mark);
    }
  }
}
