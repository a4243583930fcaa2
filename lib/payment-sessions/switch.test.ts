import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { pay } from '../gateways/testing';
import { cancelSession, prepareSwitch, submitSession, switchSession } from '.';
import { begin, CARDS, type CallHouse, callHouse, codeOf, keyed, submitted, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

const to = (kind: 'digital' | 'agent_assist', id: string, more: object = {}) =>
  switchSession(house.desk('owner'), id, { kind, ...more });
const messagesOf = async (link: string) =>
  (
    await house.database.sql`select channel, recipient from messages
      where payment_link_id = ${uuidFromId('paymentLink', link)} order by created_at`
  ).map(({ channel, recipient }) => `${channel} ${recipient}`);

/** A session at each end that it can be left from, with its call still there. */
const ENDS = {
  declined: async () => {
    const one = await submitted(house);
    await house.card.pay(one.capture, CARDS.declined);
    return one;
  },
  customer_hangup: async () => {
    const one = await keyed(house, 1);
    await house.news(one.call, 'call.ended', { endedBy: 'customer' });
    return one;
  },
  agent_hangup: async () => {
    const one = await keyed(house, 1);
    await house.news(one.call, 'call.ended', { endedBy: 'agent' });
    return one;
  },
  timed_out: async () => {
    const one = await keyed(house, 1);
    await house.card.tell(one.capture, { ended: 'timed_out' });
    return one;
  },
  failed: async () => {
    const one = await keyed(house, 1);
    await house.card.tell(one.capture, { ended: 'stopping' });
    return one;
  },
};

describe.each(Object.keys(ENDS) as (keyof typeof ENDS)[])('after %s', (end) => {
  test('it goes on by link: sent to the address that is there, and the call is put back', async () => {
    const { id, link, call } = await ENDS[end]();
    expect((await house.read(id)).state).toBe(end);
    const switched = unwrap(await to('digital', id));
    expect(switched).toMatchObject({ kind: 'digital', state: 'created', reason: null, endedAt: null });
    expect(switched.paymentLink).toBe(link);
    expect(await messagesOf(link)).toEqual(['sms +447700900123']);
    expect(await house.drive(id)).toEqual({ state: 'created', step: 'none' });
    expect(call).toMatchObject({ recorded: true, line: null });
    // Two tries of a link are some seconds apart.
    await house.pass(id, 3);
    await pay(house, link);
    expect((await house.read(id)).state).toBe('succeeded');
  });

  test('it goes on by keypad, with another card, and is paid', async () => {
    const { id } = await ENDS[end]();
    unwrap(await to('agent_assist', id));
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    for (let n = 0; n < 3; n++) {
      await house.card.key(house.card.newest(id));
      await house.drive(id);
    }
    await house.pass(id, 3);
    unwrap(await submitSession(house.desk('owner'), id));
    await house.drive(id);
    await house.card.pay(house.card.newest(id));
    expect(await house.drive(id)).toEqual({ state: 'succeeded', step: 'none' });
  });
});

describe('the rail is changed', () => {
  test('while a card is keyed: the capture is wiped and nothing of it is left, and back again', async () => {
    const { id, capture, call } = await keyed(house, 2);
    expect(unwrap(await to('digital', id))).toMatchObject({
      state: 'created',
      activeField: null,
      brand: null,
    });
    expect(await house.card.tell(capture)).toBe(false);
    unwrap(await to('agent_assist', id));
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect(house.card.open(id)).toHaveLength(1);
    expect(call).toMatchObject({ recorded: false, line: house.card.newest(id).callback });
    expect((await house.eventsOf(id)).filter((type) => type === 'created')).toHaveLength(3);
  });

  test('to what it is on already: by keypad nothing happens, by link it is sent once', async () => {
    const { id, link } = await keyed(house, 1);
    expect(unwrap(await to('agent_assist', id)).state).toBe('capturing');
    unwrap(await to('digital', id));
    unwrap(await to('digital', id));
    expect(await messagesOf(link)).toEqual(['sms +447700900123']);
  });

  test('to a link that is sent to an address that comes with it, filed only where none is', async () => {
    const one = await begin(house, 'agent_assist', { customer: {} });
    expect(await to('digital', one.id)).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'customer.phone' }] },
    });
    unwrap(await to('digital', one.id, { customer: { phone: '+447700900456' } }));
    expect(await messagesOf(one.link)).toEqual(['sms +447700900456']);
    const more = { customer: { phone: '+447700900789', email: 'ada@example.com' } };
    unwrap(await to('digital', one.id, { ...more, send: { channel: 'email' } }));
    expect((await messagesOf(one.link)).sort()).toEqual(['email ada@example.com', 'sms +447700900456']);
    const [row] = await house.database.sql`select customer_phone from payment_links
      where id = ${uuidFromId('paymentLink', one.link)}`;
    expect(row).toEqual({ customer_phone: '+447700900456' });
  });

  test('to the keypad from a session that began by link, on the call that the agent is on', async () => {
    const call = house.phone.call([]);
    const { id } = await begin(house, 'digital', { agent: call.agent, call: undefined });
    expect(unwrap(await to('agent_assist', id)).call?.id).toBe(call.id);
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect(call.recorded).toBe(false);
  });

  test('within the transaction of its caller, and with it undone', async () => {
    const { id } = await keyed(house, 1);
    const ctx = house.desk('owner');
    const act = unwrap(await prepareSwitch(ctx, id, { kind: 'digital' }));
    const undone = house.services.db.transaction(async (tx) => {
      expect(unwrap(await act({ ...ctx, tx })).kind).toBe('digital');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await house.read(id)).kind).toBe('agent_assist');
  });
});

