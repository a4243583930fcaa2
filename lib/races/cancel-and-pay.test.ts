import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cancelPaymentLink } from '../payment-links';
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
  type Seen,
  told,
} from './testing';

vi.setConfig({ testTimeout: RACE_TIMEOUT_MS });

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** From the press of Pay to the money; the cancel meets it anywhere on the way. */
const cancelAndPay = async (on: TestHouse): Promise<Race> => ({
  house: on,
  pattern: await issued(on),
  runners: (link) => [[async () => told(await cancelPaymentLink(on.as('agent'), link))], payer(on, link)],
});

test(`a cancel stops a payment, or its money is late, or it comes too late itself, ${ROUNDS} times`, async () => {
  const race = await cancelAndPay(house);
  const seen = await raced(race, await endsInTurn(race), ROUNDS);
  expect(seen).toMatchObject({ strange: [], broken: 0 });
  expect(seen.ends).toBeGreaterThan(2);
});

/** Taken back before the money came, and yet the ledger does not call it late. */
const isUnnoticed = ({ strange }: Seen): boolean =>
  strange.some((end) => /payment 1240 f .*link\.canceled .*link\.paid/.test(end));

test('control: without the row lock a canceled link takes money that nobody calls late, and it is seen', async () => {
  expect(await isCaught(['constraints'], cancelAndPay, isUnnoticed, testHouse)).toBe(true);
});
