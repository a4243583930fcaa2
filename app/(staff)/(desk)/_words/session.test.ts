import { expect, test } from 'vitest';
import {
  FIELD_ERRORS,
  RECORDING_STATES,
  SESSION_ENDS,
  SESSION_FIELDS,
  SESSION_STATES,
} from '@/core/payment-session';
import { attemptOf, deskOf } from '../agent/_desk/testing';
import { fieldWords, lineWords, recordingWords, sayNow, sessionWords } from './session';
import { nextAct } from './session-board';
import { resultOf } from './session-result';
import { hintOf, linkSteps, otherChannel, sayLink } from './session-steps';

test('every state of a session, a field, a recording has words of its own', () => {
  for (const kind of ['digital', 'agent_assist'] as const)
    for (const state of SESSION_STATES) expect(sessionWords({ kind, state })[0]).toMatch(/\w/);
  for (const field of SESSION_FIELDS)
    for (const error of FIELD_ERRORS)
      expect(fieldWords(field, { state: 'error', digits: 3, error })[0]).toMatch(/\w/);
  const recordings = RECORDING_STATES.map(
    (recording) => recordingWords({ recording, state: 'succeeded', reason: null })[0],
  );
  expect(new Set(recordings).size).toBe(RECORDING_STATES.length);
});

test('a field tells how many digits, and only while they are keyed', () => {
  expect(fieldWords('card_number', { state: 'capturing', digits: 1, error: null })[0]).toBe('1 digit keyed');
  expect(fieldWords('card_number', { state: 'capturing', digits: 12, error: null })[0]).toBe(
    '12 digits keyed',
  );
  expect(fieldWords('security_code', { state: 'captured', digits: 3, error: null })[0]).toBe('Complete');
});

test('before the recording is confirmed to be off the agent asks the caller not to say or key anything', () => {
  const { say } = sayNow(deskOf({ session: { state: 'securing', recording: 'suspending' } }).session);
  expect(say).toContain('do not say or key');
});

test('the caller is asked for the field that is active; after a wrong one the agent has to ask first', () => {
  const expiry = deskOf({ session: { activeField: 'expiry' } });
  expect(sayNow(expiry.session).say).toContain('expiry date');
  const wrong = deskOf({
    session: { activeField: null },
    fields: { card_number: { state: 'captured' }, expiry: { state: 'error', error: 'date' } },
  });
  expect(sayNow(wrong.session).know).toMatch(/^Expiry date: press “Ask again” first/);
});

test('what an agent knows of the line follows from how it was secured, and ends with the capture', () => {
  expect(lineWords(deskOf().session)).toMatchObject({
    locked: true,
    text: expect.stringContaining('masked'),
  });
  const leg = deskOf({ session: { secured: 'secured_leg' } }).session;
  expect(lineWords(leg).text).toContain('secured line');
  expect(lineWords(deskOf({ session: { secured: null } }).session).locked).toBe(false);
  expect(lineWords(deskOf({ session: { state: 'declined' } }).session).locked).toBe(false);
  const end = { state: 'agent_hangup', recording: 'resumed' } as const;
  for (const [reason, line, recording] of [
    ['agent_hung_up', 'The call is over', 'The recording ended with the call'],
    ['handed_over', 'The call is as before', 'Recording is on again'],
  ] as const) {
    expect(lineWords(deskOf({ session: { ...end, reason } }).session).text).toBe(line);
    expect(recordingWords({ ...end, reason })[0]).toBe(recording);
  }
});

test('every end has a result to read out, and nothing but an end or an unknown outcome has', () => {
  for (const state of SESSION_ENDS) {
    const result = resultOf(deskOf({ session: { state } }));
    expect(result?.title).toMatch(/\w/);
    const isAlone = state === 'customer_hangup' || state === 'agent_hangup';
    if (isAlone) expect(result?.say).toBeNull();
    else expect(result?.say).toMatch(/\w/);
  }
  for (const state of ['created', 'connecting', 'securing', 'capturing', 'ready', 'submitting'] as const)
    expect(resultOf(deskOf({ session: { state } }))).toBeNull();
});

test('a payment is read out with its amount, its card and its reference; its receipt stands below', () => {
  const result = resultOf(
    deskOf({ session: { state: 'succeeded' }, history: { attempts: [attemptOf({})] } }),
  );
  expect(result?.say).toBe('Thank you. £12.40 is paid with your Visa ending in 4242. Your reference is R-1.');
  expect(result?.know).toMatch(/^Receipt number \S/);
});

test('held money is not called paid', () => {
  const attempts = [attemptOf({ state: 'authorized' })];
  const result = resultOf(deskOf({ session: { state: 'succeeded' }, history: { attempts } }));
  expect(result?.title).toBe('£12.40 is held');
  expect(result?.say).toContain('set aside');
});

test('while the outcome is not known nobody asks again, on whichever rail', () => {
  for (const kind of ['digital', 'agent_assist'] as const) {
    const attempts = [attemptOf({ state: 'unknown' })];
    const result = resultOf(deskOf({ session: { kind, state: 'submitting' }, history: { attempts } }));
    expect(result?.title).toContain('Do not ask for payment again');
    expect(result?.say).toContain('do not pay again');
  }
});

