import { expect, test } from 'vitest';
import { refuse } from '@/core/outcome';
import { ReadError } from './live';
import { EventReader, follow, type StreamEvent } from './stream';

test('events are the same however the stream is cut', () => {
  const text =
    ': beat\n\nevent: desk\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata:plain\n\nevent: lost\ndata: cut off';
  const whole = [
    { event: 'desk', data: '{"a":\n1}' },
    { event: 'message', data: 'plain' },
  ];
  for (let size = 1; size <= text.length; size++) {
    const reader = new EventReader();
    const found: StreamEvent[] = [];
    for (let at = 0; at < text.length; at += size) found.push(...reader.take(text.slice(at, at + size)));
    expect(found).toEqual(whole);
  }
});

const streamOf = (text: string) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

test('a stream that ends or breaks is opened again; while it is broken somebody has to ask', async () => {
  const stop = new AbortController();
  const lives: boolean[] = [];
  const got: string[] = [];
  let opened = 0;
  await follow(
    {
      open: async () => {
        opened++;
        if (opened === 2) throw new Error('no network');
        return streamOf(`event: desk\ndata: ${opened}\n\n`);
      },
      onEvent: ({ data }) => {
        got.push(data);
        if (data === '3') stop.abort();
      },
      onLive: (live) => lives.push(live),
    },
    stop.signal,
  );
  expect(got).toEqual(['1', '3']);
  expect(lives).toEqual([true, false, true]);
});

test('what may not be seen is not asked for again', async () => {
  let opened = 0;
  await follow(
    {
      open: async () => {
        opened++;
        throw new ReadError(refuse('not_found', 'There is no such payment session.').error);
      },
      onEvent: () => {},
      onLive: () => {},
    },
    new AbortController().signal,
  );
  expect(opened).toBe(1);
});
