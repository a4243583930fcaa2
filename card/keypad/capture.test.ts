/** A capture from its opening to its end, over the wire, with a portal, a gateway and a telephone around it. */
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { allCaptured, idleFields } from '@/core/payment-session';
import { ATTEMPT, newKeys, PAN, paymentFor, signedTicket, startWorld, type World } from '../testing';
import { Line, until } from './testing';

const AGAIN = 'pay_01kav3v9kmf6vrgh5pj9s3q8ze';
const TIMES = { pauseMs: 1_500, wrongPauseMs: 5_000, beatMs: 2_000, gapMs: 20 };
let world: World;
let line: Line;

async function start(keypad: object = {}): Promise<void> {
  world = await startWorld({
    keypad: { ...TIMES, ...keypad },
    drain: { chargingMs: 2_000, reportingMs: 3_000 },
  });
  world.portal.grant = { channel: 'moto' };
  line = new Line(world);
  await line.open();
}
beforeEach(() => start());
afterEach(() => world.close());

const ended = (why: string) => until(() => line.newest?.ended === why, why);
const refused = () => until(() => line.newest?.refused, 'a refusal');

describe('a card is keyed', () => {
  test('field by field, each as it is asked; the agent learns counts, states and the brand', async () => {
    expect((await line.ask('card_number')).status).toBe(200);
    await line.told('card_number', ({ state }) => state === 'requested');
    await line.keys('4');
    await line.told('card_number', ({ state, digits }) => state === 'capturing' && digits === 1);
    expect(line.newest).toMatchObject({ active: 'card_number', brand: 'visa' });
    await line.keys(`${PAN.slice(1)}#`);
    await line.told('card_number', ({ state, digits }) => state === 'captured' && digits === 16);
    expect(line.newest?.active).toBeNull();
    await line.field('expiry', '1231');
    await line.field('security_code', '123');
    expect(line.newest && allCaptured(line.newest.fields)).toBe(true);
    const counts = line.reports.map(({ count }) => count);
    expect(counts).toEqual(counts.map((_, i) => i + 1));
  });

  test('a number that could go on ends with a pause, and not while it goes on', async () => {
    await world.close();
    await start({ pauseMs: 300 });
    await line.field('card_number', PAN);
    expect(line.newest?.fields.card_number).toMatchObject({ state: 'captured', digits: 16 });
    await line.ask('card_number');
    await line.keys('4242424242424242');
    await line.keys('0');
    await sleep(450);
    await line.told('card_number', ({ digits }) => digits === 17);
    expect(line.newest?.fields.card_number.state).toBe('capturing');
  });

  test('a wrong digit is told and asked again; digits in between go nowhere', async () => {
    const wrong = await line.field('card_number', '4242424242424241#');
    expect(wrong).toEqual({ state: 'error', digits: 0, error: 'check_digit' });
    await line.keys('5555');
    expect(await line.field('card_number', `${PAN}#`)).toMatchObject({ state: 'captured', digits: 16 });
  });

  test('a wrong number that is as long as its brand allows ends with a longer pause, as a wrong one', async () => {
    await world.close();
    await start({ pauseMs: 100, wrongPauseMs: 400 });
    await line.ask('card_number');
    await line.keys('4242424242424241');
    await sleep(200);
    expect(line.newest?.fields.card_number.state).toBe('capturing');
    const told = await line.told('card_number', ({ state }) => state === 'error');
    expect(told).toEqual({ state: 'error', digits: 0, error: 'check_digit' });
  });

  test('a field has its time, counted from when it was asked', async () => {
    await world.close();
    await start({ fieldMs: 600 });
    const asked = performance.now();
    await line.ask('expiry');
    await sleep(400);
    await line.keys('12*1');
    expect(await line.told('expiry', ({ state }) => state === 'error')).toEqual({
      state: 'error',
      digits: 0,
      error: 'timeout',
    });
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(line.newest?.active).toBeNull();
    await line.field('expiry', '1231');
    await line.ask('card_number');
    await sleep(400);
    await line.ask('security_code');
    await sleep(300);
    expect(line.newest).toMatchObject({ active: 'security_code', fields: { expiry: { state: 'captured' } } });
  });
});

