import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { idFromUuid, uuidFromId } from '@/core/ids';
import { setClock } from '@/db/testing';
import { authorize, charge as chargeBody } from '@/sandbox/testing';
import {
  APPROVED,
  books,
  captureLater,
  control,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  paidLink,
  pay,
  submit,
  truth,
  unwrap,
  work,
  workUntil,
} from '../gateways/testing';
import { newId } from '../ids';
import { recordAttemptResult, resolveAttempt, startPaymentAttempt } from '../payment-attempts';
import {
  applyNotification,
  ignoreNotification,
  listQuarantine,
  reapplyNotification,
  receiveNotification,
} from '.';
import { alertsOf, apply, isSettled, notesOf, paymentData, say, told } from './testing';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

describe('payments', () => {
  test('a notification before the API answer pays the link; the answer after it changes nothing', async () => {
    const link = await issue(house);
    const { attempt, send, record } = await submit(house, link);
    const answer = await send();
    await told(house, attempt, 'payment.captured');
    await work(house);
    expect(await books(house, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
    expect(unwrap(await record(answer))).toMatchObject({ state: 'succeeded' });
    expect(await books(house, link)).toMatchObject({ ledger: ['payment 1240'] });
  });

  test('an answer that never came is told by the notification', async () => {
    const link = await issue(house);
    const { attempt, state } = await pay(house, link, { number: '4000000000000341' });
    expect(state).toBe('unknown');
    await told(house, attempt, 'payment.captured');
    await work(house);
    expect((await historyOf(house, link)).link.status).toBe('paid');
    expect((await historyOf(house, link)).events.map(({ type }) => type)).toContain(
      'payment_attempt.resolved',
    );
  });

  test('old news of a hold that was voided is read against the gateway and opens nothing', async () => {
    const own = await moneyHouse();
    try {
      await captureLater(own);
      own.switches.hold = true;
      const link = await issue(own);
      const { attempt } = await pay(own, link);
      await control(own, 'POST', 'gateway/void', { reference: attempt });
      unwrap(await resolveAttempt(own.as('system'), attempt));
      await expect.poll(() => own.inbound.length).toBeGreaterThan(1);
      own.switches.hold = false;
      for (const message of [...own.inbound].reverse())
        await receiveNotification(own.services, 'req_test', message);
      await work(own);
      expect((await notesOf(own, attempt)).map(({ state }) => state)).toEqual(['applied', 'applied']);
      expect(await books(own, link)).toMatchObject({
        link: { status: 'active' },
        attempts: [{ state: 'voided' }],
      });
      expect(await alertsOf(own, attempt)).toEqual([]);
    } finally {
      await own.close();
    }
  });

  test('late money after the attempt was closed is taken when nothing else has paid', async () => {
    const link = await issue(house);
    const { attempt, send, record } = await submit(house, link);
    unwrap(await record({ kind: 'failed', reason: 'not_sent' }));
    expect((await books(house, link)).attempts).toMatchObject([{ state: 'abandoned' }]);
    await send();
    await told(house, attempt, 'payment.captured');
    await work(house);
    expect(await books(house, link)).toMatchObject({
      link: { status: 'paid', capturedMinor: 1240 },
      attempts: [{ state: 'succeeded' }],
      ledger: ['payment 1240'],
    });
  });

  test('late money for which the debt has no room goes back once, outside the ledger, and the alert says so', async () => {
    const link = await issue(house);
    const late = await submit(house, link);
    unwrap(await late.record({ kind: 'failed', reason: 'not_sent' }));
    await setClock(house.services.db, 5);
    await pay(house, link);
    await late.send();
    await told(house, late.attempt, 'payment.captured');
    await workUntil(house, async () => (await truth(house, late.attempt)).length === 2);
    expect(await truth(house, late.attempt)).toEqual(['payment captured 1240', 'refund succeeded 1240']);
    await told(house, late.attempt, 'refund.succeeded');
    await workUntil(house, () => isSettled(house, late.attempt));
    expect(await truth(house, late.attempt)).toHaveLength(2);
    expect(await books(house, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
    const [alert] = await house.database.sql`select message from alerts where subject = ${late.attempt}`;
    expect(alert?.message).toContain('It was given back.');
  });
});

describe('what cannot be is set aside, and an operator is told', () => {
  test('money on an attempt that was never submitted: quarantined, and what is held is voided', async () => {
    const link = await issue(house);
    const { attempt } = unwrap(await startPaymentAttempt(house.as('payer'), link));
    const body = chargeBody(APPROVED, {
      reference: attempt,
      paymentLink: link,
      account: house.profile,
      capture: false,
    });
    expect((await authorize(house.box.call, body)).body.status).toBe('authorized');
    await told(house, attempt, 'payment.authorized');
    await work(house);
    expect((await notesOf(house, attempt))[0]).toMatchObject({ state: 'quarantined' });
    expect(await truth(house, attempt)).toEqual(['payment voided 1240', 'void succeeded 1240']);
    expect(await alertsOf(house, attempt)).toEqual(['mismatch']);
    expect((await books(house, link)).link.status).toBe('active');
  });

  test('money on a declined attempt: quarantined; a hold is voided by reference', async () => {
    const link = await issue(house);
    const { attempt, state } = await pay(house, link, { number: '4000000000000002' });
    expect(state).toBe('declined');
    const body = chargeBody(APPROVED, {
      reference: attempt,
      paymentLink: link,
      account: house.profile,
      capture: false,
    });
    await authorize(house.box.call, body, `${attempt}-other`);
    await told(house, attempt, 'payment.authorized');
    await workUntil(house, async () => (await truth(house, attempt)).includes('void succeeded 1240'));
    expect((await notesOf(house, attempt)).find(({ type }) => type === 'payment.authorized')).toMatchObject({
      state: 'quarantined',
      reason: 'there is money on a try that was declined',
    });
    expect(await alertsOf(house, attempt)).toEqual(['mismatch']);
    expect(await books(house, link)).toMatchObject({ attempts: [{ state: 'declined' }], ledger: [] });
  });

  test('another amount, held: quarantined on every way, voided by reference, and the link is free', async () => {
    const own = await moneyHouse();
    try {
      await captureLater(own);
      const link = await issue(own);
      await control(own, 'POST', 'gateway/tamper', { paymentLink: link, amountMinor: 1 });
      const { attempt, state } = await pay(own, link);
      expect(state).toBe('unknown');
      expect(await alertsOf(own, attempt)).toEqual(['mismatch']);
      await told(own, attempt, 'payment.authorized');
      await workUntil(own, async () => (await books(own, link)).link.status === 'active');
      expect(await truth(own, attempt)).toEqual(['payment voided 1240', 'void succeeded 1240']);
      expect((await books(own, link)).attempts).toMatchObject([{ state: 'voided' }]);
      const held = unwrap(await listQuarantine(own.as('viewer'))).data.map(({ type }) => type);
      expect(held).toEqual(expect.arrayContaining(['answer.charge', 'payment.authorized']));
    } finally {
      await own.close();
    }
  });

  test('another amount, captured: the attempt stays open until the truth is told; applied again, it pays', async () => {
    const link = await issue(house);
    await control(house, 'POST', 'gateway/tamper', { paymentLink: link, currency: 'EUR' });
    const { attempt } = await pay(house, link);
    await told(house, attempt, 'payment.captured');
    await work(house, { hurry: true });
    expect(await books(house, link)).toMatchObject({
      link: { status: 'processing' },
      attempts: [{ state: 'unknown' }],
      ledger: [],
    });
    const quarantine = unwrap(await listQuarantine(house.as('owner'), { limit: 100 })).data;
    const mine = quarantine.filter(({ paymentAttempt }) => paymentAttempt === attempt);
    expect(mine.map(({ type }) => type).sort()).toEqual(['answer.charge', 'answer.read', 'payment.captured']);
    await control(house, 'POST', 'gateway/tamper', { paymentLink: link });
    const answer = mine.find(({ type }) => type === 'answer.read');
    unwrap(await reapplyNotification(house.as('admin'), { profile: answer?.profile, id: answer?.id }));
    await work(house);
    expect(await books(house, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
  });

  test('a payment that was taken is said to have failed; a notification in no shape; for another profile', async () => {
    const { attempt } = await paidLink(house);
    expect(await apply(house, await say(house, 'payment.failed', paymentData(attempt, 'failed')))).toBe(
      'quarantined',
    );
    expect(await apply(house, await say(house, 'payment.captured', { nonsense: true }))).toBe('quarantined');
    expect(await apply(house, await say(house, 'payout.created', {}))).toBe('ignored');
    const id = newId('profile');
    await house.database.sql`insert into payment_profiles (merchant_id, id, name, gateway_account_id)
      select merchant_id, ${uuidFromId('profile', id)}, 'second', gateway_account_id
      from payment_profiles where id = ${uuidFromId('profile', house.profile)}`;
    const other = await issue(house);
    const open = await submit(house, other);
    await house.database
      .sql`update payment_links set profile_id = ${uuidFromId('profile', id)} where id = ${uuidFromId('paymentLink', other)}`;
    const note = await say(house, 'payment.captured', paymentData(open.attempt, 'captured'));
    expect(await apply(house, note)).toBe('quarantined');
  });

  test('what speaks of something not here waits, and after a day it is quarantined', async () => {
    const stranger = newId('paymentAttempt');
    const id = await say(house, 'payment.captured', paymentData(stranger, 'captured'));
    expect(await apply(house, id)).toBe('waiting');
    await setClock(house.services.db, 24 * 3600 + 60);
    expect(await apply(house, id)).toBe('quarantined');
    expect(await alertsOf(house, stranger)).toEqual(['mismatch']);
  });

  test('an attempt of another merchant is not here, whatever its own gateway says', async () => {
    const link = await issue(house);
    const { attempt } = await submit(house, link);
    const [row] = await house.database
      .sql`select id from payment_profiles where merchant_id = ${house.stranger.merchantId}`;
    const profile = idFromUuid('profile', row?.id);
    const id = await say(house, 'payment.captured', paymentData(attempt, 'captured'), profile);
    const { merchantId } = house.stranger;
    const key = { merchantId, profileId: profile, gatewayId: id };
    expect(unwrap(await applyNotification(house.stranger, key))).toBe('waiting');
    expect((await books(house, link)).link.status).toBe('processing');
  });
});

describe('the quarantine', () => {
  test('is read by owner, admin and viewer and decided by owner and admin; of one merchant only', async () => {
    const { link, attempt } = await paidLink(house);
    const id = await say(house, 'payment.failed', paymentData(attempt, 'failed'));
    await apply(house, id);
    const name = { profile: house.profile, id, reason: 'Compared with the gateway.' };
    expect(await listQuarantine(house.as('agent'))).toMatchObject({ error: { code: 'forbidden' } });
    for (const verb of [ignoreNotification, reapplyNotification]) {
      expect(await verb(house.as('viewer'), name)).toMatchObject({ error: { code: 'forbidden' } });
      expect(await verb(house.as('api', ['reconciliation:read']), name)).toMatchObject({
        error: { code: 'forbidden' },
      });
      expect(await verb(house.stranger, name)).toMatchObject({ error: { code: 'not_found' } });
      expect(await verb(house.as('owner'), { ...name, id: 'none' })).toMatchObject({
        error: { code: 'not_found' },
      });
      expect(await verb(house.as('owner'), { ...name, more: 1 })).toMatchObject({
        error: { code: 'invalid' },
      });
    }
    expect(unwrap(await listQuarantine(house.stranger)).data).toEqual([]);
    const seen = unwrap(await listQuarantine(house.as('viewer'), { limit: 100 })).data.find(
      (one) => one.id === id,
    );
    expect(seen).toMatchObject({ paymentLink: link, asked: { amountMinor: 1240, currency: 'GBP' } });
    const silent = { profile: house.profile, id };
    expect(await ignoreNotification(house.as('owner'), silent)).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'reason' }] },
    });
    expect(unwrap(await reapplyNotification(house.as('admin'), name))).toMatchObject({ state: 'received' });
    expect(await apply(house, id)).toBe('quarantined');
    expect(unwrap(await ignoreNotification(house.as('owner'), name))).toMatchObject({ state: 'ignored' });
    expect(await ignoreNotification(house.as('owner'), name)).toMatchObject({ error: { code: 'conflict' } });
    const [noted] = await house.database.sql`select data from audit_entries
      where action = 'gateway_notification.ignore' and subject = ${id}`;
    expect(noted?.data).toMatchObject({ reason: name.reason });
    expect(await apply(house, id)).toBe('ignored');
  });
});

test('the card process tells of a mismatch once; told twice it is set aside once', async () => {
  const link = await issue(house);
  const { attempt } = await submit(house, link);
  const call = { attempt, amountMinor: 1240, currency: 'GBP' };
  for (let i = 0; i < 2; i++)
    await recordAttemptResult(house.as('payer'), {
      ...call,
      result: { kind: 'unknown', reason: 'mismatch' },
    });
  expect((await notesOf(house, attempt)).map(({ type }) => type)).toEqual(['answer.charge']);
  expect(await alertsOf(house, attempt)).toEqual(['mismatch']);
});
