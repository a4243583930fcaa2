import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { fault, issue, pay, submit, truth } from '../gateways/testing';
import { resolveAttempt } from '../payment-attempts';
import { cancelPaymentLink } from '../payment-links';
import { cancelSession, watchSession } from '.';
import {
  begin,
  CARDS,
  type CallHouse,
  callHouse,
  keyed,
  recordingAlerts,
  submitted,
  unwrap,
} from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

const alertsOf = (id: string) => recordingAlerts(house, id);

const stateOf = async (id: string) => (await house.read(id)).state;
const resolve = async (id: string) => unwrap(await resolveAttempt(house.as('system'), id));

describe('a session by link follows its payer', () => {
  test('from the press of Pay to the money', async () => {
    const { id, link } = await begin(house, 'digital');
    const tried = await submit(house, link);
    expect(await stateOf(id)).toBe('submitting');
    await tried.record(await tried.send());
    expect(await house.read(id)).toMatchObject({ state: 'succeeded', reason: null });
    expect((await house.eventsOf(id)).at(-1)).toBe('completed');
  });

  test('through a card that is declined, which does not end it', async () => {
    const { id, link } = await begin(house, 'digital');
    await pay(house, link, { number: CARDS.declined });
    expect(await house.read(id)).toMatchObject({
      state: 'capturing',
      reason: 'insufficient_funds',
      endedAt: null,
    });
    await house.pass(id, 3);
    await pay(house, link);
    expect(await stateOf(id)).toBe('succeeded');
  });

  test('through a part that is paid: the rest can still be paid, or the session be canceled', async () => {
    const { id, link } = await begin(house, 'digital', { amountType: 'partial', amountMinor: 1000 });
    await pay(house, link, { amountMinor: 400 });
    expect(await house.read(id)).toMatchObject({ state: 'capturing', reason: null });
    await house.pass(id, 3);
    await pay(house, link, { amountMinor: 600 });
    expect(await stateOf(id)).toBe('succeeded');
  });

  test('to the end of its link', async () => {
    const { id, link } = await begin(house, 'digital');
    unwrap(await cancelPaymentLink(house.as('owner'), link));
    expect(await house.read(id)).toMatchObject({ state: 'canceled', reason: 'link_canceled' });
  });
});

describe('a session by keypad', () => {
  test('has succeeded when its payer pays by the link meanwhile, wherever it stood', async () => {
    for (const fields of [0, 1, 3]) {
      const { id, link, call } = await keyed(house, fields);
      await pay(house, link);
      expect(await house.drive(id)).toEqual({ state: 'succeeded', step: 'none' });
      expect(call).toMatchObject({ recorded: true, line: null });
      expect(house.card.open(id)).toEqual([]);
    }
  });

  test('is not touched by a card that its payer tried in vain', async () => {
    const { id, link } = await keyed(house, 1);
    await pay(house, link, { number: CARDS.declined });
    expect(await stateOf(id)).toBe('capturing');
  });

  test.each([
    ['declined', CARDS.declined, 'insufficient_funds'],
    ['failed', CARDS.failed, 'processor_error'],
  ])('is %s with its card, and the call is put back', async (state, number, reason) => {
    const { id, call, capture } = await submitted(house);
    await house.card.pay(capture, number);
    expect(await house.drive(id)).toMatchObject({ state });
    expect(await house.read(id)).toMatchObject({ reason, recording: 'resumed' });
    expect(call).toMatchObject({ recorded: true, line: null });
  });

  test.each([
    ['reset_after', 'succeeded', 1],
    ['reset_before', 'failed', 0],
  ])(
    'waits while the outcome is unknown (%s), tells somebody that the call is off the record, and ends as the gateway says: %s',
    async (kind, state, charges) => {
      const { id, capture } = await submitted(house);
      const attempt = (await house.read(id)).attemptId ?? '';
      await fault(house, 'authorize', kind, attempt);
      await house.card.pay(capture);
      expect(await stateOf(id)).toBe('submitting');
      await house.pass(id, 120);
      await house.card.beat(id);
      const watch = () => watchSession(house.as('system'), id);
      expect(await watch()).toMatchObject({ value: { state: 'submitting' } });
      expect(await alertsOf(id)).toEqual(['open']);
      await resolve(attempt);
      expect(await watch()).toMatchObject({ value: { state } });
      expect(await alertsOf(id)).toEqual(['settled']);
      expect((await truth(house, attempt)).filter((one) => one === 'payment captured 1240')).toHaveLength(
        charges,
      );
    },
  );

  test('takes money that comes late for what it is', async () => {
    const { id, link } = await keyed(house, 1);
    const tried = await submit(house, link);
    const answer = await tried.send();
    await house.database.sql`update payment_attempts set state = 'abandoned', ended_at = cf_now()
      where id = ${uuidFromId('paymentAttempt', tried.attempt)}`;
    await house.database.sql`update payment_links set access = 'active', held_minor = 0
      where id = ${uuidFromId('paymentLink', link)}`;
    unwrap(await cancelSession(house.desk('owner'), id));
    expect(await stateOf(id)).toBe('canceled');
    await tried.record(answer);
    expect(await stateOf(id)).toBe('succeeded');
  });

  test('is not ended by the end of its link’s time while a card is keyed', async () => {
    const { id, link } = await keyed(house, 1);
    await house.database.sql`update payment_links set expires_at = cf_now() - interval '1 second'
      where id = ${uuidFromId('paymentLink', link)}`;
    await house.card.key(house.card.newest(id));
    expect(await stateOf(id)).toBe('capturing');
  });
});

test('a link that was not issued in a session concerns none', async () => {
  const before = await house.database.sql`select sum(revision) from payment_sessions`;
  await pay(house, await issue(house));
  expect(await house.database.sql`select sum(revision) from payment_sessions`).toEqual(before);
});
