import { afterAll, beforeAll, expect, test } from 'vitest';
import { books, fault, issue, type MoneyHouse, moneyHouse, submit, truth, unwrap } from '../gateways/testing';
import { startPaymentAttempt, submitPaymentAttempt } from '.';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
  await house.database.sql`update payment_profiles set prepare_first = true`;
});
afterAll(() => house.close());

const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };

test('where the profile says so the gateway knows the amount before the grant is given, and charges no other', async () => {
  const link = await issue(house);
  const { attempt, send, grant, record } = await submit(house, link);
  Object.assign(grant, { amountMinor: 1 });
  expect(await send()).toEqual({ kind: 'failed', reason: 'refused' });
  expect(await truth(house, attempt)).toEqual([]);
  expect(unwrap(await record({ kind: 'failed', reason: 'refused' }))).toMatchObject({ state: 'failed' });
});

test('a gateway that cannot be told gets no card: no grant, no lease, and the payer may try again', async () => {
  const link = await issue(house);
  const { attempt } = unwrap(await startPaymentAttempt(house.as('payer'), link));
  const call = { attempt, amountMinor: 1240, currency: 'GBP', card };
  await fault(house, 'prepare', 'reset_after', attempt);
  expect(await submitPaymentAttempt(house.as('payer'), call)).toMatchObject({
    error: { code: 'unavailable' },
  });
  expect(await books(house, link)).toMatchObject({
    link: { status: 'active' },
    attempts: [{ state: 'created' }],
  });
  expect(await submitPaymentAttempt(house.as('payer'), call)).toMatchObject({ ok: true });
});
