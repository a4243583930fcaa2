import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import { startPaymentAttempt } from '../payment-attempts';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { closeBreaker, openBreaker, readBreaker, settleCardTesting } from '.';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const because = { reason: 'Our fair: one card reader, many cards.' };
const alerts = () => listOpenAlerts(house.services.db, house.merchantId, 10);
const issue = async (ctx: Ctx = house.as('owner')) => {
  const link = await createPaymentLink(ctx, { amountMinor: 1240, currency: 'GBP' });
  if (!link.ok) throw new Error(link.error.message);
  return link.value.id;
};
const start = async () => startPaymentAttempt(house.as('payer'), await issue());
const STOPPED = { error: { code: 'card_testing' } };

/** Declined tries on the web, a moment ago. */
const decline = (count: number) =>
  house.services.db.execute(sql`
    insert into payment_attempts (merchant_id, id, payment_link_id, state, amount_minor, currency, channel, gateway,
      gateway_account_id, submitted_at, exclusive)
    select p.merchant_id, gen_random_uuid(), p.id, 'declined', 1240, 'GBP', 'ecommerce', 'sandbox',
      (select gateway_account_id from payment_profiles f where f.merchant_id = p.merchant_id limit 1), cf_now(), false
    from generate_series(1, ${count}) n, (select * from payment_links where merchant_id = ${house.merchantId} limit 1) p`);

test('who may not look or act may not, nothing is done without a reason, and another merchant goes on', async () => {
  for (const ctx of [house.as('agent'), house.as('payer'), house.as('api', [])])
    expect(await readBreaker(ctx)).toMatchObject({ error: { code: 'forbidden' } });
  for (const verb of [openBreaker, closeBreaker]) {
    for (const ctx of [house.as('agent'), house.as('viewer'), house.as('api', ['reconciliation:read'])])
      expect(await verb(ctx, because)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await verb(house.as('owner'), {})).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'reason' }] },
    });
  }
  expect(await openBreaker(house.stranger, because)).toMatchObject({ value: { state: 'open' } });
  expect(await readBreaker(house.as('viewer'))).toEqual({
    ok: true,
    value: {
      object: 'breaker',
      state: 'closed',
      until: null,
      tries: 0,
      declined: 0,
      day: { tries: 0, declined: 0 },
    },
  });
  expect((await start()).ok).toBe(true);
  expect(await closeBreaker(house.as('owner'), because)).toMatchObject({ error: { code: 'conflict' } });
});

test('opened by hand it pauses web payments for 15 minutes, is told of once, and ends by itself', async () => {
  const opened = await openBreaker(house.as('admin'), because);
  expect(opened).toMatchObject({ value: { state: 'open', until: expect.stringMatching(/Z$/) } });
  expect(await openBreaker(house.as('admin'), because)).toMatchObject({ error: { code: 'conflict' } });
  expect(await start()).toMatchObject(STOPPED);
  expect(await alerts()).toMatchObject([
    { kind: 'card_testing', subject: 'breaker', message: expect.stringContaining(because.reason) },
  ]);
  await setClock(house.services.db, 905);
  expect((await start()).ok).toBe(true);
  expect(await settleCardTesting(house.services)).toBe(1);
});

test('closed by hand, payments are taken at once, the tries until then count no more, and new ones open it again', async () => {
  await issue();
  await decline(20);
  expect(await start()).toMatchObject(STOPPED);
  expect(await readBreaker(house.as('viewer'))).toMatchObject({
    value: { state: 'open', tries: 20, declined: 20 },
  });
  expect(await closeBreaker(house.as('owner'), because)).toMatchObject({
    value: { state: 'closed', until: null, tries: 0 },
  });
  expect(await alerts()).toEqual([]);
  expect((await start()).ok).toBe(true);
  await decline(19);
  expect((await start()).ok).toBe(true);
  await decline(1);
  expect(await start()).toMatchObject(STOPPED);
  const noted = await house.services.db.execute(
    sql`select action, data from audit_entries where subject = 'breaker'`,
  );
  expect([...noted]).toEqual([{ action: 'breaker.close', data: because }]);
});
