import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestField, switchSession } from '.';
import { receiveCallNews } from './news';
import { begin, type CallHouse, callHouse, codeOf, keyed, submitted } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

/** A session at each point of its way at which news may find it. */
const POINTS = {
  created: () => begin(house),
  securing: async () => {
    const one = await begin(house);
    one.call.trouble.set('suspend', 'pending');
    await house.drive(one.id);
    return one;
  },
  capturing: () => keyed(house, 1),
  ready: () => keyed(house, 3),
};

describe.each(Object.keys(POINTS) as (keyof typeof POINTS)[])('at %s', (point) => {
  test.each([
    ['customer', 'customer_hangup', 'customer_hung_up'],
    ['agent', 'agent_hangup', 'agent_hung_up'],
    ['unknown', 'customer_hangup', 'unknown_hung_up'],
  ])('a call that the %s ends ends the session as %s', async (endedBy, state, reason) => {
    const { id, call } = await POINTS[point]();
    call.isOver = true;
    await house.news(call, 'call.ended', { endedBy });
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ state, reason, secured: null, captureId: null });
    expect(['recording', 'resumed']).toContain((await house.read(id)).recording);
    expect(house.card.open(id)).toEqual([]);
    const events = await house.eventsOf(id);
    await house.news(call, 'call.ended', { endedBy });
    expect(await house.eventsOf(id)).toEqual(events);
  });

  test('a call that goes to another agent ends the session, and is put back', async () => {
    const { id, call } = await POINTS[point]();
    await house.news(call, 'call.handed_over');
    expect((await house.read(id)).endedAt).toBeNull();
    call.agent = 'another agent';
    await house.news(call, 'call.handed_over');
    await house.drive(id);
    await house.pass(id, 7);
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ state: 'agent_hangup', reason: 'handed_over' });
    expect(call).toMatchObject({ recorded: true, line: null });
    // The keypad is no longer this agent's to ask for.
    const again = await switchSession(house.desk('owner'), id, { kind: 'agent_assist' });
    expect(codeOf(again)).toBe('no_active_call');
  });
});

describe('a card that is on its way runs to its outcome', () => {
  test.each(['call.ended', 'call.handed_over', 'digits.lost', 'recording.resumed'])('at %s', async (type) => {
    const { id, call, capture } = await submitted(house);
    await house.card.ask(capture, '4242424242424242');
    call.isOver = type === 'call.ended';
    call.agent = 'another agent';
    await house.news(call, type, { endedBy: 'customer' });
    expect((await house.read(id)).state).toBe('submitting');
    await house.card.send(capture, '4242424242424242');
    await house.card.record(capture);
    expect(await house.drive(id)).toEqual({ state: 'succeeded', step: 'none' });
    expect((await house.read(id)).recording).toBe('resumed');
  });
});

test('digits that are lost end the capture, and what is still keyed is heard by nobody for five seconds', async () => {
  const { id, call } = await keyed(house, 1);
  await house.news(call, 'digits.lost');
  await house.drive(id);
  expect(await house.read(id)).toMatchObject({ state: 'failed', recording: 'suspended', secured: 'masked' });
  await house.quiet(id);
  expect(await house.read(id)).toMatchObject({
    state: 'failed',
    reason: 'digits_lost',
    recording: 'resumed',
  });
});

describe('a recording that somebody else turns on', () => {
  test.each([1, 3])(
    'wipes what was keyed (%i fields), and nothing is taken before it is off again',
    async (fields) => {
      const { id, call, log, capture } = await keyed(house, fields);
      call.recorded = true;
      await house.news(call, 'recording.resumed');
      expect(await house.read(id)).toMatchObject({
        state: 'securing',
        recording: 'suspending',
        captureId: null,
      });
      expect(codeOf(await requestField(house.desk('owner'), id, { field: 'expiry' }))).toBe(
        'session_not_ready',
      );
      expect(await house.card.tell(capture)).toBe(false);
      const before = log.length;
      expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
      expect(log.slice(before)).toEqual(['suspend', 'open', 'secure', 'field card_number']);
      expect(call).toMatchObject({ recorded: false, line: house.card.newest(id).callback });
    },
  );

  test('between its confirmation and the mask is turned off once more', async () => {
    const { id, call, log } = await begin(house);
    house.card.trouble.set(id, 'down');
    await house.drive(id);
    call.recorded = true;
    await house.news(call, 'recording.resumed');
    house.card.trouble.clear();
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    expect(log.filter((act) => act === 'suspend')).toHaveLength(2);
    expect(call.recorded).toBe(false);
  });
});

describe('a provider that confirms by notification', () => {
  test('is believed when it says that the recording is on again', async () => {
    const { id, call, capture } = await keyed(house, 1);
    call.trouble.set('resume', 'by_event');
    await house.card.tell(capture, { ended: 'timed_out' });
    await house.quiet(id);
    expect((await house.read(id)).recording).toBe('resuming');
    await house.news(call, 'recording.resumed');
    expect(await house.drive(id)).toEqual({ state: 'timed_out', step: 'none' });
    expect((await house.read(id)).recording).toBe('resumed');
    expect(await house.eventsOf(id)).toContain('recording_resumed');
  });

  test('and turns it off only after the end has it turned on again', async () => {
    const { id, call, capture } = await keyed(house, 1);
    await house.card.tell(capture, { ended: 'timed_out' });
    await house.quiet(id);
    expect((await house.read(id)).recording).toBe('resumed');
    call.recorded = false;
    await house.news(call, 'recording.suspended');
    expect((await house.read(id)).recording).toBe('resume_failed');
    const jobs = await house.database.sql`select 1 from graphile_worker.jobs where key = ${`session:${id}`}`;
    expect(jobs).toHaveLength(1);
    await house.drive(id);
    expect((await house.read(id)).recording).toBe('resumed');
    expect(call.recorded).toBe(true);
  });
});

test('what is not signed by the provider of the account is refused, and what is unknown changes nothing', async () => {
  const { id, call } = await keyed(house, 1);
  const { account, headers, body } = house.phone.news(house.account, call, 'call.ended');
  const post = (more: object) =>
    receiveCallNews(house.services, 'req', { ...{ account, headers, body }, ...more });
  expect(codeOf(await post({ account: 'tacc_none' }))).toBe('unauthenticated');
  expect(codeOf(await post({ body: `${body} ` }))).toBe('unauthenticated');
  expect(codeOf(await post({ headers: {} }))).toBe('unauthenticated');
  expect((await house.news(call, 'call.muted')).sessions).toEqual([]);
  expect((await house.read(id)).state).toBe('capturing');
});
