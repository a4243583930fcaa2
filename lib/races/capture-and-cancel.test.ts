import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { captureLater, issue, type MoneyHouse, moneyHouse, pay } from '../gateways/testing';
import { capturePayment, reverseAttempt } from '../payment-attempts';
import { cancelPaymentLink } from '../payment-links';
import {
  endsInTurn,
  GATEWAY_ROUNDS,
  isCaught,
  RACE_TIMEOUT_MS,
  type Race,
  raced,
  type Seen,
  told,
} from './testing';
import { chargeAll, type Money, moneyOf, truths } from './testing/gateway';

vi.setConfig({ testTimeout: RACE_TIMEOUT_MS });

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterAll(() => house.close());

/** One takes the money that is held; another takes the link back, and its job gives back what is held. */
async function captureAndCancel(on: MoneyHouse): Promise<Race> {
  on.switches.keep = true;
  await captureLater(on);
  const pattern = await issue(on);
  await pay(on, pattern);
  const known: Money = await moneyOf(on, [pattern]);
  const attemptOf = (link: string) => known.get(link)?.attempt ?? '';
  const capture = async (link: string) => {
    const taken = await capturePayment(on.as('owner'), attemptOf(link));
    return taken.ok ? taken.value.state : taken.error.code;
  };
  const reverse = async (link: string) => {
    const reversed = await reverseAttempt(on.as('system'), attemptOf(link));
    return reversed.ok ? String(reversed.value) : reversed.error.code;
  };
  return {
    house: on,
    pattern,
    prepare: async (links) => {
      const money = await moneyOf(on, links);
      await chargeAll(on, money, false);
      for (const [link, one] of money) known.set(link, one);
    },
    outside: (links) => truths(on, links),
    runners: (link) => [
      [() => capture(link)],
      [async () => told(await cancelPaymentLink(on.as('agent'), link)), () => reverse(link)],
    ],
  };
}

/** A capture that had begun before the hold went back is told so by the gateway. */
const begunBefore = (ends: Set<string>): Set<string> =>
  new Set([...ends, ...[...ends].map((end) => end.replace(/^not_authorized/, 'voided'))]);

test(`a hold is captured or given back, as the gateway says, ${GATEWAY_ROUNDS} times`, async () => {
  const race = await captureAndCancel(house);
  const seen = await raced(race, begunBefore(await endsInTurn(race)), GATEWAY_ROUNDS);
  expect(seen).toMatchObject({ strange: [], broken: 0 });
  expect(seen.ends).toBeGreaterThan(2);
});

/** Taken back before the money came, and yet the ledger does not call it late. */
const isUnnoticed = ({ strange }: Seen): boolean =>
  strange.some((end) => /payment 1240 f .*link\.canceled .*link\.paid/.test(end));

test('control: without the row lock a canceled link takes money that nobody calls late, and it is seen', async () => {
  expect(await isCaught(['constraints'], captureAndCancel, isUnnoticed, moneyHouse)).toBe(true);
});
