import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelSession, createPaymentSession, submitSession, switchSession } from '.';
import { type CallHouse, callHouse, codeOf, keyed, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

/** Another payment on a call. */
async function another(call: { id: string; agent: string }): Promise<string> {
  const wish = {
    kind: 'agent_assist',
    amountMinor: 500,
    currency: 'GBP',
    agent: call.agent,
    call: { id: call.id },
  };
  return unwrap(await createPaymentSession(house.desk('api'), wish)).id;
}
const cancel = async (id: string) => unwrap(await cancelSession(house.desk('owner'), id));
const keypad = (id: string, more: object = {}) =>
  switchSession(house.desk('owner'), id, { kind: 'agent_assist', ...more });

describe('two payments on one call', () => {
  test('one after the other: the second has its own recording off, and both are put back', async () => {
    const { id, call, capture } = await keyed(house, 3);
    unwrap(await submitSession(house.desk('owner'), id));
    await house.drive(id);
    await house.card.pay(capture);
    await house.drive(id);
    const second = await another(call);
    expect(await house.drive(second)).toMatchObject({ state: 'capturing' });
    expect(call).toMatchObject({ recorded: false, line: house.card.newest(second).callback });
    await cancel(second);
    await house.drive(second);
    expect(call).toMatchObject({ recorded: true, line: null });
  });

  test('at once: the second is told that the call is in use, and nothing of the first is touched', async () => {
    const { id, call } = await keyed(house, 1);
    const second = await another(call);
    expect(await house.drive(second)).toEqual({ state: 'failed', step: 'none' });
    expect((await house.read(second)).reason).toBe('call_in_use');
    expect((await house.read(id)).state).toBe('capturing');
    expect(call).toMatchObject({ recorded: false, line: house.card.newest(id).callback });
  });

  test.each(['resume', 'release'] as const)(
    'the second waits as long as %s of the first is not done',
    async (act) => {
      const { id, call } = await keyed(house, 1);
      call.trouble.set(act, 'down');
      await cancel(id);
      await house.drive(id);
      const second = await another(call);
      await house.drive(second);
      expect((await house.read(second)).state).toBe('connecting');
      call.trouble.clear();
      await house.drive(id);
      expect(await house.drive(second)).toMatchObject({ state: 'capturing' });
      expect(call).toMatchObject({ recorded: false, line: house.card.newest(second).callback });
    },
  );

  test('where the recording of the first cannot be turned on, the second goes on and turns it on at its own end', async () => {
    const { id, call } = await keyed(house, 1);
    call.trouble.set('resume', 'refused');
    await cancel(id);
    await house.drive(id);
    const second = await another(call);
    await house.pass(id, 10);
    expect(await house.drive(second)).toMatchObject({ state: 'capturing' });
    await house.drive(id);
    expect(call.recorded).toBe(false);
    call.trouble.clear();
    await cancel(second);
    await house.drive(second);
    expect(call.recorded).toBe(true);
    await house.drive(id);
    expect((await house.read(id)).recording).toBe('resumed');
  });

  test('a second that waits too long ends, and says so', async () => {
    const { id, call } = await keyed(house, 1);
    call.trouble.set('release', 'down');
    await cancel(id);
    await house.drive(id);
    const second = await another(call);
    await house.drive(second);
    await house.pass(second, 21);
    expect(await house.drive(second)).toEqual({ state: 'failed', step: 'none' });
    expect((await house.read(second)).reason).toBe('telephony_unavailable');
  });

  test('neither waits for the other’s row for ever: one is put back while the other takes the call', async () => {
    for (let round = 0; round < 12; round++) {
      const { id, call } = await keyed(house, 0);
      await cancel(id);
      const others = [await another(call), await another(call)];
      await Promise.all([id, ...others].map((one) => house.drive(one)));
      const at = await Promise.all(others.map(async (one) => (await house.read(one)).state));
      expect(at.filter((state) => state === 'capturing').length).toBeLessThanOrEqual(1);
    }
  });
});

describe('a session that goes on by keypad', () => {
  test('first puts back what it had of the call: nothing of the old capture is used again', async () => {
    const { id, call, capture, log } = await keyed(house, 2);
    await house.card.tell(capture, { ended: 'timed_out' });
    unwrap(await keypad(id));
    const before = log.length;
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect(log.slice(before)).toEqual([
      ...['release', 'resume', 'suspend', 'open', 'secure'],
      'field card_number',
    ]);
    expect(house.card.newest(id)).not.toBe(capture);
    expect(call).toMatchObject({ recorded: false, line: house.card.newest(id).callback });
    await house.card.key(house.card.newest(id));
    expect((await house.read(id)).fields.card_number.state).toBe('captured');
  });

  test('waits for a recording that is being turned on, so that it is not turned on under a card', async () => {
    const { id, call } = await keyed(house, 1);
    let reach = () => {};
    let go = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    call.before = async (act) => {
      if (act !== 'resume') return;
      call.before = () => {};
      reach();
      await gone;
    };
    await house.card.tell(house.card.newest(id), { ended: 'timed_out' });
    const slow = house.quiet(id);
    await reached;
    unwrap(await keypad(id));
    call.trouble.set('resume', 'pending');
    expect(await house.drive(id)).toMatchObject({ state: 'created', step: 'restore' });
    go();
    await slow;
    call.trouble.clear();
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect(call.recorded).toBe(false);
  });

  test('on another call is refused until the first is put back, which is never forgotten', async () => {
    const { id, call } = await keyed(house, 1);
    call.trouble.set('all', 'down');
    await house.card.tell(house.card.newest(id), { ended: 'timed_out' });
    await house.quiet(id);
    const next = house.phone.call([], call.agent);
    const on = () => keypad(id, { call: { id: next.id } });
    expect(codeOf(await on())).toBe('session_not_ready');
    call.trouble.clear();
    await house.drive(id);
    expect(call).toMatchObject({ recorded: true, line: null });
    expect(unwrap(await on()).call?.id).toBe(next.id);
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect(next.recorded).toBe(false);
  });
});
