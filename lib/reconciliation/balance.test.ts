import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { listOpenAlerts } from '@/db/queries/alerts';
import { openLedger } from '@/db/testing';
import type { LocatedGap } from '../contracts/reconciliation';
import { recordAttemptResult } from '../payment-attempts';
import { listBalanceReports, readBalanceReport, runBalance } from '.';
import { type BalanceHouse, balanceHouse, profileOf } from './testing';

const DAY = '2031-03-04';
const NOON = `${DAY}T12:00:00Z`;
const NIGHT = '2031-03-05T01:15:00Z';

let own: BalanceHouse;
let profile: string;
beforeEach(async () => {
  own = await balanceHouse();
  profile = await profileOf(own.house.as('owner'));
  await own.at(NOON);
});
afterEach(() => own.close());

/** Balances the day and reads what was found, by currency. */
async function balance(day = DAY) {
  const outcome = await runBalance(own.house.as('system'), profile, day);
  if (!outcome.ok) throw new Error(outcome.error.message);
  const owner = own.house.as('owner');
  const list = await listBalanceReports(owner, { from: day });
  if (!list.ok) throw new Error(list.error.message);
  const read = await Promise.all(list.value.data.map(({ id }) => readBalanceReport(owner, id)));
  const reports = read.flatMap((one) => (one.ok && one.value.day === day ? [withoutLinks(one.value)] : []));
  return { gaps: outcome.value.gaps, of: new Map(reports.map((one) => [one.currency, one])) };
}
const withoutLinks = <T extends { gaps: LocatedGap[] }>(report: T) => ({
  ...report,
  gaps: report.gaps.map(({ paymentLink: _, ...gap }) => gap),
});
const gapsOf = async (day?: string) => [...(await balance(day)).of.values()].flatMap(({ gaps }) => gaps);
const alerts = () => listOpenAlerts(own.db, own.house.merchantId, 10);
const uuid = (attempt: string) => uuidFromId('paymentAttempt', attempt);

test('a clean day: the three sums agree in every currency, nothing differs, nobody is alarmed', async () => {
  await own.pay(1240);
  await own.pay(760);
  await own.pay(5000, 'JPY');
  await own.pay(9999, 'GBP', own.house.stranger);
  const paid = await own.pay(3000, 'KWD');
  const refund = await own.act('refund', { reference: paid.attempt, amountMinor: 1000 });
  await own.enter(paid, 'refund', 1000);
  expect(refund.status).toBeLessThan(300);
  const dispute = await own.act('dispute', { reference: paid.attempt, amountMinor: 2000 });
  const id = await own.enter(paid, 'chargeback', 2000);
  await own.act(`dispute/${dispute.body.id}/close`, { outcome: 'won' });
  await own.enter(paid, 'reversal', 2000, id);
  await own.at(NIGHT);
  const { gaps, of } = await balance();
  expect(gaps).toBe(0);
  for (const [currency, minor] of [
    ['GBP', 2000],
    ['JPY', 5000],
    ['KWD', 2000],
  ] as const)
    expect(of.get(currency)).toMatchObject({
      gatewayMinor: minor,
      ledgerMinor: minor,
      eventsMinor: minor,
      gapCount: 0,
      gaps: [],
    });
  expect(of.size).toBe(3);
  expect(await alerts()).toEqual([]);
  expect((await balance('2031-03-03')).of.size).toBe(0);
});

