import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRefund } from '../refunds';
import { type TestHouse, testHouse } from '../testing';
import {
  endsInTurn,
  isCaught,
  issued,
  payer,
  RACE_TIMEOUT_MS,
  type Race,
  ROUNDS,
  raced,
  racedWith,
  told,
} from './testing';
import { LAYERS } from './testing/layers';

vi.setConfig({ testTimeout: RACE_TIMEOUT_MS });

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** Of 1240 two people give 800 back: there is room for one of them. */
async function refunds(on: TestHouse): Promise<Race> {
  const pattern = await issued(on);
  for (const step of payer(on, pattern)) await step();
  const refund = (paymentLink: string) => [
    async () => told(await createRefund(on.as('owner'), { paymentLink, amountMinor: 800 })),
  ];
  return { house: on, pattern, runners: (link) => [refund(link), refund(link)] };
}

test(`refunds that race give back what was captured and no more, ${ROUNDS} times`, async () => {
  const race = await refunds(house);
  const seen = await raced(race, await endsInTurn(race), ROUNDS);
  expect(seen).toMatchObject({ strange: [], broken: 0 });
  expect(seen.ends).toBeGreaterThan(1);
});

test.each(LAYERS)('one layer is enough to hold the sum: %s', async (layer) => {
  expect(await racedWith([layer], refunds, 30, testHouse)).toMatchObject({ broken: 0 });
});

test('control: without any layer more goes back than was captured, and it is seen', async () => {
  expect(await isCaught([], refunds, ({ broken }) => broken > 0, testHouse)).toBe(true);
});
