import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { listAlerts, settleAlert } from '../alerts';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { recordAttemptResult } from '../payment-attempts';
import {
  balanceNextDay,
  checkNow,
  listBalanceReports,
  listUnknown,
  readBalanceReport,
  requestBalance,
  runBalance,
  scheduleBalances,
} from '.';
import { type BalanceHouse, balanceHouse, profileOf } from './testing';

let own: BalanceHouse;
let profile: string;
beforeEach(async () => {
  own = await balanceHouse();
  profile = await profileOf(own.house.as('owner'));
  await own.at('2031-03-04T12:00:00Z');
});
afterEach(() => own.close());

const forbidden = { error: { code: 'forbidden' } };
const notFound = { error: { code: 'not_found' } };
const invalid = (path: string) => ({ error: { code: 'invalid', errors: [{ path }] } });
/** Who may only look, and who may not even that. */
const readers = () => [own.house.as('viewer'), own.house.as('api', ['reconciliation:read'])];
const strangers = (): Ctx[] => [own.house.as('agent'), own.house.as('api', []), own.house.as('payer')];

const jobs = async () =>
  (
    await own.db.execute<{ task: string; key: string; queue: string }>(
      sql`select task_identifier as task, key, queue_name as queue from graphile_worker.jobs where task_identifier like 'balance%' order by id`,
    )
  ).map(({ task, key, queue }) => ({ task, key, queue }));

describe('nightly', () => {
  test('a profile that owes a day gets one job, in a queue of its own; a day without money is done all the same', async () => {
    await own.db.execute(sql`update payment_profiles set created_at = '2031-03-04T09:00Z'`);
    expect(await scheduleBalances(own.house.services)).toBe(0);
    await own.pay(1000);
    await own.at('2031-03-05T01:15:00Z');
    for (let i = 0; i < 2; i++) expect(await scheduleBalances(own.house.services)).toBe(2);
    const queue = `balance:${profile}`;
    expect(await jobs()).toContainEqual({ task: 'balance_profile', key: queue, queue });
    expect(await jobs()).toHaveLength(2);
    const system = own.house.as('system');
    expect(await balanceNextDay(system, profile)).toMatchObject({
      value: { day: '2031-03-04', gaps: 0 },
    });
    expect(await balanceNextDay(system, profile)).toEqual({ ok: true, value: null });
    const stranger: Ctx = { ...own.house.stranger, actor: { kind: 'system' } };
    await balanceNextDay(stranger, await profileOf(own.house.stranger));
    expect(await scheduleBalances(own.house.services)).toBe(0);
  });

  test('missed days are made up for, oldest first, seven of them; days with differences are looked at again', async () => {
    await own.db.execute(sql`update payment_profiles set balanced_through = '2031-03-03'`);
    const paid = await own.pay(1000);
    await own.act('report-fault', { reference: paid.attempt, kind: 'omit' });
    await own.at('2031-03-05T01:15:00Z');
    const system = own.house.as('system');
    expect(await balanceNextDay(system, profile)).toMatchObject({
      value: { day: '2031-03-04', gaps: 1 },
    });
    await own.at('2031-03-20T01:15:00Z');
    const days: (string | undefined)[] = [];
    for (;;) {
      const outcome = await balanceNextDay(system, profile);
      if (!outcome.ok || !outcome.value) break;
      days.push(outcome.value.day.slice(-2));
    }
    expect(days).toEqual(['13', '14', '15', '16', '17', '18', '19']);
    await own.db.execute(sql`update payment_profiles set balanced_through = '2031-03-09'`);
    await own.at('2031-03-11T01:15:00Z');
    await own.db.execute(sql`select graphile_worker.remove_job(key) from graphile_worker.jobs`);
    await scheduleBalances(own.house.services);
    expect(await jobs()).toContainEqual({
      task: 'balance_day',
      key: `balance:${profile}:2031-03-04`,
      queue: `balance:${profile}`,
    });
  });
});

