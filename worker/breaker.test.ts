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

test('endpoints that fail no more are forgotten after a while: deleted ones take no memory for good', () => {
  let now = 0;
  const breaker = new Breaker({ failures: 1, openMs: 5_000, rememberMs: 1_000 }, () => now);
  for (const name of ['deleted', 'quiet', 'failing']) breaker.failed(name);
  expect(breaker.size).toBe(3);
  now = 999;
  breaker.failed('failing');
  expect(breaker.size).toBe(3);
  now = 1_000;
  breaker.failed('another');
  expect(breaker.size).toBe(2);
  expect([breaker.verdict('failing'), breaker.verdict('deleted')]).toEqual(['open', 'closed']);
});

test('no more than so many endpoints are remembered: those that failed last', () => {
  const breaker = new Breaker({ failures: 1, most: 50 }, () => 0);
  for (let i = 0; i < 1_000; i++) {
    breaker.failed(`endpoint ${i}`);
    breaker.failed('always');
    expect(breaker.size).toBeLessThanOrEqual(50);
  }
  const known = ['always', 'endpoint 999', 'endpoint 951', 'endpoint 0'];
  expect(known.map((one) => breaker.verdict(one))).toEqual(['open', 'open', 'open', 'closed']);
});
