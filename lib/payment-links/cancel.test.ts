import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  captureLater,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  pay,
  submit,
  work,
  workUntil,
} from '../gateways/testing';
import { cancelPaymentLink } from './index';

const CHALLENGED = '4000002500003155';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterAll(() => house.close());

/** What the gateway holds for an attempt: the sandbox's own word. */
async function atGateway(attempt: string): Promise<string> {
  const { body } = await house.box.call('GET', `/gateway/payments?reference=${attempt}`);
  return (body.data as { status: string }[])[0]?.status ?? 'nothing';
}
/** The payer presses Accept at the bank. */
async function accept(attempt: string): Promise<void> {
  const { body } = await house.box.call('GET', `/gateway/payments?reference=${attempt}`);
  const { id } = (body.data as { id: string }[])[0] ?? { id: '' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await house.box.call('POST', `/acs/${id}`, 'answer=accept', form);
}
const cancel = async (link: string) => {
  const outcome = await cancelPaymentLink(house.as('agent'), link);
  if (!outcome.ok) throw new Error(outcome.error.code);
};

test('canceled at the bank check: the job takes it back at once, and a payer who accepts later is charged nothing', async () => {
  const link = await issue(house);
  const { attempt, state } = await pay(house, link, { number: CHALLENGED });
  expect(state).toBe('requires_action');
  await cancel(link);
  await work(house);
  const { link: after, attempts } = await historyOf(house, link);
  expect([after.status, attempts[0]?.state]).toEqual(['canceled', 'voided']);
  await accept(attempt);
  expect(await atGateway(attempt)).toBe('voided');
});

test('accepted at the bank before the job came: the money is a fact, flagged as late', async () => {
  const link = await issue(house);
  house.switches.hold = true;
  const { attempt } = await pay(house, link, { number: CHALLENGED });
  await cancel(link);
  await accept(attempt);
  await work(house);
  house.switches.hold = false;
  const { link: after, events } = await historyOf(house, link);
  expect([after.status, await atGateway(attempt)]).toEqual(['paid', 'captured']);
  const types = events.map((event) => event.type);
  expect(types.filter((type) => type === 'payment_link.late_payment')).toHaveLength(1);
  expect(types.filter((type) => type === 'payment_link.paid')).toHaveLength(1);
});

test('canceled while the card is on its way: the answer is the truth, whatever it is', async () => {
  for (const [number, status] of [
    ['4242424242424242', 'paid'],
    ['4000000000000002', 'canceled'],
  ] as const) {
    const link = await issue(house);
    const { send, record } = await submit(house, link, { number });
    await cancel(link);
    await work(house);
    await record(await send());
    expect((await historyOf(house, link)).link.status).toBe(status);
  }
});

test('canceled with an answer that never came: read at the gateway, and told as late', async () => {
  const link = await issue(house);
  const { send, record } = await submit(house, link, { number: '4000000000000341' });
  await record(await send());
  await cancel(link);
  expect((await historyOf(house, link)).link.status).toBe('processing');
  await workUntil(house, async () => (await historyOf(house, link)).link.status === 'paid');
  const { events } = await historyOf(house, link);
  expect(events.map((event) => event.type)).toContain('payment_link.late_payment');
});

test('money that is only held is given back', async () => {
  await captureLater(house);
  const link = await issue(house);
  const { attempt, state } = await pay(house, link);
  expect(state).toBe('authorized');
  await cancel(link);
  await work(house);
  expect([(await historyOf(house, link)).link.status, await atGateway(attempt)]).toEqual([
    'canceled',
    'voided',
  ]);
});
