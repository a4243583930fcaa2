import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SESSION_FIELDS } from '@/core/payment-session';
import { requestField, submitSession } from '.';
import { begin, CARDS, type CallHouse, callHouse, codeOf, keyed, submitted, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

const ask = (id: string, field: string) => requestField(house.desk('owner'), id, { field });
const statesOf = async (id: string) => {
  const { fields } = await house.read(id);
  return SESSION_FIELDS.map((field) => fields[field].state);
};

describe('what the card process tells', () => {
  test('of digits is shown, and what is captured leads to the next field until all are there', async () => {
    const { id, log } = await begin(house);
    await house.drive(id);
    const capture = house.card.newest(id);
    capture.fields.card_number = { state: 'capturing', digits: 7, error: null };
    await house.card.tell(capture);
    expect((await house.read(id)).fields.card_number).toEqual({ state: 'capturing', digits: 7, error: null });
    for (const next of ['expiry', 'security_code'] as const) {
      await house.card.key(capture);
      expect(await house.read(id)).toMatchObject({ activeField: next, pendingAct: 'field', brand: 'visa' });
      await house.drive(id);
      expect(log.at(-1)).toBe(`field ${next}`);
    }
    await house.card.key(capture);
    expect(await house.read(id)).toMatchObject({ state: 'ready', activeField: null, pendingAct: null });
    expect((await house.eventsOf(id)).slice(3)).toEqual([
      ...['field_requested', 'field_captured', 'field_requested', 'field_captured', 'field_requested'],
      ...['field_captured', 'ready'],
    ]);
  });

  test('late is ignored, and said twice it is told once', async () => {
    const { id, capture } = await keyed(house, 1);
    const before = await house.read(id);
    capture.fields.card_number = { state: 'error', digits: 0, error: 'check_digit' };
    expect(await house.card.tell(capture, { count: 1 })).toBe(true);
    expect((await house.read(id)).fields).toEqual(before.fields);
    capture.count = 50;
    capture.fields.card_number = { state: 'captured', digits: 16, error: null };
    await house.card.tell(capture);
    const events = await house.eventsOf(id);
    await house.card.tell(capture);
    expect(await house.eventsOf(id)).toEqual(events);
  });

  test('of a field that breaks the rules stops there, until it is asked again and keyed', async () => {
    const { id, capture } = await keyed(house, 1);
    await house.card.key(capture, 'timeout');
    expect(await statesOf(id)).toEqual(['captured', 'error', 'idle']);
    expect(await house.read(id)).toMatchObject({ state: 'capturing', activeField: null });
    unwrap(await ask(id, 'expiry'));
    await house.drive(id);
    await house.card.key(capture);
    await house.drive(id);
    await house.card.key(capture);
    expect(await house.read(id)).toMatchObject({ state: 'ready' });
    expect(await house.eventsOf(id)).toContain('field_error');
  });

  test('before it has heard of the field that was asked does not undo the question', async () => {
    const { id, capture } = await keyed(house, 3);
    unwrap(await ask(id, 'card_number'));
    await house.card.tell(capture);
    expect(await house.read(id)).toMatchObject({ state: 'capturing', pendingAct: 'field' });
    expect(await statesOf(id)).toEqual(['requested', 'captured', 'captured']);
    await house.drive(id);
    await house.card.key(capture);
    expect((await house.read(id)).state).toBe('ready');
  });

  test('about a capture that is no longer the session’s is answered with: wipe it', async () => {
    const { id, capture } = await keyed(house, 1);
    expect(await house.card.tell(capture, { capture: 'pcap_another' })).toBe(false);
    capture.isOpen = true;
    await house.pass(id, 400);
    await house.drive(id);
    capture.isOpen = true;
    expect(await house.card.tell(capture)).toBe(false);
  });
});

describe('the capture ends', () => {
  test.each([
    ['timed_out', 'timed_out', 'capture_timed_out'],
    ['stopping', 'failed', 'capture_lost'],
    ['closed', 'failed', 'capture_lost'],
  ] as const)('as %s: the session is %s', async (ended, state, reason) => {
    const { id, call, capture } = await keyed(house, 2);
    expect(await house.card.tell(capture, { ended })).toBe(false);
    await house.drive(id);
    expect(await house.read(id)).toMatchObject({ state, secured: 'masked' });
    await house.quiet(id);
    expect(await house.read(id)).toMatchObject({ state, reason, recording: 'resumed', secured: null });
    expect(await statesOf(id)).toEqual(['idle', 'idle', 'idle']);
    expect(call).toMatchObject({ recorded: true, line: null });
  });

  test('without a word: a process that was not heard of for its time has lost it, one that beats has not', async () => {
    const { id } = await keyed(house, 2);
    await house.pass(id, 10);
    await house.card.beat(id);
    await house.pass(id, 10);
    expect(await house.drive(id)).toMatchObject({ state: 'capturing' });
    await house.pass(id, 10);
    expect(await house.drive(id)).toMatchObject({ state: 'failed' });
    await house.quiet(id);
    expect(await house.read(id)).toMatchObject({ reason: 'capture_lost', recording: 'resumed' });
  });

  test('by a restart: who asks it is told that there is none', async () => {
    const { id } = await keyed(house, 2);
    house.card.die(id);
    unwrap(await ask(id, 'card_number'));
    expect(await house.drive(id)).toMatchObject({ state: 'failed' });
  });

  test('while a card is on its way: what becomes of the card counts', async () => {
    const { id, capture } = await submitted(house);
    await house.card.ask(capture, CARDS.approved);
    await house.card.tell(capture, { ended: 'stopping' });
    expect((await house.read(id)).state).toBe('submitting');
    await house.card.send(capture, CARDS.approved);
    await house.card.record(capture);
    expect(await house.read(id)).toMatchObject({ state: 'succeeded', reason: null });
  });

  test('before the card was sent: the attempt never will be, and the card form gets no right to', async () => {
    const { id, capture } = await submitted(house);
    await house.card.tell(capture, { ended: 'stopping' });
    expect(await house.read(id)).toMatchObject({ state: 'failed', reason: 'capture_lost' });
    expect(await house.card.ask(capture, CARDS.approved)).not.toBeNull();
  });
});

test('a submission that is refused ends the session, and says why', async () => {
  const { id, capture, link } = await submitted(house);
  const attempt = (await house.read(id)).attemptId ?? '';
  await house.card.tell(capture, { refused: { attempt, code: 'card_invalid' } });
  await house.drive(id);
  expect(await house.read(id)).toMatchObject({
    state: 'failed',
    reason: 'card_invalid',
    recording: 'resumed',
  });
  expect(codeOf(await submitSession(house.desk('owner'), id))).toBe('session_ended');
  expect(link).toMatch(/^plink_/);
});

test('a card that nobody sent in its time is taken back', async () => {
  const { id } = await submitted(house);
  await house.pass(id, 10);
  await house.card.beat(id);
  expect(await house.drive(id)).toMatchObject({ state: 'submitting' });
  await house.pass(id, 10);
  expect(await house.drive(id)).toMatchObject({ state: 'failed' });
  expect((await house.read(id)).reason).toBe('capture_lost');
});