describe('a card is submitted', () => {
  const approved = { reference: ATTEMPT, channel: 'moto', amountMinor: 1240 };

  test('as a telephone order, once, and nothing of it stays', async () => {
    await line.wholeCard();
    expect(await line.submit()).toEqual({ status: 202 });
    await until(() => world.portal.results.length === 1);
    const [sent] = world.gateway.requests;
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({
      ...approved,
      card: { number: PAN, expMonth: 12, expYear: 2031, csc: '123', name: 'Telephone order' },
    });
    expect(world.portal.results[0]).toMatchObject({ attempt: ATTEMPT, result: { kind: 'authorized' } });
    await line.told('card_number', ({ state }) => state === 'idle');
    expect(line.newest).toMatchObject({ fields: idleFields(), brand: null, refused: null, ended: null });
    expect(await line.submit()).toEqual({ status: 409, code: 'session_not_ready' });
    expect(world.gateway.requests).toHaveLength(1);
  });

  test('declined, the capture takes another card', async () => {
    world.gateway.respond = (response, body) =>
      response.end(JSON.stringify(paymentFor(body, { status: 'declined', declineCode: 'expired_card' })));
    await line.wholeCard();
    await line.submit();
    await until(() => world.portal.results[0]?.result.kind === 'declined');
    world.gateway.respond = (response, body) => response.end(JSON.stringify(paymentFor(body)));
    await line.wholeCard('5555555555554444');
    await line.submit(world.ticket({ channel: 'moto', attempt: AGAIN }));
    await until(() => world.portal.results[1]?.result.kind === 'authorized');
    expect(world.portal.submits.map(({ card }) => card.brand)).toEqual(['visa', 'mastercard']);
  });

  test('refused by the portal, it is told why and nothing was sent', async () => {
    world.portal.onSubmit = () => ({ status: 410, body: { code: 'link_expired', message: 'No.' } });
    await line.wholeCard();
    await line.submit();
    expect(await refused()).toEqual({ attempt: ATTEMPT, code: 'link_expired' });
    expect(line.newest).toMatchObject({ fields: idleFields(), ended: null });
    delete world.portal.onSubmit;
    await line.wholeCard();
    await line.submit(world.ticket({ channel: 'moto', attempt: AGAIN }));
    await until(() => world.portal.results.length === 1);
    await until(() => line.newest?.refused === null);
    expect(world.gateway.requests).toHaveLength(1);
  });

  test('without an answer of the portal nothing is sent', async () => {
    world.portal.onSubmit = () => null;
    await line.wholeCard();
    await line.submit();
    expect(await refused()).toEqual({ attempt: ATTEMPT, code: 'unavailable' });
    expect(world.gateway.requests).toHaveLength(0);
  });

  test.each([
    ['for the form', () => world.ticket()],
    ['of another signer', () => signedTicket(newKeys().privateKey, { channel: 'moto' })],
    ['for a page that is not ours', () => world.ticket({ channel: 'moto', parent: 'http://evil.example' })],
  ])('with a ticket %s it is refused', async (_name, ticket) => {
    await line.wholeCard();
    expect((await line.submit(ticket())).status).toBe(202);
    expect(await refused()).toEqual({ attempt: ATTEMPT, code: 'unauthenticated' });
    expect(world.portal.submits).toHaveLength(0);
    expect(line.newest?.fields).toEqual(idleFields());
  });
});

