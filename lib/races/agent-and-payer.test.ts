import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cancelPaymentLink, reissuePaymentLink, updatePaymentLink } from '../payment-links';
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
  told,
} from './testing';

vi.setConfig({ testTimeout: RACE_TIMEOUT_MS });

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const LATER = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 7_200_000).toISOString();
const ACTS = {
  'takes the link back': (on: TestHouse, link: string) => cancelPaymentLink(on.as('agent'), link),
  'issues it anew': (on: TestHouse, link: string) => reissuePaymentLink(on.as('agent'), link, {}),
  'moves its end': (on: TestHouse, link: string) =>
    updatePaymentLink(on.as('agent'), link, { expiresAt: LATER }, 1),
  'writes another description': (on: TestHouse, link: string) =>
    updatePaymentLink(on.as('agent'), link, { description: 'Order 8' }, 1),
};
type Act = (typeof ACTS)[keyof typeof ACTS];

const agentAndPayer =
  (act: Act) =>
  async (on: TestHouse): Promise<Race> => ({
    house: on,
    pattern: await issued(on, { expiresInSeconds: 3_600 }),
    runners: (link) => [[async () => told(await act(on, link))], payer(on, link).slice(0, 2)],
  });

test.each(Object.entries(ACTS))(
  `an agent %s while a payer begins: one was first, ${ROUNDS / 4} times`,
  async (_what, act) => {
    const race = await agentAndPayer(act)(house);
    const seen = await raced(race, await endsInTurn(race), ROUNDS / 4);
    expect(seen).toMatchObject({ strange: [], broken: 0 });
    expect(seen.ends).toBeGreaterThan(1);
  },
);

test.each(Object.entries(ACTS))(
  'control: without the row lock both are first when an agent %s, and it is seen',
  async (_what, act) => {
    expect(
      await isCaught(['constraints'], agentAndPayer(act), ({ strange }) => strange.length > 0, testHouse),
    ).toBe(true);
  },
);
