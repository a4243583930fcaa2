import { expect, test } from 'vitest';
import { Breaker } from './breaker';

function scene() {
  let now = 0;
  const breaker = new Breaker({ failures: 3, openMs: 100, mostMs: 300 }, () => now);
  const fail = (times: number) => Array.from({ length: times }, () => breaker.failed('a'));
  const after = (ms: number) => {
    now += ms;
    return breaker.verdict('a');
  };
  return { breaker, fail, after };
}

test('it opens after failures in a row, and a success before the last starts the count again', () => {
  const { breaker, fail, after } = scene();
  expect(fail(2)).toEqual([false, false]);
  breaker.succeeded('a');
  expect(fail(2)).toEqual([false, false]);
  expect(after(0)).toBe('closed');
  expect(fail(1)).toEqual([true]);
  expect([after(0), after(99), breaker.verdict('b')]).toEqual(['open', 'open', 'closed']);
});

test('after its time there is one probe: its success closes, its failure opens for twice as long, up to a limit', () => {
  const { breaker, fail, after } = scene();
  fail(3);
  expect(after(100)).toBe('probe');
  expect(fail(1)).toEqual([true]);
  expect([after(199), after(1)]).toEqual(['open', 'probe']);
  fail(1);
  expect([after(299), after(1)]).toEqual(['open', 'probe']);
  fail(1);
  expect([after(299), after(1)]).toEqual(['open', 'probe']);
  breaker.succeeded('a');
  expect(after(0)).toBe('closed');
});

test('failures that were on their way when it opened do not prolong it', () => {
  const { fail, after } = scene();
  expect(fail(5)).toEqual([false, false, true, false, false]);
  expect(after(100)).toBe('probe');
});
