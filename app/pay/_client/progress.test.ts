import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FormProgress, FormTick } from '@/core/form-progress';
import { progressReporter } from './progress';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (number: FormTick): FormProgress => ({
  number,
  expiry: 'empty',
  security_code: 'empty',
  name: 'empty',
});

test('reports go twice a second at the most, one at a time, and the newest state is the last', async () => {
  let answer = (_: unknown) => {};
  const report = vi.fn(
    (_: FormProgress) =>
      new Promise<unknown>((done) => {
        answer = done;
      }),
  );
  const tell = progressReporter(report);
  tell(at('typing'));
  tell(at('wrong'));
  await vi.advanceTimersByTimeAsync(499);
  expect(report).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(report.mock.calls).toEqual([[at('wrong')]]);
  tell(at('typing'));
  tell(at('complete'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(report).toHaveBeenCalledTimes(1);
  answer(null);
  await vi.advanceTimersByTimeAsync(499);
  expect(report).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(report.mock.calls.at(-1)).toEqual([at('complete')]);
  answer(null);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(report).toHaveBeenCalledTimes(2);
});
