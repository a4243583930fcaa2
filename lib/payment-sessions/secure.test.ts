import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelSession, watchSession } from '.';
import { begin, type CallHouse, callHouse, keyed, submitted, type Trouble, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

/** A promise that the test lets go, and how often it was waited for. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe('a call is secured', () => {
  test('in this order: recording off, capture opened, masked, and only then is a field asked for', async () => {
    const { id, call, log } = await begin(house);
    expect(await house.drive(id)).toEqual({ state: 'capturing', step: 'none' });
    expect(log.filter((act) => act !== 'find')).toEqual(['suspend', 'open', 'secure', 'field card_number']);
    expect(call).toMatchObject({ recorded: false, line: house.card.newest(id).callback });
    expect(await house.read(id)).toMatchObject({ recording: 'suspended', secured: 'masked', reason: null });
    expect(await house.eventsOf(id)).toEqual([
      'created',
      'recording_suspended',
      'secured',
      'field_requested',
    ]);
  });

  test('to the end: keyed, charged once as a telephone order, and the call is as it was', async () => {
    const { id, link, call, log, capture } = await submitted(house);
    await house.card.pay(capture);
    expect(await house.drive(id)).toEqual({ state: 'succeeded', step: 'none' });
    expect(call).toMatchObject({ recorded: true, line: null });
    expect(house.card.open(id)).toEqual([]);
    expect(log.slice(-4)).toEqual(['submit', 'close', 'release', 'resume']);
    const [attempt] = await house.database.sql`select state, channel from payment_attempts
      where id in (select attempt_id from payment_sessions)`;
    expect(attempt).toEqual({ state: 'succeeded', channel: 'moto' });
    expect(await house.read(id)).toMatchObject({ recording: 'resumed', secured: null, captureId: null });
    expect((await house.eventsOf(id)).slice(-2)).toEqual(['completed', 'recording_resumed']);
    expect(link).toMatch(/^plink_/);
  });

  test('without a recording to be turned off, where the provider says that there is none', async () => {
    const { id, call } = await begin(house);
    call.recorded = null;
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect((await house.read(id)).recording).toBe('unavailable');
    unwrap(await cancelSession(house.desk('owner'), id));
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ recording: 'unavailable', secured: null });
  });

  test('by a worker as far as it can, which cannot ask the card process', async () => {
    const { id, log } = await begin(house);
    const worker = house.as('system');
    expect(unwrap(await watchSession(worker, id))).toEqual({ state: 'securing', step: 'open' });
    expect(log).not.toContain('open');
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
  });

  test('only once the notification came, where the answer is a promise', async () => {
    const { id, call, log } = await begin(house);
    call.trouble.set('suspend', 'by_event');
    expect(await house.drive(id)).toEqual({ state: 'securing', step: 'suspend' });
    expect(log).not.toContain('open');
    await house.news(call, 'recording.suspended');
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
  });
});

describe('no digit is asked for, and the call is put back,', () => {
  test.each<[Trouble, string]>([
    ['refused', 'recording_refused'],
    ['pending', 'recording_not_confirmed'],
    ['down', 'recording_not_confirmed'],
    ['lost', 'recording_not_confirmed'],
    ['late', 'recording_not_confirmed'],
  ])('where turning the recording off is %s', async (trouble, reason) => {
    const { id, call, log } = await begin(house);
    call.trouble.set('suspend', trouble);
    await house.drive(id);
    await house.pass(id, 21);
    call.settle();
    await house.drive(id);
    await house.pass(id, 7);
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ state: 'failed', reason, recording: 'resumed' });
    expect(log).not.toContain('open');
    expect(call).toMatchObject({ recorded: true, line: null });
  });

  test.each<[Trouble, string]>([
    ['refused', 'secure_refused'],
    ['down', 'telephony_unavailable'],
    ['lost', 'telephony_unavailable'],
  ])('where masking is %s', async (trouble, reason) => {
    const { id, call, log } = await begin(house);
    call.trouble.set('secure', trouble);
    await house.drive(id);
    await house.pass(id, 21);
    await house.drive(id);
    await house.pass(id, 7);
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ state: 'failed', reason, recording: 'resumed' });
    expect(log.some((act) => act.startsWith('field'))).toBe(false);
    expect(call).toMatchObject({ recorded: true, line: null });
    await house.card.beat(id);
    expect(house.card.open(id)).toEqual([]);
  });

  test('where no card process answers', async () => {
    const { id, call } = await begin(house);
    house.card.trouble.set(id, 'down');
    expect(await house.drive(id)).toEqual({ state: 'securing', step: 'open' });
    await house.pass(id, 21);
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ state: 'failed', recording: 'resumed' });
    expect(call.recorded).toBe(true);
  });
});

test('a second process that asks for masking later does not unmask what the first has secured', async () => {
  const { id, call } = await begin(house);
  const [reached, held] = [gate(), gate()];
  let asked = 0;
  call.before = async (act) => {
    if (act !== 'secure' || ++asked > 1) return;
    reached.open();
    await held.passed;
  };
  const slow = house.drive(id);
  await reached.passed;
  expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
  held.open();
  await slow;
  expect((await house.read(id)).state).toBe('capturing');
  expect(call.line).toBe(house.card.newest(id).callback);
});

test('what was asked before the end and is done after it is undone: the mask, and the recording', async () => {
  for (const act of ['suspend', 'secure'] as const) {
    const { id, call } = await begin(house);
    for (const trouble of ['down', 'late'] as const) {
      call.trouble.set(act, trouble);
      await house.drive(id);
      await house.pass(id, 8);
    }
    call.trouble.clear();
    unwrap(await cancelSession(house.desk('owner'), id));
    await house.drive(id);
    call.settle();
    for (let n = 0; n < 4; n++) {
      await house.pass(id, 3);
      await house.drive(id);
    }
    expect([act, call.recorded, call.line]).toEqual([act, true, null]);
    expect(await house.read(id)).toMatchObject({ recording: 'resumed', captureId: null });
  }
});

test('several portals at once bring a session as far as one does', async () => {
  const { id, call, log } = await begin(house);
  await Promise.all([1, 2, 3, 4].map(() => house.drive(id)));
  expect((await house.read(id)).state).toBe('capturing');
  expect(log.filter((act) => act.startsWith('field'))).toEqual(['field card_number']);
  expect(call.line).toBe(house.card.newest(id).callback);
  expect((await keyed(house)).capture.isOpen).toBe(true);
});
