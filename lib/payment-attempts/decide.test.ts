import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import { alertsOf, notesOf } from '../gateway-notifications/testing';
import {
  books,
  control,
  fault,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  pay,
  submit,
  truth,
  unwrap,
  work,
} from '../gateways/testing';
import { decideAttempt, resolveAttempt } from '.';

const DAY = 86_400;
const LOST = '4000000000000341';
let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const CHARGED = {
  decision: 'charged',
  reason: 'It stands in their dashboard as captured.',
  gatewayReference: 'gw_dash_1',
};
const NOT_CHARGED = { decision: 'not_charged', reason: 'It is not in their dashboard.' };
const WORD = { ...NOT_CHARGED, gatewayWord: 'Their support wrote on 24 November, case 4711.' };
const decide = (attempt: string, input: object, ctx: Ctx = house.as('owner')) =>
  decideAttempt(ctx, attempt, input);

/** The gateway cannot be reached for these operations, until the returned function is called. */
async function away(attempt: string, ...operations: string[]) {
  const made: unknown[] = [];
  for (const one of operations) made.push((await fault(house, one, 'refuse', attempt, { times: 100 })).id);
  return async () => {
    for (const id of made) await control(house, 'DELETE', `faults/${id}`);
  };
}
/** A payment whose answer was lost and which the gateway took, two days later, with an alert. */
async function lost() {
  house.switches.keep = true;
  const link = await issue(house);
  const { attempt } = await pay(house, link, { number: LOST });
  const back = await away(attempt, 'read', 'void_by_reference');
  await setClock(house.services.db, 2 * DAY);
  await resolveAttempt(house.as('system'), attempt);
  expect(await alertsOf(house, attempt)).toEqual(['unknown_attempt']);
  return { link, attempt, back };
}
/** A payment that never reached the gateway, two days later. */
async function neverSent() {
  const link = await issue(house);
  const { attempt, send } = await submit(house, link);
  await setClock(house.services.db, 2 * DAY);
  return { link, attempt, send };
}
const attemptOf = async (link: string, attempt: string) =>
  (await historyOf(house, link)).attempts.find(({ id }) => id === attempt);
const noted = async (attempt: string) => {
  const rows = await house.database
    .sql`select data from audit_entries where subject = ${attempt} and action = 'payment_attempt.decide'`;
  return rows.map((row) => row.data);
};
const typesOf = async (link: string) => (await historyOf(house, link)).events.map(({ type }) => type);