describe('reports', () => {
  beforeEach(async () => {
    await own.pay(1000);
    await own.pay(2000, 'EUR');
    await own.act('report-fault', { reference: 'pay_nobody', kind: 'extra', amountMinor: 7 });
    await own.at('2031-03-05T01:15:00Z');
    await runBalance(own.house.as('system'), profile, '2031-03-04');
  });

  test('who may look lists them by page and reads one with its gaps; others and another merchant do not', async () => {
    for (const reader of readers()) {
      const first = await listBalanceReports(reader, { limit: 1 });
      if (!first.ok || first.value.nextCursor === null) throw new Error('no second page');
      const second = await listBalanceReports(reader, { limit: 1, cursor: first.value.nextCursor });
      if (!second.ok) throw new Error('not read');
      const both = [...first.value.data, ...second.value.data];
      expect(new Set(both.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'GBP']));
      expect(second.value.nextCursor).toBeNull();
      const differing = await listBalanceReports(reader, { withGaps: true, profile });
      if (!differing.ok) throw new Error('not read');
      expect(differing.value.data).toMatchObject([{ currency: 'GBP', gapCount: 1, profile }]);
      const id = differing.value.data[0]?.id ?? '';
      expect(await readBalanceReport(reader, id)).toMatchObject({
        value: { id, gaps: [{ kind: 'missing_here', reference: 'pay_nobody' }] },
      });
      expect(await readBalanceReport(own.house.stranger, id)).toMatchObject(notFound);
      expect(await readBalanceReport(reader, 'bal_nothing')).toMatchObject(notFound);
    }
    expect(await listBalanceReports(own.house.stranger, {})).toMatchObject({ value: { data: [] } });
    for (const ctx of strangers()) {
      expect(await listBalanceReports(ctx, {})).toMatchObject(forbidden);
      expect(await readBalanceReport(ctx, 'bal_x')).toMatchObject(forbidden);
    }
  });

  test('filters by day; a wrong one is refused by name', async () => {
    const reader = own.house.as('viewer');
    expect(await listBalanceReports(reader, { from: '2031-03-05' })).toMatchObject({ value: { data: [] } });
    expect(await listBalanceReports(reader, { to: '2031-03-04' })).toMatchObject({ value: { data: [] } });
    for (const [query, path] of [
      [{ from: '4 March' }, 'from'],
      [{ cursor: 'pay_1' }, 'cursor'],
      [{ profile: 'standard' }, 'profile'],
      [{ currency: 'GBP' }, 'currency'],
    ] as const)
      expect(await listBalanceReports(reader, query)).toMatchObject(invalid(path));
  });

  test('an operator has a day that is over balanced again; others may not, and nothing else is taken', async () => {
    const day = '2031-03-04';
    expect(await requestBalance(own.house.as('admin'), { profile, day })).toMatchObject({ ok: true });
    expect(await jobs()).toMatchObject([{ task: 'balance_day', key: `balance:${profile}:${day}` }]);
    const audited = await own.db.execute(
      sql`select subject, data from audit_entries where action = 'balance.request'`,
    );
    expect(audited).toEqual([{ subject: profile, data: { day } }]);
    for (const ctx of [...readers(), ...strangers()])
      expect(await requestBalance(ctx, { profile, day })).toMatchObject(forbidden);
    expect(await requestBalance(own.house.stranger, { profile, day })).toMatchObject(notFound);
    const admin = own.house.as('admin');
    expect(await requestBalance(admin, { profile, day: '2031-03-05' })).toMatchObject(invalid('day'));
    expect(await requestBalance(admin, { profile, day: '2031-02-30' })).toMatchObject(invalid('day'));
  });
});

