import 'server-only';
import { EventStream, type Feed } from '@/lib/live';
import { respondProblem } from './problem';

const MOST = 2_000;
const MOST_OF_ONE = 20;
const LIFE_MS = 300_000;
/** Not all that came at once go, and come again, at once. */
const SPREAD_MS = 30_000;

type Open = { streams: Map<EventStream, string>; isStopping: boolean };
const holder = globalThis as typeof globalThis & { counterfoilStreams?: Open };

/** The streams of this process. They hold its end: on SIGTERM they are closed, and their clients go to another portal. */
function open(): Open {
  if (holder.counterfoilStreams) return holder.counterfoilStreams;
  const made: Open = { streams: new Map(), isStopping: false };
  process.once('SIGTERM', () => {
    made.isStopping = true;
    for (const stream of made.streams.keys()) stream.end();
  });
  holder.counterfoilStreams = made;
  return made;
}

/** `listener`: whose stream it is. `first`: what was read to see that they may have it. */
export type LiveFeed = Feed & { listener: string; requestId: string };

/**
 * Server-sent events: `desk` with the state at once and after every change, until the client goes, its time is over or it may
 * not see it any more. Whoever lost it asks again.
 */
export function sseResponse(request: Request, { listener, requestId, ...feed }: LiveFeed): Response {
  const { streams, isStopping } = open();
  if (isStopping || streams.size >= MOST)
    return respondProblem(
      { code: 'unavailable', detail: 'No more screens can be live here. Try again.', retryAfterSeconds: 2 },
      requestId,
    );
  if ([...streams.values()].filter((one) => one === listener).length >= MOST_OF_ONE)
    return respondProblem(
      { code: 'rate_limited', detail: 'So many screens are live already.', retryAfterSeconds: 10 },
      requestId,
    );
  const stream = new EventStream(feed, LIFE_MS - Math.random() * SPREAD_MS, () => streams.delete(stream));
  streams.set(stream, listener);
  request.signal.addEventListener('abort', () => stream.end(), { once: true });
  return new Response(stream.body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'request-id': requestId,
    },
  });
}
