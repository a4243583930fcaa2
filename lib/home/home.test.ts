import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { setClock } from '@/db/testing';
import type { Home } from '../contracts/home';
import { recordOpened } from '../payment-links/open';
import { DAY, DECLINED, LinkTales } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { keepFigures, readHome, readSetUp } from '.';

let house: TestHouse;
const tales = new LinkTales(() => house);
/** Noon, so that no test runs over the end of a day. */
const NOON = Date.parse('2031-03-04T12:00:00Z');
const at = (days: number, seconds = 0) =>
  setClock(house.services.db, (NOON - Date.now()) / 1000 + days * DAY + seconds);
beforeEach(async () => {
  house = await testHouse();
  await at(0);
});
afterEach(() => house.close());

const declined = async (link: string) => tales.answer(await tales.submitted(link), DECLINED);

async function home(days = '7', ctx = house.as('viewer')): Promise<Home> {
  const read = await readHome(ctx, { days });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('what needs somebody', () => {
  test('open links are summed by currency and told before they end; what ended, or is paid, is not', async () => {
    await tales.issued({ expiresInSeconds: 3600 });
    await tales.issued({ currency: 'EUR', amountMinor: 500 });
    const paid = await tales.issued();
    await tales.pay(paid.id);
    const seen = await home();
    expect(seen.outstanding).toEqual([
      { currency: 'EUR', links: 1, amountMinor: 500 },
      { currency: 'GBP', links: 1, amountMinor: 1240 },
    ]);
    expect(seen.needs.expiring).toBe(1);
    await at(0, 3700);
    expect((await home()).outstanding).toEqual([{ currency: 'EUR', links: 1, amountMinor: 500 }]);
    expect((await home('7', house.stranger)).outstanding).toEqual([]);
  });

  test('a link is told of once its newest message has failed, or its card was declined twice; a quiet house needs nobody', async () => {
    const link = await tales.issued();
    const quiet = await home();
    expect(Object.values(quiet.needs).every((count) => count === 0)).toBe(true);
    await house.services.db.execute(sql`insert into messages (merchant_id, id, payment_link_id, channel, recipient, template, state, ended_at)
      select merchant_id, ('01900000-0000-7000-8000-00000000000' || n)::uuid, id, 'sms', '+447700900123', 'payment_request',
      (array['delivered', 'undelivered'])[n], cf_now() from payment_links, generate_series(1, 2) n where merchant_id = ${house.merchantId}`);
    for (let n = 1; n <= 2; n++) {
      await at(0, n * 10);
      await declined(link.id);
    }
    const { needs, troubled } = await home();
    expect(troubled).toMatchObject({ undelivered: [{ id: link.id }], declinedTwice: [{ id: link.id }] });
    expect(needs).toMatchObject({ undelivered: 1, declinedTwice: 1, expiring: 0, batches: 0, endpoints: 0 });
    await house.services.db.execute(sql`update messages set state = 'delivered' where state = 'undelivered'`);
    await house.services.db.execute(
      sql`update payment_links set unlocked_at = cf_now() where id = ${uuidFromId('paymentLink', link.id)}`,
    );
    expect((await home()).needs).toMatchObject({ undelivered: 0, declinedTwice: 0 });
    expect((await home('7', house.stranger)).needs).toMatchObject({ declinedTwice: 0 });
  });

  test('agents and strangers to the money are refused', async () => {
    for (const ctx of [house.as('agent'), house.as('payer')]) {
      expect(await readHome(ctx, {})).toMatchObject({ error: { code: 'forbidden' } });
      expect(await readSetUp(ctx)).toMatchObject({ error: { code: 'forbidden' } });
    }
    expect(await readHome(house.as('owner'), { days: '8' })).toMatchObject({ error: { code: 'invalid' } });
  });
});

describe('figures', () => {
  test('a day that is kept tells the same as it did live, whatever happens to its links later', async () => {
    const link = await tales.issued();
    await recordOpened(house.as('payer'), link.id);
    const live = await home();
    expect(live.funnel).toEqual({ issued: 1, sent: 0, delivered: 0, opened: 1, started: 0, paid: 0 });
    await at(1);
    await keepFigures(house.services, 10_000);
    await tales.pay(link.id);
    const { funnel, days, ways, medianSeconds } = await home();
    expect(days.slice(-2)).toEqual([
      { day: '2031-03-04', issued: 1, paid: 0 },
      { day: '2031-03-05', issued: 0, paid: 1 },
    ]);
    expect(funnel).toMatchObject({ issued: 1, opened: 1, started: 1, paid: 1 });
    expect(ways.find(({ way }) => way === 'none')).toMatchObject({ issued: 1, paid: 1 });
    expect(Math.abs((medianSeconds ?? 0) - DAY)).toBeLessThan(DAY * 0.03);
  });

  test('a second try on another day starts nothing anew', async () => {
    const link = await tales.issued({ expiresInSeconds: 3 * DAY });
    await declined(link.id);
    await at(1);
    await declined(link.id);
    expect((await home()).funnel.started).toBe(1);
    await at(2);
    await keepFigures(house.services, 10_000);
    expect((await home()).funnel.started).toBe(1);
  });

  test('what is counted is settled first, counted once however many count, and stands on the day of its merchant', async () => {
    const { db } = house.services;
    await db.execute(sql`update merchants set time_zone = 'Pacific/Auckland', created_at = cf_now()`);
    const link = await tales.issued();
    await at(0, 240);
    await keepFigures(house.services, 10_000);
    const kept = () =>
      db.execute<{ day: string; issued: number; opened: number }>(
        sql`select day::text, issued, opened from daily_figures where merchant_id = ${house.merchantId}`,
      );
    expect(await kept()).toHaveLength(0);
    await recordOpened(house.as('payer'), link.id);
    await at(0, 301);
    for (let n = 0; n < 2; n++) await Promise.all([1, 2, 3].map(() => keepFigures(house.services, 10_000)));
    expect(await kept()).toMatchObject([{ day: '2031-03-05', issued: 1, opened: 0 }]);
    expect((await home()).funnel).toMatchObject({ issued: 1, opened: 1 });
    await at(2);
    await keepFigures(house.services, 10_000);
    expect(await kept()).toMatchObject([{ day: '2031-03-05', issued: 1, opened: 1 }]);
    expect(await keepFigures(house.services, 10_000)).toBe(0);
    expect((await home()).funnel).toMatchObject({ issued: 1, opened: 1 });
  });
});

test('a new merchant has its first link and its look still to do', async () => {
  const before = await readSetUp(house.as('viewer'));
  expect(before).toMatchObject({ value: { gateway: true, branding: false, endpoint: false, link: false } });
  await tales.issued();
  expect(await readSetUp(house.as('viewer'))).toMatchObject({ value: { link: true } });
});
