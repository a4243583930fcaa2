import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { makeTeller, type Teller } from './teller';
import { until } from './testing';

let teller: Teller | undefined;
afterEach(() => teller?.stop());

/** A teller whose tellings take some time, with the moments at which they began. */
function start({ takesMs = 0, beatMs = 10_000, gapMs = 100, last = Number.POSITIVE_INFINITY } = {}) {
  const began: number[] = [];
  const seen = { atOnce: 0, most: 0 };
  teller = makeTeller(
    async () => {
      began.push(performance.now());
      seen.atOnce += 1;
      seen.most = Math.max(seen.most, seen.atOnce);
      await sleep(takesMs);
      seen.atOnce -= 1;
      return began.length < last;
    },
    { beatMs, gapMs },
  );
  return { began, seen, teller };
}

test('many changes at once are one telling', async () => {
  const { began, teller } = start();
  for (let i = 0; i < 10; i++) teller.now();
  await sleep(40);
  expect(began).toHaveLength(1);
});

test('digits wait for their gap, a state does not', async () => {
  const { began, teller } = start({ gapMs: 300 });
  teller.now();
  await until(() => began.length === 1);
  await sleep(10);
  teller.soon();
  teller.soon();
  await sleep(50);
  expect(began).toHaveLength(1);
  teller.now();
  await until(() => began.length === 2);
  await sleep(10);
  teller.soon();
  await until(() => began.length === 3);
  expect(Number(began[2]) - Number(began[1])).toBeGreaterThanOrEqual(295);
});

test('what changes during a telling is told right after it, never beside it', async () => {
  const { began, seen, teller } = start({ takesMs: 60 });
  teller.now();
  await until(() => began.length === 1);
  for (let i = 0; i < 5; i++) teller.now();
  await until(() => began.length === 2);
  await sleep(100);
  expect(seen.most).toBe(1);
  expect(began).toHaveLength(2);
});

test('it is told again at every beat, until a telling says that it was the last', async () => {
  const { began, teller } = start({ beatMs: 20, last: 3 });
  teller.now();
  await until(() => began.length === 3);
  teller.now();
  await sleep(80);
  expect(began).toHaveLength(3);
});
