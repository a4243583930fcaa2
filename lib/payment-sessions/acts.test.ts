import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { pay, submit } from '../gateways/testing';
import { startPaymentAttempt } from '../payment-attempts';
import { cancelSession, requestField, sendSessionLink, submitSession, switchSession } from '.';
import { begin, CARDS, type CallHouse, callHouse, codeOf, keyed, submitted, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

const owner = () => house.desk('owner');
const ask = (id: string, field: string) => requestField(owner(), id, { field });
const submitIt = (id: string) => submitSession(owner(), id);
const cancel = (id: string) => cancelSession(owner(), id);
const statusOf = async (link: string) =>
  (
    await house.database.sql`select access from payment_links where id = ${uuidFromId('paymentLink', link)}`
  )[0]?.access;
const attemptsOf = async (link: string) =>
  (
    await house.database.sql`select state, amount_minor, channel from payment_attempts
      where payment_link_id = ${uuidFromId('paymentLink', link)} order by id`
  ).map(({ state, amount_minor, channel }) => `${channel} ${amount_minor} ${state}`);

test('who may not act on a session, or is of another merchant, changes nothing', async () => {
  const { id } = await keyed(house, 3);
  const before = (await house.read(id)).revision;
  for (const [ctx, code] of [
    [house.desk('viewer'), 'forbidden'],
    [house.desk('payer'), 'forbidden'],
    [house.stranger, 'not_found'],
  ] as const) {
    expect(codeOf(await requestField(ctx, id, { field: 'expiry' }))).toBe(code);
    expect(codeOf(await submitSession(ctx, id))).toBe(code);
    expect(codeOf(await cancelSession(ctx, id))).toBe(code);
  }
  expect(codeOf(await sendSessionLink(house.stranger, id, { channel: 'sms' }))).toBe('not_found');
  expect((await house.read(id)).revision).toBe(before);
});

test('with the payment button switched off, one’s own or the merchant’s, nobody goes on with a payment', async () => {
  const { id } = await keyed(house, 3);
  const before = (await house.read(id)).revision;
  const { sql } = house.database;
  const [agent, { merchantId }] = [house.desk('agent'), house];
  const ofAgent = (on: boolean) =>
    sql`update users set button_enabled = ${on} where role = 'agent' and merchant_id = ${merchantId}`;
  const ofMerchant = (on: boolean) =>
    sql`update merchants set button_enabled = ${on} where id = ${merchantId}`;
  for (const turn of [ofMerchant, ofAgent]) {
    await turn(false);
    expect(codeOf(await requestField(agent, id, { field: 'expiry' }))).toBe('forbidden');
    expect(codeOf(await submitSession(agent, id))).toBe('forbidden');
    expect(codeOf(await switchSession(agent, id, { kind: 'digital' }))).toBe('forbidden');
    if (turn === ofMerchant) await turn(true);
  }
  expect((await house.read(id)).revision).toBe(before);
  expect(unwrap(await cancelSession(agent, id)).state).toBe('canceled');
  await ofAgent(true);
});

describe('a field is asked for', () => {
  test('in any order, and once more: what was keyed of it is wiped', async () => {
    const { id, capture } = await keyed(house, 1);
    unwrap(await ask(id, 'security_code'));
    await house.drive(id);
    expect(capture.active).toBe('security_code');
    await house.card.key(capture);
    expect(await house.read(id)).toMatchObject({ activeField: 'expiry' });
    await house.drive(id);
    await house.card.key(capture);
    expect((await house.read(id)).state).toBe('ready');
    expect(unwrap(await ask(id, 'card_number'))).toMatchObject({
      state: 'capturing',
      fields: { card_number: { state: 'requested', digits: 0 }, expiry: { state: 'captured' } },
    });
  });

  test('only while the recording is confirmed to be off', async () => {
    expect(codeOf(await ask((await begin(house)).id, 'expiry'))).toBe('session_not_ready');
    const digital = await begin(house, 'digital');
    expect(codeOf(await ask(digital.id, 'expiry'))).toBe('session_not_ready');
    const { id } = await submitted(house);
    expect(codeOf(await ask(id, 'expiry'))).toBe('session_not_ready');
    expect(codeOf(await ask(id, 'name'))).toBe('invalid');
    const one = await keyed(house, 1);
    await house.database.sql`update payment_sessions set recording = 'suspending'
      where id = ${uuidFromId('paymentSession', one.id)}`;
    expect(codeOf(await ask(one.id, 'expiry'))).toBe('session_not_ready');
    unwrap(await cancel(one.id));
    expect(codeOf(await ask(one.id, 'expiry'))).toBe('session_ended');
  });
});

describe('a card is submitted', () => {
  test('once, however often it is pressed, for the whole amount, as a telephone order', async () => {
    const { id, link } = await keyed(house, 3);
    const pressed = await Promise.all([submitIt(id), submitIt(id), submitIt(id)]);
    expect(pressed.map(codeOf)).toEqual(['ok', 'ok', 'ok']);
    expect(await attemptsOf(link)).toEqual(['moto 1240 created']);
    await house.drive(id);
    expect(house.card.newest(id).ticket).toMatchObject({ amountMinor: 1240, channel: 'moto' });
  });

  test('only when all is keyed, and only of a session that is by keypad', async () => {
    expect(codeOf(await submitIt((await keyed(house, 2)).id))).toBe('session_not_ready');
    expect(codeOf(await submitIt((await begin(house, 'digital')).id))).toBe('session_not_ready');
    expect(codeOf(await submitIt((await begin(house)).id))).toBe('session_not_ready');
  });

  test('for what is left to be paid where a part is paid', async () => {
    const parts = { amountType: 'partial', amountMinor: 1000 };
    const { id, link } = await begin(house, 'agent_assist', parts);
    await pay(house, link, { amountMinor: 400 });
    expect((await house.read(id)).state).toBe('created');
    await house.drive(id);
    for (let n = 0; n < 3; n++) {
      await house.card.key(house.card.newest(id));
      await house.drive(id);
    }
    await house.pass(id, 3);
    unwrap(await submitIt(id));
    await house.drive(id);
    await house.card.pay(house.card.newest(id));
    expect((await house.read(id)).state).toBe('succeeded');
    expect(await attemptsOf(link)).toEqual(['ecommerce 400 succeeded', 'moto 600 succeeded']);
  });

  test('never where its link is locked, has expired, is being paid, or the profile takes no telephone orders', async () => {
    const { id, link } = await keyed(house, 3);
    const uuid = uuidFromId('paymentLink', link);
    const { sql } = house.database;
    await sql`update payment_profiles set moto = false`;
    expect(codeOf(await submitIt(id))).toBe('moto_not_enabled');
    await sql`update payment_profiles set moto = true`;
    await sql`update payment_links set access = 'locked' where id = ${uuid}`;
    expect(codeOf(await submitIt(id))).toBe('link_locked');
    await sql`update payment_links set access = 'active' where id = ${uuid}`;
    const tried = await submit(house, link);
    expect(codeOf(await submitIt(id))).toBe('being_paid');
    await tried.record({ kind: 'failed', reason: 'refused' });
    await sql`update payment_links set expires_at = cf_now() - interval '1 second' where id = ${uuid}`;
    expect(codeOf(await submitIt(id))).toBe('link_expired');
    expect((await house.read(id)).state).toBe('ready');
  });

  test('and is taken back where the payer presses Pay on the link before it was sent', async () => {
    const { id, link, capture } = await submitted(house);
    unwrap(await startPaymentAttempt(house.as('payer'), link));
    expect(await house.read(id)).toMatchObject({ state: 'failed', reason: 'abandoned' });
    expect(await house.card.ask(capture, CARDS.approved)).not.toBeNull();
    expect(await attemptsOf(link)).toEqual(['moto 1240 abandoned', 'ecommerce 1240 created']);
  });
});

describe('a session is canceled', () => {
  test('with its link, at every point before a card is on its way, and once', async () => {
    for (const fields of [0, 1, 3]) {
      const { id, link, call } = await keyed(house, fields);
      expect(unwrap(await cancel(id))).toMatchObject({ state: 'canceled', reason: 'canceled' });
      expect(await statusOf(link)).toBe('canceled');
      await house.drive(id);
      expect(call).toMatchObject({ recorded: true, line: null });
      const events = await house.eventsOf(id);
      expect(unwrap(await cancel(id)).state).toBe('canceled');
      expect(await house.eventsOf(id)).toEqual(events);
    }
    const digital = await begin(house, 'digital');
    expect(unwrap(await cancel(digital.id)).state).toBe('canceled');
  });

  test('also after another end, which stays what it was, so that its link is of no use any more', async () => {
    const { id, link, capture } = await keyed(house, 1);
    await house.card.tell(capture, { ended: 'timed_out' });
    expect(unwrap(await cancel(id)).state).toBe('timed_out');
    expect(await statusOf(link)).toBe('canceled');
    const declined = await submitted(house);
    await house.card.pay(declined.capture, CARDS.declined);
    expect(unwrap(await cancel(declined.id)).state).toBe('canceled');
  });

  test('never while a card is on its way, by either rail, nor once it is paid', async () => {
    const { id, capture, link } = await submitted(house);
    expect(codeOf(await cancel(id))).toBe('being_paid');
    await house.card.pay(capture);
    expect(codeOf(await cancel(id))).toBe('link_paid');
    expect(await attemptsOf(link)).toEqual(['moto 1240 succeeded']);
    const other = await keyed(house, 1);
    await submit(house, other.link);
    expect(codeOf(await cancel(other.id))).toBe('being_paid');
  });
});