describe('nothing changes', () => {
  const refused = async (made: Promise<Parameters<typeof codeOf>[0]>, id: string, code: string) => {
    const before = (await house.read(id)).revision;
    expect(codeOf(await made)).toBe(code);
    expect((await house.read(id)).revision).toBe(before);
  };

  test('for who may not, and at another merchant', async () => {
    const { id } = await keyed(house, 1);
    const digital = { kind: 'digital' };
    await refused(switchSession(house.desk('viewer'), id, digital), id, 'forbidden');
    await refused(switchSession(house.stranger, id, digital), id, 'not_found');
    await refused(to('digital', id, { unknown: 1 }), id, 'invalid');
  });

  test('once it is paid or canceled, and while a card is on its way by either rail', async () => {
    const paid = await submitted(house);
    await house.card.ask(paid.capture, CARDS.approved);
    for (const kind of ['digital', 'agent_assist'] as const)
      await refused(to(kind, paid.id), paid.id, 'being_paid');
    await house.card.send(paid.capture, CARDS.approved);
    await house.card.record(paid.capture);
    await refused(to('digital', paid.id), paid.id, 'link_paid');
    const { id } = await keyed(house, 1);
    unwrap(await cancelSession(house.desk('owner'), id));
    await refused(to('digital', id), id, 'session_ended');
  });

  test('where its link has expired, no call is there, or the profile takes no telephone orders', async () => {
    const { id, link, call, capture } = await keyed(house, 1);
    await house.card.tell(capture, { ended: 'timed_out' });
    await house.drive(id);
    call.isOver = true;
    await refused(to('agent_assist', id), id, 'no_active_call');
    call.isOver = false;
    await house.database.sql`update payment_profiles set moto = false`;
    await refused(to('agent_assist', id), id, 'moto_not_enabled');
    await house.database.sql`update payment_profiles set moto = true`;
    await house.database.sql`update payment_links set expires_at = cf_now() - interval '1 second'
      where id = ${uuidFromId('paymentLink', link)}`;
    await refused(to('digital', id), id, 'link_not_payable');
  });
});