describe('who may decide, and when', () => {
  test('owners and admins with a fresh proof, of their own merchant; no machine, agent or viewer', async () => {
    const { attempt, back } = await lost();
    const unproved = (role: 'owner'): Ctx => ({
      ...house.as(role),
      actor: { kind: 'user', id: 'user_1', name: 'Test', role },
    });
    for (const ctx of [house.as('agent'), house.as('viewer'), house.as('api'), house.as('payer')])
      expect(await decide(attempt, CHARGED, ctx)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await decide(attempt, CHARGED, unproved('owner'))).toMatchObject({
      error: { code: 'step_up_required' },
    });
    expect(await decide(attempt, CHARGED, house.stranger)).toMatchObject({ error: { code: 'not_found' } });
    expect(await decide('nonsense', CHARGED)).toMatchObject({ error: { code: 'not_found' } });
    for (const [input, path] of [
      [{ ...CHARGED, gatewayReference: undefined }, 'gatewayReference'],
      [{ ...CHARGED, reason: '' }, 'reason'],
      [{ ...CHARGED, decision: 'maybe' }, 'decision'],
    ] as const)
      expect(await decide(attempt, input)).toMatchObject({ error: { code: 'invalid', errors: [{ path }] } });
    expect(await decide(attempt, { ...CHARGED, reason: `Card ${LOST}` })).toMatchObject({
      error: { code: 'card_number_refused' },
    });
    expect((await resolveAttempt(house.as('system'), attempt)).ok).toBe(true);
    expect(await noted(attempt)).toEqual([]);
    expect(unwrap(await decide(attempt, CHARGED, house.as('admin'))).by).toBe('person');
    await back();
  });

  test('not before a day is over, and not what is known', async () => {
    const link = await issue(house);
    const { attempt } = await pay(house, link, { number: LOST });
    const back = await away(attempt, 'read', 'void_by_reference');
    await setClock(house.services.db, DAY - 60);
    expect((await historyOf(house, link)).acts.settle.refusal).toBe('conflict');
    expect(await decide(attempt, CHARGED)).toMatchObject({ error: { code: 'conflict' } });
    await setClock(house.services.db, DAY + 60);
    expect((await historyOf(house, link)).acts.settle).toEqual({ refusal: null, permitted: true });
    unwrap(await decide(attempt, CHARGED));
    for (const again of [CHARGED, WORD])
      expect(await decide(attempt, again)).toMatchObject({ error: { code: 'conflict' } });
    await back();
  });

  test('the gateway is asked first, and what it tells counts instead', async () => {
    const { link, attempt, back } = await lost();
    await back();
    const decided = unwrap(await decide(attempt, WORD));
    expect(decided).toMatchObject({ by: 'gateway', attempt: { state: 'succeeded' } });
    expect(await books(house, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
    expect(await alertsOf(house, attempt)).toEqual([]);
    expect(await noted(attempt)).toEqual([]);
    expect(await attemptOf(link, attempt)).toMatchObject({ decidedAs: null });
  });
});

describe('charged', () => {
  test('the link is paid by it, once; the act is kept, the alert is put away, and the gateway confirms it later', async () => {
    const { link, attempt, back } = await lost();
    const both = await Promise.all([decide(attempt, CHARGED), decide(attempt, CHARGED, house.as('admin'))]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await books(house, link)).toMatchObject({
      link: { status: 'paid', capturedMinor: 1240 },
      ledger: ['payment 1240'],
    });
    expect(await alertsOf(house, attempt)).toEqual([]);
    expect(await noted(attempt)).toMatchObject([{ ...CHARGED, fence: null, gatewayWord: null }]);
    const types = await typesOf(link);
    for (const type of ['payment_attempt.succeeded', 'payment_attempt.resolved', 'payment_link.paid'])
      expect(types.filter((one) => one === type)).toHaveLength(1);
    expect(await attemptOf(link, attempt)).toMatchObject({
      gatewayReference: CHARGED.gatewayReference,
      decidedAs: 'charged',
      decisionTold: false,
    });
    await work(house, { hurry: true });
    expect(await attemptOf(link, attempt)).toMatchObject({ decisionTold: false });
    await back();
    await work(house, { hurry: true });
    expect(await attemptOf(link, attempt)).toMatchObject({ state: 'succeeded', decisionTold: true });
    expect(await alertsOf(house, attempt)).toEqual([]);
    expect(await books(house, link)).toMatchObject({ ledger: ['payment 1240'] });
  });

  test('where the gateway says later that it took nothing, that is set aside and people are told', async () => {
    const { link, attempt } = await neverSent();
    const back = await away(attempt, 'read', 'void_by_reference');
    unwrap(await decide(attempt, CHARGED));
    await back();
    await work(house, { hurry: true });
    expect(await alertsOf(house, attempt)).toEqual(['mismatch']);
    expect(await notesOf(house, attempt)).toMatchObject([{ type: 'answer.read', state: 'quarantined' }]);
    await work(house, { hurry: true });
    expect(await alertsOf(house, attempt)).toEqual(['mismatch']);
    expect(await attemptOf(link, attempt)).toMatchObject({ state: 'succeeded', decisionTold: false });
  });
});

describe('not charged', () => {
  test('while the gateway cannot be told to refuse it, its written word is needed; then the link can be paid again', async () => {
    const { link, attempt, back } = await lost();
    expect(await decide(attempt, NOT_CHARGED)).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'gatewayWord' }] },
    });
    expect((await books(house, link)).link.status).toBe('processing');
    expect(unwrap(await decide(attempt, WORD))).toMatchObject({ by: 'person', attempt: { state: 'failed' } });
    expect(await noted(attempt)).toMatchObject([{ ...WORD, fence: 'unreachable', gatewayReference: null }]);
    expect(await books(house, link)).toMatchObject({ ledger: [] });
    expect(await alertsOf(house, attempt)).toEqual([]);
    expect(await typesOf(link)).toContain('payment_attempt.failed');
    await back();
  });

  test('the gateway tells later that it took the money: it is entered, people are told, and nobody can pay again', async () => {
    const { link, attempt, back } = await lost();
    unwrap(await decide(attempt, WORD));
    await back();
    await work(house, { hurry: true });
    expect(await books(house, link)).toMatchObject({
      link: { status: 'paid', capturedMinor: 1240 },
      ledger: ['payment 1240'],
    });
    expect(await alertsOf(house, attempt)).toEqual(['decided_otherwise']);
    expect(await attemptOf(link, attempt)).toMatchObject({ state: 'succeeded', decisionTold: true });
  });

  test('and where the customer has paid again meanwhile, the first money goes back: one charge stays', async () => {
    house.switches.keep = true;
    const link = await issue(house);
    const { attempt } = await pay(house, link, { number: LOST });
    const back = await away(attempt, 'read', 'void_by_reference');
    await house.database
      .sql`update payment_attempts set submitted_at = submitted_at - interval '2 days' where id = ${uuidFromId('paymentAttempt', attempt)}`;
    unwrap(await decide(attempt, WORD));
    expect((await books(house, link)).link.status).toBe('active');
    const second = await pay(house, link);
    expect(second.state).toBe('succeeded');
    await back();
    for (let i = 0; i < 3; i++) await work(house, { hurry: true });
    expect(await alertsOf(house, attempt)).toEqual(['duplicate_charge']);
    expect((await truth(house, attempt)).some((line) => line.startsWith('refund'))).toBe(true);
    expect(await books(house, link)).toMatchObject({
      link: { status: 'paid', capturedMinor: 1240 },
      ledger: ['payment 1240'],
    });
  });

  test('behind the gateway’s refusal no word is needed, and the card can never be charged under it', async () => {
    const { link, attempt, send } = await neverSent();
    const back = await away(attempt, 'read');
    expect(unwrap(await decide(attempt, NOT_CHARGED)).by).toBe('person');
    expect(await noted(attempt)).toMatchObject([{ fence: 'fenced' }]);
    expect(await send()).toEqual({ kind: 'failed', reason: 'fenced' });
    expect(await truth(house, attempt)).toEqual([]);
    await back();
    await work(house, { hurry: true });
    expect(await attemptOf(link, attempt)).toMatchObject({ state: 'failed', decisionTold: true });
    const all = await listOpenAlerts(house.services.db, house.merchantId, 500);
    expect(all.filter(({ subject }) => subject === attempt)).toEqual([]);
  });

  test('while the gateway holds another amount nothing is decided; given back there, the gateway itself has told', async () => {
    const { link, attempt, back } = await lost();
    await house.database
      .sql`update payment_attempts set amount_minor = amount_minor - 1 where id = ${uuidFromId('paymentAttempt', attempt)}`;
    await back();
    for (const word of [CHARGED, WORD])
      expect(await decide(attempt, word)).toMatchObject({
        error: { code: 'conflict', message: expect.stringContaining('holds another amount') },
      });
    await control(house, 'POST', 'gateway/refund', { reference: attempt });
    expect(unwrap(await decide(attempt, WORD))).toMatchObject({
      by: 'gateway',
      attempt: { state: 'voided' },
    });
    expect((await books(house, link)).ledger).toEqual([]);
    expect(await noted(attempt)).toEqual([]);
  });

  test('what has brought money at the gateway while its reading fails is not decided away', async () => {
    const link = await issue(house);
    const { attempt } = await pay(house, link, { number: LOST });
    await setClock(house.services.db, 2 * DAY);
    const back = await away(attempt, 'read');
    expect(await decide(attempt, WORD)).toMatchObject({ error: { code: 'conflict' } });
    await back();
    await work(house, { hurry: true });
    expect(await books(house, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
  });
});
