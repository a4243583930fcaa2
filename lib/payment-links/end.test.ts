import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setClock } from '@/db/testing';
import { startPaymentAttempt } from '../payment-attempts';
import { expireLinks, warnOfEnds } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import { reissuePaymentLink, updatePaymentLink } from './index';
import { DAY, DECLINED, LinkTales, paidBy, VISA } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => {
  vi.useRealTimers();
  return house.close();
});

const clock = (seconds: number) => setClock(house.services.db, seconds);
const sweep = async () => {
  await expireLinks(house.services, 'req_test', 5_000);
  await warnOfEnds(house.services, 'req_test', 5_000);
};
const start = (id: string, amountMinor?: number) =>
  startPaymentAttempt(house.as('payer'), id, { amountMinor });
const EXPIRED = { error: { code: 'link_expired' } };
const lifeOf = async (id: string) => {
  const [row] = await house.services.db.execute<{ seconds: number }>(
    sql`select extract(epoch from expires_at - date_trunc('second', created_at))::float8 as seconds from payment_links
      order by id desc limit 1`,
  );
  return { id, seconds: row?.seconds };
};

/** A link of a minute whose payer sent the card this long after its issue, and whose bank wants to check. */
async function atTheBank(seconds: number) {
  const link = await tales.issued({ expiresInSeconds: 60 });
  const ticket = await tales.started(link.id);
  await clock(seconds);
  await tales.submit(ticket);
  const challenge = { kind: 'requires_action', gatewayReference: 'gw_1', card: VISA } as const;
  await tales.answer(ticket, { ...challenge, challengeUrl: 'http://bank/acs/1' });
  return { link, ticket };
}

describe('the grace of a payment that was begun in time', () => {
  test('it is submitted 15 minutes after the end, and not a second later', async () => {
    for (const [after, isTaken] of [
      [899.5, true],
      [900.01, false],
    ] as const) {
      await clock(0);
      const link = await tales.issued({ expiresInSeconds: 60 });
      const untilEnd = () => (Date.parse(link.expiresAt) - Date.now()) / 1000;
      await clock(untilEnd() - 1);
      const ticket = await tales.started(link.id);
      await clock(untilEnd() + after);
      const outcome = await tales.submit(ticket);
      expect(outcome).toMatchObject(isTaken ? { ok: true } : EXPIRED);
    }
  });

  test('its bank check may end later still, and the money is not late within the grace', async () => {
    const { link, ticket } = await atTheBank(61);
    await clock(400);
    await tales.answer(ticket, paidBy(ticket.attempt));
    expect((await tales.read(link.id)).status).toBe('paid');
    expect(await tales.typesOf(link.id)).not.toContain('payment_link.late_payment');
  });

  test('money whose bank check ends after the grace is late, and the page of the link says paid', async () => {
    const { link, ticket } = await atTheBank(30);
    await clock(60 + 905);
    await tales.answer(ticket, paidBy(ticket.attempt));
    expect((await tales.read(link.id)).status).toBe('paid');
    const types = await tales.typesOf(link.id);
    expect(types.slice(-2)).toEqual(['payment_link.paid', 'payment_link.late_payment']);
    expect(await tales.stateOf(link.url)).toBe('paid');
    const entered = await house.services.db.execute(sql`select late from ledger_entries`);
    expect(entered).toMatchObject([{ late: true }]);
  });

  test('nothing begins at or after the end: a second press gets another ticket for the same try, and only for its amount', async () => {
    const link = await tales.issued({ expiresInSeconds: 60, amountType: 'partial' });
    const first = await tales.started(link.id, 500);
    await clock(300);
    expect(await tales.stateOf(link.url)).toBe('ready');
    const again = await tales.started(link.id, 500);
    expect(again.attempt).toBe(first.attempt);
    expect(await start(link.id, 600)).toMatchObject({ error: { code: 'amount_not_allowed' } });
    await tales.submit(again);
    await tales.answer(again, paidBy(again.attempt));
    expect(await tales.read(link.id)).toMatchObject({ status: 'expired', capturedMinor: 500 });
    expect(await start(link.id, 500)).toMatchObject(EXPIRED);
    expect(await tales.stateOf(link.url)).toBe('expired');
  });

  test('who did not press Pay in time is told that it has expired, and so is everybody once the grace is over', async () => {
    const [idle, begun] = [
      await tales.issued({ expiresInSeconds: 60 }),
      await tales.issued({ expiresInSeconds: 60 }),
    ];
    await tales.started(begun.id);
    await clock(61);
    await sweep();
    expect(await start(idle.id)).toMatchObject(EXPIRED);
    expect([await tales.stateOf(idle.url), await tales.stateOf(begun.url)]).toEqual(['expired', 'ready']);
    await clock(961);
    expect(await tales.stateOf(begun.url)).toBe('expired');
    await sweep();
    expect(await start(begun.id)).toMatchObject(EXPIRED);
    expect((await tales.typesOf(begun.id)).slice(-2)).toEqual([
      'payment_attempt.abandoned',
      'payment_link.expired',
    ]);
  });
});