describe('a planted difference is found and named', () => {
  test('the gateway leaves a payment out, tells of another amount, of a payment too many', async () => {
    const [left, other] = [await own.pay(1000), await own.pay(2000)];
    await own.pay(4000);
    await own.act('report-fault', { reference: left.attempt, kind: 'omit' });
    await own.act('report-fault', { reference: other.attempt, kind: 'amount', amountMinor: 2100 });
    await own.act('report-fault', { reference: 'pay_nobody', kind: 'extra', amountMinor: 300 });
    await own.at(NIGHT);
    const { of } = await balance();
    const found = of.get('GBP');
    expect(found).toMatchObject({ gatewayMinor: 6400, ledgerMinor: 7000, eventsMinor: 7000, gapCount: 3 });
    expect(found?.gaps).toHaveLength(3);
    expect(found?.gaps).toEqual(
      expect.arrayContaining([
        gap('missing_at_gateway', left.attempt, 1000, null),
        gap('amount', other.attempt, 2000, 2100),
        gap('missing_here', 'pay_nobody', null, 300),
      ]),
    );
    expect(await alerts()).toMatchObject([
      {
        kind: 'balance_difference',
        subject: `${profile} ${DAY}`,
        message: expect.stringContaining('3 differences'),
      },
    ]);
  });

  test('our own entry is gone: the gateway’s money is missing here, and the link’s totals give it away', async () => {
    const paid = await own.pay(1000);
    await openLedger(own.db);
    await own.db.execute(sql`delete from ledger_entries where payment_attempt_id = ${uuid(paid.attempt)}`);
    await own.at(NIGHT);
    expect(await gapsOf()).toEqual([
      gap('missing_here', paid.attempt, null, 1000),
      { ...gap('link_total', paid.link, 1000, null), entry: null },
    ]);
  });

  test('an event is gone, or tells of another amount', async () => {
    const [gone, wrong] = [await own.pay(1000), await own.pay(2000)];
    await own.db.execute(sql`delete from events where type = 'payment_attempt.succeeded'
      and payload::json #>> '{data,id}' = ${gone.attempt}`);
    await own.db.execute(sql`update events set payload = replace(payload, '"amountMinor":2000', '"amountMinor":2')
      where type = 'payment_attempt.succeeded'`);
    await own.at(NIGHT);
    const { of } = await balance();
    expect(of.get('GBP')).toMatchObject({ gatewayMinor: 3000, ledgerMinor: 3000, eventsMinor: 2 });
    expect(of.get('GBP')?.gaps).toEqual([
      gap('missing_event', gone.attempt, 1000, null),
      gap('missing_event', wrong.attempt, 2000, null),
    ]);
  });

  test('a refund begun at the provider of which we never heard', async () => {
    const paid = await own.pay(1000);
    await own.act('refund', { reference: paid.attempt, amountMinor: 400 });
    await own.at(NIGHT);
    expect(await gapsOf()).toEqual([{ ...gap('missing_here', paid.attempt, null, 400), entry: 'refund' }]);
  });

  test('a payment in another currency is missing on both sides, each in its own', async () => {
    const paid = await own.pay(1000);
    await openLedger(own.db);
    await own.db.execute(sql`update ledger_entries set currency = 'EUR'`);
    await own.at(NIGHT);
    const { of } = await balance();
    expect(of.get('EUR')?.gaps).toContainEqual(gap('missing_at_gateway', paid.attempt, 1000, null));
    expect(of.get('GBP')?.gaps).toContainEqual(gap('missing_here', paid.attempt, null, 1000));
  });

  const gap = (kind: string, reference: string, hereMinor: number | null, gatewayMinor: number | null) => ({
    kind,
    entry: 'payment',
    reference,
    hereMinor,
    gatewayMinor,
  });
});

describe('what is no difference', () => {
  test('a payment that the two clocks have on two sides of midnight; it counts for our day', async () => {
    const [before, after] = [`${DAY}T23:59:20Z`, '2031-03-05T00:00:01Z'];
    await own.at(after, before);
    await own.pay(1000);
    await own.at(before, after);
    await own.pay(500);
    await own.at('2031-03-06T01:15:00Z');
    const today = await balance();
    expect(today.gaps).toBe(0);
    expect(today.of.get('GBP')).toMatchObject({ gatewayMinor: 1000, ledgerMinor: 1000, eventsMinor: 1000 });
    const next = await balance('2031-03-05');
    expect(next.gaps).toBe(0);
    expect(next.of.get('GBP')).toMatchObject({ gatewayMinor: 500, ledgerMinor: 500 });
  });

  test('money that we refused to take and the gateway gave back; until it is back it is missing here', async () => {
    const owner = own.house.as('owner');
    const { attempt, link, payer } = await own.submit(owner, 1000, 'GBP');
    const result = { kind: 'failed', reason: 'not_sent' } as const;
    await recordAttemptResult(payer, { attempt, amountMinor: 1000, currency: 'GBP', result });
    await own.chargeThere(attempt, link, 1000, 'GBP');
    await own.at(NIGHT);
    expect(await gapsOf()).toMatchObject([{ kind: 'missing_here', reference: attempt }]);
    await own.act('refund', { reference: attempt });
    expect(await gapsOf()).toEqual([]);
  });
});

test('made again the report keeps its id; a difference that has settled is taken back, and its alert put away', async () => {
  const paid = await own.pay(1000);
  await own.act('report-fault', { reference: paid.attempt, kind: 'omit' });
  await own.act('report-fault', { reference: 'pay_nobody', kind: 'extra', amountMinor: 7 });
  await own.at(NIGHT);
  const first = await balance();
  expect(first.gaps).toBe(2);
  await own.box.call('POST', '/control/reset', { parts: ['faults'] });
  const second = await balance();
  expect(second.gaps).toBe(0);
  expect(second.of.get('GBP')?.id).toBe(first.of.get('GBP')?.id);
  expect(await alerts()).toEqual([]);
});

test('a report that cannot be read whole writes nothing and throws, so that the queue tries again', async () => {
  await own.pay(1000);
  await own.at(NIGHT);
  await own.box.call('POST', '/control/faults', { target: 'gateway', operation: 'report', kind: 'refuse' });
  await expect(balance()).rejects.toThrow();
  expect(await own.db.execute(sql`select 1 from balance_reports`)).toHaveLength(0);
  expect((await balance()).gaps).toBe(0);
});

test('a day that is not over, and a profile of nobody, are refused', async () => {
  const system = own.house.as('system');
  expect(await runBalance(system, profile, DAY)).toMatchObject({ error: { code: 'conflict' } });
  const foreign = await profileOf(own.house.stranger);
  expect(await runBalance(system, foreign, '2031-03-03')).toMatchObject({ error: { code: 'not_found' } });
});
