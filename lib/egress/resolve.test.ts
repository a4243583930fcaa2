import { afterEach, expect, test, vi } from 'vitest';
import { type Address, type Resolve, remembered } from './guard';

afterEach(() => {
  vi.useRealTimers();
});

const NAME = 'hooks.example.com';
const HERE: Address[] = [{ address: '198.51.100.7', family: 4 }];

test('a name that hangs is asked for once, however often and however long it is wanted', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let answer: (found: Address[]) => void = () => {};
  const ask = vi.fn<Resolve>(() => new Promise((resolve) => (answer = resolve)));
  const resolve = remembered(ask);
  const first = resolve(NAME);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(6_000);
    void resolve(NAME);
  }
  expect(ask).toHaveBeenCalledTimes(1);
  answer(HERE);
  expect(await first).toEqual(HERE);
});

test('an answer is kept for five seconds after it came, and one that failed not at all', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const ask = vi.fn<Resolve>(async () => HERE);
  const resolve = remembered(ask);
  for (const [after, times] of [
    [0, 1],
    [4_900, 1],
    [200, 2],
  ] as const) {
    vi.advanceTimersByTime(after);
    await resolve(NAME);
    expect(ask).toHaveBeenCalledTimes(times);
  }
  const missing = vi.fn<Resolve>(() => Promise.reject(new Error('ENOTFOUND')));
  const failing = remembered(missing);
  for (let i = 0; i < 2; i++) await expect(failing(NAME)).rejects.toThrow();
  expect(missing).toHaveBeenCalledTimes(2);
});