test('a decline is told with its reason and what to say', () => {
  const attempts = [attemptOf({ state: 'declined', declineCode: 'insufficient_funds' })];
  const result = resultOf(
    deskOf({ session: { state: 'declined', reason: 'insufficient_funds' }, history: { attempts } }),
  );
  expect(result?.title).toBe('Declined: not enough money or limit on the card');
  expect(result?.say).toContain('Please try another card.');
});

test('after a hang-up the link is what comes next', () => {
  const result = resultOf(deskOf({ session: { state: 'customer_hangup', reason: 'customer_hung_up' } }));
  expect(result?.know).toContain('Send the link now');
});

const digital = { kind: 'digital', state: 'created', recording: null, secured: null } as const;
const states = (desk: ReturnType<typeof deskOf>) => linkSteps(desk).map(({ state }) => state);

test('a link goes its way step by step, and a step that was passed without a word is not waited for', () => {
  expect(states(deskOf({ session: digital }))).toEqual(['todo', 'todo', 'todo', 'todo', 'todo', 'todo']);
  const sent = [{ channel: 'sms', state: 'sent' }];
  expect(states(deskOf({ session: digital, messages: sent })).slice(0, 3)).toEqual(['done', 'now', 'todo']);
  const opened = { openedAt: '2026-11-24T14:01:00.000Z' };
  const seen = deskOf({ session: { ...digital, state: 'capturing' }, link: opened, messages: [] });
  expect(states(seen).slice(0, 3)).toEqual(['skipped', 'skipped', 'done']);
  const paid = deskOf({
    session: { ...digital, state: 'succeeded' },
    link: opened,
    messages: sent,
    history: { attempts: [attemptOf({ channel: 'ecommerce' })] },
  });
  expect(states(paid).slice(2)).toEqual(['done', 'done', 'done', 'done']);
});

test('a card that was declined on the keypad is not told as one of the page', () => {
  const attempts = [attemptOf({ state: 'declined', declineCode: 'do_not_honor' })];
  const after = (channel: 'moto' | 'ecommerce') => {
    const tries = attempts.map((one) => ({ ...one, channel }));
    return linkSteps(
      deskOf({ session: { ...digital, state: 'capturing' }, history: { attempts: tries } }),
    )[3];
  };
  expect(after('moto')?.state).toBe('todo');
  expect(after('ecommerce')).toMatchObject({
    state: 'bad',
    text: expect.stringContaining('They can try again'),
  });
});

test('a message that did not arrive is told as a problem, and only an address of the other kind is asked for', () => {
  const messages = [{ channel: 'sms', state: 'undelivered', reason: 'no such number' }];
  const desk = deskOf({ session: digital, messages });
  expect(linkSteps(desk)[1]).toMatchObject({ state: 'bad', text: 'Did not arrive: no such number' });
  expect(otherChannel(desk)).toBe('email');
  expect(sayLink(desk)).toContain('Is there an e-mail address');
  const customer = { ...desk.history.link.customer, email: 'ada@example.com' };
  const both = deskOf({ session: digital, messages, link: { customer } });
  expect(otherChannel(both)).toBeNull();
  expect(sayLink(both)).toContain('begin anew');
  expect(
    otherChannel(deskOf({ session: digital, messages: [{ channel: 'sms', state: 'sent' }] })),
  ).toBeNull();
});

test('a canceled payment says that the link is dead only where one was sent', () => {
  const session = { state: 'canceled' } as const;
  expect(resultOf(deskOf({ session }))?.say).toBe('The payment is canceled. Nothing was charged.');
  const messages = [{ channel: 'sms', state: 'sent' }];
  expect(resultOf(deskOf({ session, messages }))?.say).toContain('the link no longer works');
});

test('a page inside an app gets its hint, and the two words are said before the customer opens it', () => {
  const progress = {
    form: { number: 'typing', expiry: 'empty', security_code: 'empty', name: 'empty' },
    inApp: 'instagram',
  } as const;
  expect(hintOf(deskOf({ session: { ...digital, state: 'capturing', progress } }))).toContain('Instagram');
  expect(hintOf(deskOf({ session: digital }))).toBeNull();
  expect(sayLink(deskOf({ session: digital }))).toContain('calm river');
});

test('each payment on the board names what comes next', () => {
  const { session, history } = deskOf();
  const row = (state: typeof session.state, more: object = {}) =>
    nextAct({
      session: { ...session, state },
      link: { ...history.link, underWay: null, refundingMinor: 0, asksAnew: false, ...more },
    });
  expect(row('ready').label).toBe('Take the payment');
  expect(row('customer_hangup').label).toBe('Go on');
  expect(row('succeeded', { status: 'paid' }).label).toBe('Result');
  expect(row('timed_out', { status: 'expired' })).toEqual({ label: 'Issue anew', at: 'link' });
});
