import { expect, test } from 'vitest';
import { type Result, ratioTo } from './benchmark';
import { countsOf, tableOf } from './report';
import { interleave, median, percentile } from './rounds';

test('contenders take turns in an order that turns, and the first round does not count', async () => {
  const order: string[] = [];
  const contender = (name: string, figure: number) => ({
    name,
    run: async () => {
      order.push(name);
      return order.length <= 2 ? 1_000 : figure;
    },
  });
  const figures = await interleave([contender('a', 1), contender('b', 2)], 2, () => {});
  expect(order.join('')).toBe('ababba');
  expect(figures.map(({ name, median, rounds }) => [name, median, rounds])).toEqual([
    ['a', 1, [1, 1]],
    ['b', 2, [2, 2]],
  ]);
});

test('median and percentile', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
});

const figures = (name: string, median: number) => ({
  name,
  median,
  min: median,
  max: median,
  rounds: [median],
});
const result = (moreIsBetter: boolean, ours: number, theirs: number): Result => ({
  name: 'path',
  unit: 'ms',
  moreIsBetter,
  ours: figures('ours', ours),
  peers: [figures('peer', theirs)],
  targets: [{ peer: 'peer', atLeast: 1 }],
  bounds: [{ what: 'p99 in ms', value: 12, atMost: 10 }],
});

test('a ratio above 1 says that ours is better, whichever way the figures run, and what is missed is said', () => {
  expect(ratioTo(result(true, 20, 10), 'peer')).toBe(2);
  expect(ratioTo(result(false, 20, 10), 'peer')).toBe(0.5);
  expect(ratioTo(result(true, 20, 10), 'nobody')).toBeNaN();
  expect(countsOf([result(true, 20, 10), result(false, 20, 10)])).toEqual({ met: 1, missed: 3 });
  expect(tableOf([result(false, 20, 10)])).toContain('| 0.50× | ≥1× | missed |');
});
