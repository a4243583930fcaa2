import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FormProgress } from '@/core/form-progress';
import { progressTeller } from './progress';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const UNTOUCHED: FormProgress = { number: 'empty', expiry: 'empty', security_code: 'empty', name: 'empty' };

test('what changes within a quarter of a second is told once, as it then stands; what does not change is not told', () => {
  let ticks = UNTOUCHED;
  const send = vi.fn();
  const tell = progressTeller(() => ticks, send);
  tell();
  vi.advanceTimersByTime(250);
  expect(send).not.toHaveBeenCalled();
  for (const number of ['typing', 'wrong', 'complete'] as const) {
    ticks = { ...ticks, number };
    tell();
    vi.advanceTimersByTime(80);
  }
  vi.advanceTimersByTime(10);
  expect(send.mock.calls).toEqual([[{ ...UNTOUCHED, number: 'complete' }]]);
  tell();
  vi.advanceTimersByTime(250);
  expect(send).toHaveBeenCalledTimes(1);
  ticks = UNTOUCHED;
  tell();
  vi.advanceTimersByTime(250);
  expect(send).toHaveBeenLastCalledWith(UNTOUCHED);
});
