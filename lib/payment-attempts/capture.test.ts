import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import {
  books,
  captureLater,
  control,
  fault,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  pay,
  truth,
  unwrap,
  work,
} from '../gateways/testing';
import { capturePayment, resolveAttempt, voidPayment } from '.';

const DAY_SECONDS = 86_400;
const clock = { offsetMs: 0 };
let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse(() => new Date(Date.now() + clock.offsetMs));
  await captureLater(house);
});
afterEach(async () => {
  clock.offsetMs = 0;
  await setClock(house.services.db, 0);
});
afterAll(() => house.close());

const owner = () => house.as('owner');
async function held() {
  const link = await issue(house);
  const { attempt, state } = await pay(house, link);
  expect(state).toBe('authorized');
  return { link, attempt };
}
const nextReadSeconds = async (attempt: string): Promise<number> => {
  const [job] = await house.database.sql`select extract(epoch from run_at - clock_timestamp())::float8 as left
    from graphile_worker.jobs where key = ${`resolve:${attempt}`}`;
  return Math.round(job?.left / 60) * 60;
};

describe('capture', () => {
  test('owner and admin take held money; agent, viewer, a client without the scope and another merchant do not', async () => {
    const { link, attempt } = await held();
    expect((await historyOf(house, link)).link.status).toBe('processing');
    for (const verb of [capturePayment, voidPayment]) {
      for (const refused of [house.as('agent'), house.as('viewer'), house.as('api', ['refunds:create'])])
        expect(await verb(refused, attempt)).toMatchObject({ error: { code: 'forbidden' } });
      expect(await verb(house.stranger, attempt)).toMatchObject({ error: { code: 'not_found' } });
      expect(await verb(owner(), 'pay_nonsense')).toMatchObject({ error: { code: 'not_found' } });
    }
    for (let i = 0; i < 2; i++)
      expect(unwrap(await capturePayment(house.as('admin'), attempt))).toMatchObject({ state: 'succeeded' });
    expect(await truth(house, attempt)).toEqual(['payment captured 1240', 'capture succeeded 1240']);
    expect(await books(house, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
    expect(await voidPayment(owner(), attempt)).toMatchObject({ error: { code: 'not_authorized' } });
  });

  test('what holds no money can neither be captured nor voided', async () => {
    const { attempt } = await pay(house, await issue(house), { number: '4000000000000002' });
    for (const verb of [capturePayment, voidPayment])
      expect(await verb(owner(), attempt)).toMatchObject({ error: { code: 'not_authorized' } });
  });

  test('a lost answer is read at once: captured once; not captured, it stays authorized and may be tried again', async () => {
    for (const [kind, state] of [
      ['reset_after', 'succeeded'],
      ['garble', 'succeeded'],
      ['reset_before', 'authorized'],
      ['refuse', 'authorized'],
    ] as const) {
      const { link, attempt } = await held();
      await fault(house, 'capture', kind, attempt);
      expect(unwrap(await capturePayment(owner(), attempt))).toMatchObject({ state });
      expect(unwrap(await capturePayment(owner(), attempt))).toMatchObject({ state: 'succeeded' });
      expect((await books(house, link)).ledger).toEqual(['payment 1240']);
    }
  });

  test('a gateway that cannot be read either leaves it authorized, and the job reads soon', async () => {
    const { link, attempt } = await held();
    await fault(house, 'capture', 'reset_after', attempt);
    await fault(house, 'read', 'refuse', attempt);
    expect(unwrap(await capturePayment(owner(), attempt))).toMatchObject({ state: 'authorized' });
    expect(await nextReadSeconds(attempt)).toBeLessThan(60);
    await work(house, { hurry: true });
    expect((await books(house, link)).link.status).toBe('paid');
  });

  test('capture and void at the same moment: the gateway decides, and both tell the same', async () => {
    const { link, attempt } = await held();
    await Promise.all([capturePayment(owner(), attempt), voidPayment(owner(), attempt)]);
    await work(house, { hurry: true });
    const [payment] = await truth(house, attempt);
    const paid = payment === 'payment captured 1240';
    expect(await books(house, link)).toMatchObject({
      link: { status: paid ? 'paid' : 'active' },
      attempts: [{ state: paid ? 'succeeded' : 'voided' }],
      ledger: paid ? ['payment 1240'] : [],
    });
  });
});

describe('a hold comes to an end', () => {
  test('voided it goes back, the link is free, and it is told', async () => {
    const { link, attempt } = await held();
    for (let i = 0; i < 2; i++)
      expect(unwrap(await voidPayment(owner(), attempt))).toMatchObject({ state: 'voided' });
    expect(await truth(house, attempt)).toEqual(['payment voided 1240', 'void succeeded 1240']);
    const { link: after, events } = await historyOf(house, link);
    expect(after.status).toBe('active');
    expect(events.map(({ type }) => type)).toContain('payment_attempt.abandoned');
    expect(await capturePayment(owner(), attempt)).toMatchObject({ error: { code: 'not_authorized' } });
  });

  test('a void whose answer is lost is done by the job', async () => {
    const { link, attempt } = await held();
    await fault(house, 'void_by_reference', 'reset_before', attempt);
    expect(unwrap(await voidPayment(owner(), attempt))).toMatchObject({ state: 'authorized' });
    await work(house, { hurry: true });
    expect((await books(house, link)).attempts).toMatchObject([{ state: 'voided' }]);
  });

  test('run out at the gateway, a capture finds it so: the attempt ends and the link is free', async () => {
    const { link, attempt } = await held();
    clock.offsetMs = 8 * DAY_SECONDS * 1000;
    expect(unwrap(await capturePayment(owner(), attempt))).toMatchObject({ state: 'failed' });
    expect(await books(house, link)).toMatchObject({ link: { status: 'active' }, ledger: [] });
  });

  test('nobody captures: the job reads every six hours, no oftener, until the gateway says that it is over', async () => {
    const { link, attempt } = await held();
    for (let i = 0; i < 3; i++) {
      expect(unwrap(await resolveAttempt(house.as('system'), attempt))).toBe('authorized');
      expect(await nextReadSeconds(attempt)).toBe(6 * 3600);
    }
    clock.offsetMs = 8 * DAY_SECONDS * 1000;
    expect(unwrap(await resolveAttempt(house.as('system'), attempt))).toBe('failed');
    expect((await books(house, link)).link.status).toBe('active');
  });

  test('a hold that the gateway never ends is voided after 31 days: no job follows it for ever', async () => {
    await control(house, 'PUT', 'settings', { holdDays: 24 });
    const { attempt } = await held();
    await setClock(house.services.db, 30 * DAY_SECONDS);
    expect(unwrap(await resolveAttempt(house.as('system'), attempt))).toBe('authorized');
    await setClock(house.services.db, 32 * DAY_SECONDS);
    expect(unwrap(await resolveAttempt(house.as('system'), attempt))).toBe('voided');
    expect(await truth(house, attempt)).toEqual(['payment voided 1240', 'void succeeded 1240']);
  });
});