describe('what nobody knows', () => {
  /** An attempt whose answer never came. */
  async function unknown() {
    const { link, attempt, payer } = await own.submit(own.house.as('owner'), 1000, 'GBP');
    const result = { kind: 'unknown', reason: 'timeout' } as const;
    await recordAttemptResult(payer, { attempt, amountMinor: 1000, currency: 'GBP', result });
    return { link, attempt };
  }

  test('attempts and refunds are listed together, oldest first, with their age and what is known', async () => {
    const first = await unknown();
    const sent = await own.submit(own.house.as('owner'), 1000, 'GBP');
    const paid = await own.pay(1000);
    const refund = newId('refund');
    await own.db.execute(sql`insert into refunds (merchant_id, id, payment_link_id, payment_attempt_id, amount_minor, currency,
      state, created_by_kind, created_by_name) values (${own.house.merchantId}, ${uuidFromId('refund', refund)},
      ${uuidFromId('paymentLink', paid.link)}, ${uuidFromId('paymentAttempt', paid.attempt)}, 400, 'GBP', 'unknown', 'user', 'Ann')`);
    const list = async (more = {}) => {
      const outcome = await listUnknown(own.house.as('viewer'), more);
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value;
    };
    expect((await list()).data.map(({ id }) => id)).toEqual([first.attempt, refund]);
    await own.at('2031-03-04T12:10:00Z');
    const { data } = await list();
    expect(data).toMatchObject([
      {
        id: first.attempt,
        object: 'payment_attempt',
        paymentLink: first.link,
        state: 'unknown',
        amountMinor: 1000,
        reads: 0,
        lastReadAt: null,
        operatorSince: null,
        reason: 'timeout',
        card: { last4: '4242' },
      },
      { id: sent.attempt, state: 'submitted' },
      { id: refund, object: 'refund', paymentAttempt: paid.attempt, state: 'unknown', amountMinor: 400 },
    ]);
    // Made within the minute after twelve, however slow the machine.
    for (const { ageSeconds } of data) expect(ageSeconds).toBeGreaterThan(540);
    const pages = await list({ limit: 2 });
    expect(pages.nextCursor).toBe(sent.attempt);
    expect((await list({ cursor: pages.nextCursor })).data).toMatchObject([{ id: refund }]);
    expect(await listUnknown(own.house.stranger, {})).toMatchObject({ value: { data: [] } });
    for (const ctx of strangers()) expect(await listUnknown(ctx, {})).toMatchObject(forbidden);
    expect(await listUnknown(own.house.as('viewer'), { cursor: 'x' })).toMatchObject(invalid('cursor'));
  });

  test('check now brings the next read forward, for who may, while the outcome is open', async () => {
    const { attempt } = await unknown();
    const dueIn = async () => {
      const [row] = await own.db.execute<{ seconds: number }>(
        sql`select extract(epoch from run_at - clock_timestamp())::float8 as seconds from graphile_worker.jobs where key = ${`resolve:${attempt}`}`,
      );
      return row?.seconds ?? Number.NaN;
    };
    expect(await dueIn()).toBeGreaterThan(1);
    expect(await checkNow(own.house.as('admin'), attempt)).toEqual({ ok: true, value: { id: attempt } });
    expect(await dueIn()).toBeLessThan(0.1);
    for (const ctx of [...readers(), ...strangers()])
      expect(await checkNow(ctx, attempt)).toMatchObject(forbidden);
    expect(await checkNow(own.house.stranger, attempt)).toMatchObject(notFound);
    expect(await checkNow(own.house.as('admin'), 'pay_nothing')).toMatchObject(notFound);
    const paid = await own.pay(500);
    expect(await checkNow(own.house.as('admin'), paid.attempt)).toMatchObject({
      error: { code: 'conflict' },
    });
  });
});

test('alerts are read by who may look and put away by who may act, once, with their name and reason', async () => {
  const alert = { kind: 'mismatch', subject: 'pay_1', message: 'Look at this.' } as const;
  await raiseAlert(own.house.as('system'), own.db, alert);
  for (const reader of readers())
    expect(await listAlerts(reader)).toMatchObject({ value: { data: [{ ...alert, object: 'alert' }] } });
  expect(await listAlerts(own.house.stranger)).toMatchObject({ value: { data: [] } });
  const named = { kind: alert.kind, subject: alert.subject };
  const which = { ...named, reason: 'Looked up at the gateway.' };
  for (const ctx of [...readers(), ...strangers()])
    expect(await settleAlert(ctx, which)).toMatchObject(forbidden);
  for (const ctx of strangers()) expect(await listAlerts(ctx)).toMatchObject(forbidden);
  expect(await settleAlert(own.house.stranger, which)).toMatchObject(notFound);
  expect(await settleAlert(own.house.as('admin'), { ...which, kind: 'gossip' })).toMatchObject(
    invalid('kind'),
  );
  expect(await settleAlert(own.house.as('admin'), named)).toMatchObject(invalid('reason'));
  expect(await settleAlert(own.house.as('admin'), { ...named, reason: ' ' })).toMatchObject(
    invalid('reason'),
  );
  expect(await settleAlert(own.house.as('admin'), { ...named, reason: '4242 4242 4242 4242' })).toMatchObject(
    {
      error: { code: 'card_number_refused' },
    },
  );
  expect(await settleAlert(own.house.as('admin'), which)).toEqual({ ok: true, value: named });
  expect(await settleAlert(own.house.as('admin'), which)).toMatchObject(notFound);
  expect(await listAlerts(own.house.as('admin'))).toMatchObject({ value: { data: [] } });
  const [row] = await own.db.execute(sql`select settled_by_name from alerts where subject = 'pay_1'`);
  expect(row).toEqual({ settled_by_name: 'Test admin' });
  const [noted] = await own.db.execute(sql`select data from audit_entries where action = 'alert.settle'`);
  expect(noted).toEqual({ data: { kind: alert.kind, reason: which.reason } });
});
