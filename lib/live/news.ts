import { idFromUuid } from '@/core/ids';

/** Which links something has happened to. `many`: to more than are named, or nobody knows; whoever shows links reads them anew. */
export type LinkNews = { links: string[]; many: boolean };

const MOST_NAMED = 100;

type Marks = Record<string, string | number>;
const marksIn = (mark: string): Marks => JSON.parse(mark) as Marks;

/** What is new between one mark of links and the next. Names what has not been taken yet, each link once. */
export class LinkChanges {
  private seen: Marks;
  private readonly waiting = new Set<string>();

  constructor(first: string) {
    this.seen = marksIn(first);
  }

  /** True where there is something to tell. What has grown old and is no longer in the mark is no news. */
  see(mark: string): boolean {
    const now = marksIn(mark);
    for (const [uuid, told] of Object.entries(now)) if (this.seen[uuid] !== told) this.waiting.add(uuid);
    this.seen = now;
    return this.waiting.size > 0;
  }

  take(): LinkNews {
    const many = this.waiting.size > MOST_NAMED;
    const links = many ? [] : [...this.waiting].map((uuid) => idFromUuid('paymentLink', uuid));
    this.waiting.clear();
    return { links, many };
  }
}
