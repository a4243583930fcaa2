import { ReadError } from './live';

/** One event of a stream: its name, and its data as it came. */
export type StreamEvent = { event: string; data: string };

/**
 * Takes server-sent events apart, however they are cut on their way (WHATWG HTML, 9.2.6). Comments only show that the stream is
 * alive.
 */
export class EventReader {
  private rest = '';
  private event = '';
  private data: string[] = [];

  take(text: string): StreamEvent[] {
    const found: StreamEvent[] = [];
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) found.push({ event: this.event || 'message', data: this.data.join('\n') });
        this.event = '';
        this.data = [];
        continue;
      }
      const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (name === 'event') this.event = value;
      if (name === 'data') this.data.push(value);
    }
    return found;
  }
}

/** The stream tells that it is there each 15 s: without a word for so long it is lost, whatever the network says. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export type Watch = {
  open: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  onEvent: (event: StreamEvent) => void;
  /** Whether it is live; while it is not, somebody has to ask. */
  onLive: (live: boolean) => void;
};

/** True for what another try will not change: it may not be seen, or is not there. */
const isFinal = (error: unknown): boolean =>
  error instanceof ReadError && ['unauthenticated', 'forbidden', 'not_found'].includes(error.error.code);

/** Follows a stream for as long as somebody looks: it ends by itself from time to time, and is opened again. */
export async function follow({ open, onEvent, onLive }: Watch, stop: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!stop.aborted) {
    try {
      await readOnce(
        open,
        (event) => {
          wait = FIRST_WAIT_MS;
          onLive(true);
          onEvent(event);
        },
        stop,
      );
    } catch (error) {
      onLive(false);
      if (isFinal(error)) return;
    }
    await pause(wait * (0.5 + Math.random()), stop);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Reads one stream to its end; throws where it breaks or falls silent. */
async function readOnce(open: Watch['open'], onEvent: Watch['onEvent'], stop: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const end = () => lost.abort();
  stop.addEventListener('abort', end, { once: true });
  let timer = setTimeout(end, SILENCE_MS);
  try {
    const reader = (await open(lost.signal)).getReader();
    const text = new TextDecoder();
    const events = new EventReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS);
      for (const event of events.take(text.decode(value, { stream: true }))) onEvent(event);
    }
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
    lost.abort();
  }
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
