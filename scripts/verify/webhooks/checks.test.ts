import { expect, test } from 'vitest';
import { grown } from './checks';

const life = (megabytes: (second: number) => number) =>
  new Map([[1, Array.from({ length: 200 }, (_, second) => megabytes(second))]]);

test('a worker that warms up and then holds as much as before is flat', () => {
  expect(grown(life((second) => Math.min(180, 100 + 4 * second) + (second % 7)))).toEqual([]);
});

test('a worker that holds more and more is told', () => {
  expect(grown(life((second) => 100 + second))).toEqual(['a worker held 175 MB early and 275 MB late']);
});

test('workers that were killed before they could show a slope prove nothing', () => {
  expect(grown(new Map([[1, [100, 900]]]))).toHaveLength(1);
});
