import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok, refuse } from '@/core/outcome';
import { testConfig } from '@/lib/testing';
import { sseResponse } from './live';

const ends: (() => unknown)[] = [];
let stop: () => void;
beforeEach(() => {
  Object.assign(globalThis, { counterfoilServices: { config: testConfig() } });
  const before = process.listeners('SIGTERM');
  open(feed().feed, 'nobody');
  stop = process.listeners('SIGTERM').find((one) => !before.includes(one)) as () => void;
});
afterEach(async () => {
  vi.useRealTimers();
  for (const end of ends.splice(0).reverse()) await end();
  stop();
  process.removeListener('SIGTERM', stop);
  for (const name of ['counterfoilStreams', 'counterfoilServices']) Reflect.deleteProperty(globalThis, name);
});

/** A state that tests change by hand. */
function feed() {
  let state = 1;
  let changed: () => void = () => {};
  const unwatch = vi.fn();
  const read = vi.fn(async () => ok({ state }) as ReturnType<typeof ok> | ReturnType<typeof refuse>);
  const watch = (onChange: () => void) => {
    changed = onChange;
    return unwatch;
  };
  const change = () => {
    state += 1;
    changed();
  };
  return { feed: { first: { state }, read, watch }, read, unwatch, change };
}

function open(of: ReturnType<typeof feed>['feed'], listener = 'agent', signal?: AbortSignal): Response {
  const request = new Request('http://localhost:3000/live', signal && { signal });
  return sseResponse(request, { ...of, listener, requestId: 'req_1' });
}

function readerOf(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => {
    const { value, done } = await reader.read();
    return done ? null : new TextDecoder().decode(value);
  };
  return { next, cancel: () => reader.cancel() };
}
const desk = (state: number) => `event: desk\ndata: {"state":${state}}\n\n`;

test('the state comes at once and after every change, as events that nothing between keeps or holds back', async () => {
  const { feed: of, change, read } = feed();
  const response = open(of);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  const { next } = readerOf(response);
  expect(await next()).toBe(desk(1));
  expect(read).not.toHaveBeenCalled();
  change();
  expect(await next()).toBe(desk(2));
});

test('changes that fall together are read once, one read at a time, and the last state wins', async () => {
  const { feed: of, change, read } = feed();
  const { next } = readerOf(open(of));
  await next();
  let go = () => {};
  const held = new Promise<void>((done) => {
    go = done;
  });
  read.mockImplementationOnce(async () => {
    await held;
    return ok({ state: 2 });
  });
  for (let i = 0; i < 50; i++) change();
  expect(read).toHaveBeenCalledTimes(1);
  go();
  expect([await next(), await next()]).toEqual([desk(2), desk(51)]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('a client that does not take what it is sent costs no reads and no queue, and then gets the last state', async () => {
  const { feed: of, change, read } = feed();
  const { next } = readerOf(open(of));
  for (let i = 0; i < 50; i++) change();
  await new Promise((done) => setTimeout(done, 20));
  expect(read).not.toHaveBeenCalled();
  expect([await next(), await next()]).toEqual([desk(1), desk(51)]);
});

test('it beats every 15 s and ends by itself within five minutes', async () => {
  vi.useFakeTimers();
  const { feed: of, unwatch } = feed();
  const { next } = readerOf(open(of));
  expect(await next()).toBe(desk(1));
  vi.advanceTimersByTime(15_000);
  expect(await next()).toBe(': beat\n\n');
  vi.advanceTimersByTime(285_000);
  await next();
  expect(await next()).toBeNull();
  expect(unwatch).toHaveBeenCalledTimes(1);
});

test('a read that fails is tried again, one that is refused ends it', async () => {
  vi.useFakeTimers();
  const { feed: of, change, read, unwatch } = feed();
  const { next } = readerOf(open(of));
  await next();
  read.mockRejectedValueOnce(new Error('away'));
  change();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await next()).toBe(desk(2));
  read.mockResolvedValueOnce(refuse('forbidden', 'No.'));
  change();
  expect(await next()).toBeNull();
  expect(unwatch).toHaveBeenCalledTimes(1);
});

test('a client that goes, and one that is cut off, leave nothing behind', async () => {
  const [gone, cut] = [feed(), feed()];
  await readerOf(open(gone.feed)).cancel();
  const abort = new AbortController();
  open(cut.feed, 'agent', abort.signal);
  abort.abort();
  for (const { unwatch } of [gone, cut]) expect(unwatch).toHaveBeenCalledTimes(1);
});

test('an agent has 20 at the most, a process 2,000; one that ends makes room', async () => {
  for (let i = 1; i < 20; i++) open(feed().feed);
  const last = readerOf(open(feed().feed));
  const refused = open(feed().feed);
  expect([refused.status, (await refused.json()).code]).toEqual([429, 'rate_limited']);
  await last.cancel();
  expect(open(feed().feed).status).toBe(200);
  for (let i = 0; i < 1_979; i++) open(feed().feed, `agent ${i}`);
  const full = open(feed().feed, 'one more');
  expect([full.status, (await full.json()).code]).toEqual([503, 'unavailable']);
});

test('on SIGTERM all streams end over the wire, so that they do not hold the exit, and none begins', async () => {
  const server = createServer((_, response) => {
    const { body, headers } = open(feed().feed);
    response.writeHead(200, Object.fromEntries(headers));
    Readable.fromWeb(body as NodeStream<Uint8Array>).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((done) => get({ port, host: '127.0.0.1' }, done));
  const [chunk] = await once(response, 'data');
  expect(String(chunk)).toBe(desk(1));
  const ended = once(response, 'end');
  stop();
  await ended;
  expect(open(feed().feed).status).toBe(503);
});