describe('a capture ends', () => {
  test('when the portal closes it', async () => {
    await line.field('card_number', `${PAN}#`);
    expect((await line.close()).status).toBe(200);
    await ended('closed');
    expect(line.newest).toMatchObject({ active: null, fields: idleFields(), brand: null });
    expect((await line.ask('expiry')).status).toBe(404);
  });

  test('when its time is over', async () => {
    await world.close();
    await start({ captureMs: 500 });
    await line.ask('expiry');
    await line.keys('12');
    await ended('timed_out');
    expect(line.newest?.fields).toEqual(idleFields());
    expect((await line.key('3')).status).toBe(404);
  });

  test.each([
    { status: 200, body: { keep: false } },
    { status: 404, body: { code: 'not_found', message: 'No.' } },
    { status: 409, body: { code: 'conflict', message: 'No.' } },
  ])('when the portal no longer wants it (%j), and is not told of again', async (reply) => {
    world.portal.onReport = () => reply;
    await line.ask('expiry');
    await until(async () => (await line.key('1')).status === 404);
    const told = line.reports.length;
    await sleep(60);
    expect(line.reports).toHaveLength(told);
  });

  test('when the process stops: it is wiped and told, and no other opens', async () => {
    await line.field('card_number', `${PAN}#`);
    await world.drain();
    expect(line.newest).toMatchObject({ ended: 'stopping', fields: idleFields() });
    await expect(line.open()).rejects.toThrow();
  });

  test('and an opening that was under way when the process stopped is refused', async () => {
    const source = { kind: 'sandbox', secret: 'x' };
    const { body, headers } = line.signed('open', { capture: 'other', session: 's', order: 1, source });
    const call = request(`${world.card.origin}/keypad/open`, { method: 'POST', headers, agent: false });
    call.write(body.slice(0, 10));
    await sleep(100);
    const drained = world.drain();
    call.end(body.slice(10));
    const [answer] = await once(call, 'response');
    expect(answer.statusCode).toBe(503);
    answer.resume();
    await drained;
  });

  test('but a card on its way arrives first', async () => {
    world.gateway.respond = (response, body) =>
      void setTimeout(() => response.end(JSON.stringify(paymentFor(body))), 200);
    await line.wholeCard();
    await line.submit();
    await until(() => world.gateway.requests.length === 1);
    const ends: unknown[] = [];
    world.portal.onResult = ({ attempt }) => {
      ends.push(line.newest?.ended);
      return { status: 200, body: { attempt, state: 'authorized' } };
    };
    await world.drain();
    expect(ends).toEqual([null]);
    expect(world.portal.results.map(({ result }) => result.kind)).toEqual(['authorized']);
    expect(line.newest).toMatchObject({ ended: 'stopping', refused: null });
  });
});

describe('a portal', () => {
  test('that does not answer is told at the next beat; a beat comes without a change too', async () => {
    await world.close();
    await start({ beatMs: 50 });
    world.portal.onReport = () => null;
    await line.ask('expiry');
    const before = line.reports.length;
    await until(() => line.reports.length > before + 2);
    world.portal.onReport = () => ({ status: 200, body: { keep: true } });
    await line.keys('12');
    await line.told('expiry', ({ digits }) => digits === 2);
    const settled = Number(line.newest?.count);
    await until(() => Number(line.newest?.count) > settled + 1);
  });

  test('that never answers is told of an end only so often', async () => {
    await world.close();
    await start({ beatMs: 20 });
    world.portal.onReport = () => null;
    await line.close();
    await ended('closed');
    await sleep(300);
    expect(line.reports.filter((report) => report.ended).length).toBeLessThanOrEqual(4);
  });
});

test('no buffer, log line or report keeps a digit of the card, whatever came of it', async () => {
  const spy = vi.spyOn(Buffer, 'alloc');
  try {
    await world.close();
    await start();
    await line.wholeCard();
    await line.submit();
    await until(() => world.portal.results.length === 1);
    await line.wholeCard();
    await line.close();
    await ended('closed');
    const made = spy.mock.results.map(({ value }) => value as Buffer);
    expect(made.filter(({ length }) => length === 19).length).toBeGreaterThan(1);
    expect(made.filter((buffer) => buffer.some((byte) => byte !== 0))).toEqual([]);
  } finally {
    spy.mockRestore();
  }
  expect(JSON.stringify(world.log)).not.toContain('424242');
  expect(JSON.stringify(world.portal.reports)).not.toMatch(/4242|1231|"123"/);
});
