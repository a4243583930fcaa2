/** A gateway on loopback that answers wrongly, in every way that one can. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export type Asked = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
/** `bytes` counts what was written before the caller hung up. */
type Manner = (response: ServerResponse, count: (bytes: number) => void) => void;

const says =
  (status: number, body: string, headers: Record<string, string> = {}): Manner =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

/** Writes again and again until the caller has had enough. */
const pouring =
  (chunk: Buffer, everyMs: number): Manner =>
  (response, count) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const pour = () => {
      if (response.destroyed) return;
      count(chunk.length);
      const goesOn = response.write(chunk);
      if (goesOn || everyMs > 0) setTimeout(pour, everyMs);
      else response.once('drain', pour);
    };
    pour();
  };

const HTML = '<html><body>Bad gateway</body></html>';
const MEGABYTE = Buffer.alloc(1_048_576, '[');

/** Answers that say nothing of what became of the request, by what is wrong with them. */
export const NO_ANSWERS = {
  'an empty 200': says(200, ''),
  'a page of a proxy as 200': says(200, HTML, { 'content-type': 'text/html' }),
  'half an answer': says(200, '{"id": "gw_1", "status": "capt'),
  'null as answer': says(200, 'null'),
  'a list for an object': says(200, '[]'),
  'a text for an object': says(200, '"ok"'),
  'another shape': says(200, '{"outcome": {"id": 1, "data": {}}}'),
  'numbers where words belong': says(200, '{"id": 1, "reference": 2, "status": 3, "data": 4, "fenced": 5}'),
  'prototypes for fields': says(200, '{"__proto__": {"status": "captured"}, "constructor": {"id": "gw_1"}}'),
  'an answer as deep as it is long': says(200, '['.repeat(50_000)),
  '204 without a word': says(204, ''),
  'a way elsewhere': (response) => {
    response.writeHead(302, { location: '/elsewhere' }).end();
  },
  '400 of a proxy': says(400, HTML, { 'content-type': 'text/html' }),
  '401 of a proxy': says(401, HTML),
  '403 of a proxy': says(403, ''),
  '404 of a proxy': says(404, HTML),
  '408': says(408, ''),
  '409 without a word': says(409, '{}'),
  '422 of a proxy': says(422, HTML),
  '429 that asks for patience': says(429, '{"code": "rate_limited"}', { 'retry-after': '3600' }),
  '500': says(500, '{"code": "server_error"}'),
  '500 in words of a refusal': says(500, '{"code": "wrong_state"}'),
  '502 of a proxy': says(502, HTML),
  '503': says(503, ''),
  '504': says(504, HTML),
  'a connection cut at once': (response) => void response.destroy(),
  'a connection cut in the middle': (response) => {
    response.writeHead(200, { 'content-length': '500' }).write('{"id":');
    setTimeout(() => response.destroy(), 20);
  },
  'what is not HTTP': (response) => {
    response.socket?.end('hello\r\n\r\n');
  },
  'what only claims to be compressed': says(200, '{"id": 1}', { 'content-encoding': 'gzip' }),
  'a bomb of zeros': (response) => {
    const zeros = gzipSync(Buffer.alloc(32 * MEGABYTE.length));
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(zeros);
  },
} as const satisfies Record<string, Manner>;

/** Answers that never end. */
export const ENDLESS = {
  silence: () => {},
  'headers and then silence': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  },
  'a drop at a time': pouring(Buffer.from(' '), 40),
} as const satisfies Record<string, Manner>;
const FLOOD = pouring(MEGABYTE, 0);

export async function startBrokenServer() {
  const asked: Asked[] = [];
  let manner: Manner = NO_ANSWERS['500'];
  let written = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    asked.push({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') });
    response.on('error', () => {});
    manner(response, (bytes) => {
      written += bytes;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const set = (next: Manner) => {
    asked.length = 0;
    written = 0;
    manner = next;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What came since it was last told how to answer. */
    asked,
    written: () => written,
    answer: (how: keyof typeof NO_ANSWERS | keyof typeof ENDLESS) => set({ ...NO_ANSWERS, ...ENDLESS }[how]),
    flood: () => set(FLOOD),
    say: (status: number, body: string) => set(says(status, body)),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type BrokenServer = Awaited<ReturnType<typeof startBrokenServer>>;

/** An address at which nobody listens. */
export const NOTHING_THERE = 'http://127.0.0.1:1';
