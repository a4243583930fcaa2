import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import { settleAlert } from '../alerts';
import { startPaymentAttempt } from '../payment-attempts';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { readBreaker, settleCardTesting, watchSlowTesting } from '.';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
  await issue();
});
afterEach(() => house.close());

async function issue(): Promise<string> {
  const issued = await createPaymentLink(house.as('owner'), { amountMinor: 1240, currency: 'GBP' });
  if (!issued.ok) throw new Error(issued.error.message);
  return issued.value.id;
}

/** Tries of the house, one each 20 minutes, the newest a second ago and declined; the `good` oldest were paid. */
const plant = (count: number, good: number, of: { channel?: string; everySeconds?: number } = {}) =>
  house.services.db.execute(sql`
    insert into payment_attempts (merchant_id, id, payment_link_id, state, amount_minor, currency, channel, gateway,
      gateway_account_id, submitted_at, exclusive)
    select p.merchant_id, gen_random_uuid(), p.id, case when n > ${count - good} then 'succeeded' else 'declined' end, 1240,
      'GBP', ${of.channel ?? 'ecommerce'}, 'sandbox',
      (select gateway_account_id from payment_profiles f where f.merchant_id = p.merchant_id limit 1),
      cf_now() - make_interval(secs => 1 + (n - 1) * ${of.everySeconds ?? 1200}::int), false
    from generate_series(1, ${count}) n, (select * from payment_links where merchant_id = ${house.merchantId} limit 1) p`);
const watch = () => watchSlowTesting(house.services, 'req_test');
const alerts = (merchantId = house.merchantId) => listOpenAlerts(house.services.db, merchantId, 10);
const put = { kind: 'card_testing', subject: 'slow', reason: 'Our regulars, and a bank that was down.' };

test('50 tries a day with 30 declined raise one alert; nothing is paused, and it waits for a person', async () => {
  await plant(50, 20);
  expect(await watch()).toBe(1);
  expect(await watch()).toBe(1);
  expect(await alerts()).toMatchObject([
    { kind: 'card_testing', subject: 'slow', message: expect.stringContaining('30 of the last 50') },
  ]);
  expect(await alerts(house.stranger.merchantId)).toEqual([]);
  expect(await readBreaker(house.as('viewer'))).toMatchObject({
    value: { state: 'closed', tries: 1, declined: 1, day: { tries: 50, declined: 30 } },
  });
  expect((await startPaymentAttempt(house.as('payer'), await issue())).ok).toBe(true);
  await setClock(house.services.db, 3600);
  expect(await settleCardTesting(house.services)).toBe(0);
  expect(await alerts()).toHaveLength(1);
});

test('49 tries, or 29 declined of 50, or tries by telephone, or of the day before, raise none', async () => {
  await plant(49, 0);
  expect(await watch()).toBe(0);
  await house.services.db.execute(sql`delete from payment_attempts`);
  await plant(50, 21);
  expect(await watch()).toBe(0);
  await plant(50, 0, { channel: 'moto' });
  expect(await watch()).toBe(0);
  await house.services.db.execute(sql`delete from payment_attempts`);
  await plant(100, 0, { everySeconds: 1800 });
  expect(await watch()).toBe(0);
  expect(await alerts()).toEqual([]);
});

test('put away, it comes again only by tries that were made after that', async () => {
  await plant(60, 0);
  await watch();
  expect(await settleAlert(house.as('owner'), put)).toMatchObject({ ok: true });
  expect(await watch()).toBe(0);
  expect(await readBreaker(house.as('owner'))).toMatchObject({ value: { day: { tries: 0, declined: 0 } } });
  await setClock(house.services.db, 7200);
  await plant(50, 0, { everySeconds: 60 });
  expect(await watch()).toBe(1);
  expect(await alerts()).toMatchObject([{ subject: 'slow' }]);
});

test('a merchant whose tries were all long ago costs nothing: only what is declined now is looked at', async () => {
  await plant(60, 0);
  await setClock(house.services.db, 1000);
  expect(await watch()).toBe(0);
  const plan = await house.services.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(sql`explain select distinct merchant_id from payment_attempts
      where state = 'declined' and channel = 'ecommerce' and submitted_at > (select cf_now()) - interval '15 minutes'`);
  });
  expect(JSON.stringify([...plan])).toContain('payment_attempts_declined');
});