describe('72 hours are 259,200 seconds', () => {
  test.each([
    ['clocks go forward in Europe', '2027-03-27T12:00:00Z'],
    ['clocks go back in Europe', '2027-10-30T12:00:00Z'],
    ['clocks go forward in America', '2027-03-13T12:00:00Z'],
    ['a leap day', '2028-02-27T12:00:00Z'],
    ['the leap day that 2100 has not', '2100-02-26T12:00:00Z'],
    ['a leap second, which neither clock counts', '2016-12-30T12:00:00Z'],
    ['the end of a year', '2027-12-30T12:00:00Z'],
  ])('when %s, whatever the time zone of the database', async (_what, at) => {
    await house.close();
    house = await testHouse({ max: 1 });
    for (const zone of ['Europe/Berlin', 'America/New_York', 'UTC']) {
      await house.services.db.execute(sql.raw(`set timezone to '${zone}'`));
      await clock((Date.parse(at) - Date.now()) / 1000);
      const link = await tales.issued();
      expect((await lifeOf(link.id)).seconds).toBe(259_200);
      const untilEnd = (Date.parse(link.expiresAt) - Date.now()) / 1000;
      await clock(untilEnd - 1);
      expect(await tales.stateOf(link.url)).toBe('ready');
      await clock(untilEnd);
      expect(await tales.stateOf(link.url)).toBe('expired');
    }
  });
});

describe('whose clock decides', () => {
  test.each([
    ['ahead', 4],
    ['behind', -4],
  ])('a host whose clock is four days %s changes nothing', async (_what, days) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * DAY * 1000 });
    const link = await tales.issued();
    expect((await lifeOf(link.id)).seconds).toBe(259_200);
    expect(await tales.stateOf(link.url)).toBe('ready');
    await tales.pay(link.id);
    expect(await tales.read(link.id)).toMatchObject({ status: 'paid' });
    const other = await tales.issued({ expiresInSeconds: 60 });
    await clock(61);
    expect(await start(other.id)).toMatchObject(EXPIRED);
    await sweep();
    expect(await tales.stateOf(other.url)).toBe('expired');
  });

  test.each([
    ['ahead', 4],
    ['behind', -4],
  ])(
    'with the clock of the host four days %s grace, warnings and a moved end are the database’s',
    async (_what, days) => {
      const [begun, late, warned] = [
        await tales.issued({ expiresInSeconds: 60 }),
        await tales.issued({ expiresInSeconds: 60 }),
        await tales.issued({ expiresInSeconds: DAY + 3600 }),
      ];
      const tickets = [await tales.started(begun.id), await tales.started(late.id)] as const;
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * DAY * 1000 });
      await clock(61 + 890);
      expect(await tales.submit(tickets[0])).toMatchObject({ ok: true });
      await clock(61 + 901);
      expect(await tales.submit(tickets[1])).toMatchObject(EXPIRED);
      const move = (seconds: number) => {
        const expiresAt = new Date(Date.parse(warned.expiresAt) + seconds * 1000).toISOString();
        return updatePaymentLink(house.as('agent'), warned.id, { expiresAt }, 1);
      };
      await clock(DAY);
      expect(await move(-3601)).toMatchObject({ error: { code: 'invalid' } });
      expect(await move(2 * DAY)).toMatchObject({ error: { code: 'invalid' } });
      await sweep();
      expect(await tales.typesOf(warned.id)).toEqual(['payment_link.created', 'payment_link.expiring_soon']);
      expect(await move(-60)).toMatchObject({ value: { status: 'active' } });
    },
  );

  test('the clock of the database jumps between Pay and the card: past the grace nothing is sent, back it is', async () => {
    const links = [
      await tales.issued({ expiresInSeconds: 7200 }),
      await tales.issued({ expiresInSeconds: 7200 }),
    ];
    const [over, back] = await Promise.all(links.map(({ id }) => tales.started(id)));
    if (!over || !back) throw new Error('not started');
    await clock(7200 + 901);
    expect(await tales.submit(over)).toMatchObject(EXPIRED);
    await clock(-3600);
    expect(await tales.submit(back)).toMatchObject({ ok: true });
    await tales.answer(back, DECLINED);
    await clock(-7200);
    expect(await tales.submitted(back.paymentLink)).toBeTruthy();
  });

  test('the clock of the database jumps over the end and back: what the sweep has ended stays ended, what it has not is open', async () => {
    const [swept, open] = [await tales.issued(), await tales.issued({ amountMinor: 500 })];
    await clock(3 * DAY + 1);
    expect(await tales.stateOf(open.url)).toBe('expired');
    await clock(0);
    expect(await tales.stateOf(open.url)).toBe('ready');
    await clock(3 * DAY + 1);
    await sweep();
    await clock(-DAY);
    expect(await tales.stateOf(swept.url)).toBe('expired');
    expect(await start(swept.id)).toMatchObject(EXPIRED);
    const again = await reissuePaymentLink(house.as('owner'), swept.id, {});
    expect(again.ok && (await tales.stateOf(again.value.url))).toBe('ready');
    expect(await tales.stateOf(swept.url)).toBe('replaced');
  });
});
