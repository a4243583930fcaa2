/**
 * The receivers of the benchmarks of the webhook lane, a program of its own: so many origins, each answering after five
 * milliseconds, but for the first so many paths `/e0`, `/e1` …, which may be dead: they take a request and never answer.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ORIGINS = 20;
const ANSWER_MS = 5;

let received = 0;
let dead = 0;
/** The moment of each arrival by `webhook-id`, in milliseconds since 1970; kept while the parent wants it. */
let arrivals: Map<string, number> | null = null;

const servers = Array.from({ length: ORIGINS }, () =>
  createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (Number(request.url?.slice(2)) < dead) return;
      arrivals?.set(String(request.headers['webhook-id']), performance.timeOrigin + performance.now());
      received += 1;
      setTimeout(() => response.writeHead(204).end(), ANSWER_MS);
    });
  }),
);

/** What the parent asks. */
export type Question = 'count' | 'arrivals' | { reset: true; dead?: number; watch?: boolean };
export type Answer = { origins: string[] } | { count: number } | { arrivals: [string, number][] };

const tell = (answer: Answer): void => {
  process.send?.(answer);
};

process.on('message', (question: Question) => {
  if (question === 'arrivals') return tell({ arrivals: [...(arrivals ?? [])] });
  if (question !== 'count') {
    received = 0;
    dead = question.dead ?? 0;
    arrivals = question.watch ? new Map() : null;
  }
  tell({ count: received });
});
process.on('disconnect', () => process.exit(0));

const listening = servers.map(
  (server) =>
    new Promise<string>((done) =>
      server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
    ),
);
Promise.all(listening).then((origins) => tell({ origins }));
