import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPaymentAttempt } from '../payment-attempts';
import { type TestHouse, testHouse } from '../testing';
import { createPaymentLink } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const setGateway = (gateway: string) =>
  house.services.db.execute(
    sql`update gateway_accounts set gateway = ${gateway} where merchant_id = ${house.merchantId}`,
  );
const issue = (amountMinor: number, currency: string) =>
  createPaymentLink(house.as('agent'), { amountMinor, currency });

test('a link whose money the profile’s gateway cannot take exactly is refused at issue, by field', async () => {
  for (const [gateway, amountMinor, currency, path] of [
    ['sumup', 500, 'JPY', 'currency'],
    ['sumup', 123450, 'HUF', 'amountMinor'],
    ['adyen', 1500050, 'IDR', 'amountMinor'],
    ['stripe', 1234, 'KWD', 'amountMinor'],
    ['stripe', 10000, 'CLF', 'currency'],
  ] as const) {
    await setGateway(gateway);
    expect(await issue(amountMinor, currency)).toMatchObject({
      error: { code: 'invalid', errors: [{ path }] },
    });
  }
  for (const [gateway, amountMinor, currency] of [
    ['sumup', 123400, 'HUF'],
    ['adyen', 1234, 'CLP'],
    ['stripe', 1230, 'KWD'],
    ['sandbox', 12345, 'CLF'],
    ['sandbox', 1234, 'KWD'],
  ] as const) {
    await setGateway(gateway);
    expect(await issue(amountMinor, currency)).toMatchObject({ ok: true, value: { amountMinor, currency } });
  }
});

test('the bounds of what a payer may choose must be exact too, and what is chosen', async () => {
  await setGateway('stripe');
  const open = { amountType: 'open', currency: 'KWD', minAmountMinor: 1000, maxAmountMinor: 5000 };
  const make = (more: object) => createPaymentLink(house.as('agent'), { ...open, ...more });
  for (const path of ['minAmountMinor', 'maxAmountMinor'])
    expect(await make({ [path]: 1234 })).toMatchObject({ error: { code: 'invalid', errors: [{ path }] } });
  const link = await make({});
  if (!link.ok) throw new Error(link.error.message);
  const pay = (amountMinor: number) => startPaymentAttempt(house.as('payer'), link.value.id, { amountMinor });
  expect(await pay(1234)).toMatchObject({ error: { code: 'amount_not_allowed' } });
  expect(await pay(1230)).toMatchObject({ ok: true });
});

test('a link issued before its profile changed gateway is not charged at another amount: the attempt is refused', async () => {
  await setGateway('sandbox');
  const link = await issue(1234, 'KWD');
  if (!link.ok) throw new Error(link.error.message);
  await setGateway('stripe');
  expect(await startPaymentAttempt(house.as('payer'), link.value.id)).toMatchObject({
    error: { code: 'amount_not_allowed' },
  });
});
