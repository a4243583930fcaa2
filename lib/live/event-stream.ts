import type { Outcome } from '@/core/outcome';

const BEAT_MS = 15_000;
/** After a read that failed: the database is away. */
const AGAIN_MS = 1_000;

export type Feed = {
  /** The state as it was read before the stream began. */
  first: unknown;
  /** Reads it again. A refusal ends the stream. */
  read: () => Promise<Outcome<unknown>>;
  /** Calls back when there is something to read; gives how to end that. */
  watch: (onChange: () => void) => () => void;
};

const encoder = new TextEncoder();

/**
 * A state that changes, as server-sent events. It is read once at a time, and only while the client takes what it is sent: a slow
 * one misses states in between, never the last, and no queue grows.
 */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private readonly timers: NodeJS.Timeout[];
  private isStale = false;
  private isReading = false;
  private unwatch: () => void = () => {};

  constructor(
    private readonly feed: Feed,
    lifeMs: number,
    private readonly onEnd: () => void,
  ) {
    this.body = new ReadableStream({
      start: (controller) => {
        this.controller = controller;
        this.send(feed.first);
      },
      pull: () => void this.refresh(),
      cancel: () => this.end(),
    });
    this.timers = [
      setInterval(() => this.write(': beat\n\n'), BEAT_MS),
      setTimeout(() => this.end(), lifeMs),
    ];
    for (const timer of this.timers) timer.unref();
    this.unwatch = feed.watch(() => {
      this.isStale = true;
      void this.refresh();
    });
  }

  /** Closes it. Again: nothing. */
  end(): void {
    if (!this.controller) return;
    const { controller } = this;
    this.controller = undefined;
    for (const timer of this.timers) clearTimeout(timer);
    this.unwatch();
    this.onEnd();
    try {
      controller.close();
    } catch {
      // The client has closed it.
    }
  }

  private hasRoom(): boolean {
    return (this.controller?.desiredSize ?? 0) > 0;
  }

  private write(text: string): void {
    if (this.hasRoom()) this.controller?.enqueue(encoder.encode(text));
  }

  /** What was read is sent, even where a beat took the room meanwhile: of news it was told once. */
  private send(state: unknown): void {
    this.controller?.enqueue(encoder.encode(`event: desk\ndata: ${JSON.stringify(state)}\n\n`));
  }

  private async refresh(): Promise<void> {
    while (this.isStale && !this.isReading && this.hasRoom()) {
      this.isStale = false;
      this.isReading = true;
      const outcome = await this.feed.read().catch(() => null);
      this.isReading = false;
      if (outcome === null) {
        this.isStale = true;
        const timer = setTimeout(() => void this.refresh(), AGAIN_MS);
        timer.unref();
        return;
      }
      if (!outcome.ok) return this.end();
      this.send(outcome.value);
    }
  }
}
