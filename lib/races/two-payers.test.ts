import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listAttempts } from '@/db/queries/payment-attempts';
import { submitPaymentAttempt } from '../payment-attempts';
import { VISA } from '../payment-links/testing';
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
  type Seen,
  told,
} from './testing';
import { LAYERS } from './testing/layers';

vi.setConfig({ testTimeout: RACE_TIMEOUT_MS });

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const twoPayers = async (on: TestHouse): Promise<Race> => ({
  house: on,
  pattern: await issued(on),
  runners: (link) => [payer(on, link).slice(0, 2), payer(on, link).slice(0, 2)],
});

test(`of two payers one holds the lease and the other is told so, ${ROUNDS} times`, async () => {
  const race = await twoPayers(house);
  const seen = await raced(race, await endsInTurn(race), ROUNDS);
  expect(seen).toMatchObject({ strange: [], broken: 0 });
  expect(seen.ends).toBeGreaterThan(1);
});

test(`one ticket at two card processes is the right to send once, ${ROUNDS / 4} times`, async () => {
  const pattern = await issued(house);
  await payer(house, pattern)[0]?.();
  const send = async (link: string) => {
    const [tried] = await listAttempts(house.services.db, house.merchantId, link);
    const call = { attempt: tried?.id ?? '', amountMinor: 1240, currency: 'GBP', card: VISA };
    return told(await submitPaymentAttempt(house.as('payer'), call));
  };
  const race = { house, pattern, runners: (link: string) => [[() => send(link)], [() => send(link)]] };
  expect(await raced(race, await endsInTurn(race), ROUNDS / 4)).toMatchObject({
    strange: [],
    ends: 2,
    broken: 0,
  });
});

test.each(LAYERS)('one layer is enough for one lease: %s', async (layer) => {
  expect(await racedWith([layer], twoPayers, 30, testHouse)).toMatchObject({ broken: 0 });
});

test('control: without any layer two payers hold one lease, and it is seen', async () => {
  const isWrong = ({ broken, strange }: Seen) => broken > 0 && strange.length > 0;
  expect(await isCaught([], twoPayers, isWrong, testHouse)).toBe(true);
});
