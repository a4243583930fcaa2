import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idFromUuid, uuidFromId } from '@/core/ids';
import { COUNTED_TO } from '@/core/reconciliation';
import { addJob } from '@/db/queries/jobs';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { recordAttemptResult } from '../payment-attempts';
import { nameLinks } from '../payment-links';
import { changeNewLinkRule, listProfileSettings } from '../payment-profiles';
import { checkNow, listBalanceRuns, listUnknown, readBalanceReport, readNeeds, requestBalance } from '.';
import { runBalance } from './run';
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
const outsiders = (): Ctx[] => [own.house.as('agent'), own.house.as('api', []), own.house.as('payer')];
const NOTHING = { unknown: 0, unknownLong: 0, notices: 0, differences: 0, alerts: 0, requests: 0 };

async function unknown() {
  const { link, attempt, payer } = await own.submit(own.house.as('owner'), 1000, 'GBP');
  const result = { kind: 'unknown', reason: 'timeout' } as const;
  await recordAttemptResult(payer, { attempt, amountMinor: 1000, currency: 'GBP', result });
  return { link, attempt };
}

describe('what needs a person', () => {
  test('nothing does in a quiet house; each list is counted, at this merchant alone', async () => {
    const viewer = own.house.as('viewer');
    expect(await readNeeds(viewer)).toEqual({ ok: true, value: NOTHING });
    const { link, attempt } = await unknown();
    const { merchantId } = own.house;
    const alert = { subject: attempt, message: 'Look.' };
    await raiseAlert(viewer, own.db, { kind: 'mismatch', ...alert });
    await raiseAlert(viewer, own.db, { kind: 'balance_difference', ...alert });
    await own.db.execute(sql`insert into gateway_notifications (merchant_id, profile_id, gateway_id, type, payload, state)
      values (${merchantId}, ${uuidFromId('profile', profile)}, 'ntf_1', 'payment.captured', '{}', 'quarantined'),
      (${merchantId}, ${uuidFromId('profile', profile)}, 'ntf_2', 'payment.captured', '{}', 'applied')`);
    await own.db.execute(sql`insert into link_requests (merchant_id, id, payment_link_id, state)
      values (${merchantId}, ${uuidFromId('linkRequest', newId('linkRequest'))}, ${uuidFromId('paymentLink', link)}, 'pending')`);
    const counted = { unknown: 1, unknownLong: 0, notices: 1, differences: 1, alerts: 2, requests: 1 };
    expect(await readNeeds(viewer)).toEqual({ ok: true, value: counted });
    await own.at('2031-03-04T12:02:05Z');
    expect(await readNeeds(viewer)).toMatchObject({ value: { unknownLong: 1 } });
    expect(await readNeeds(own.house.stranger)).toEqual({ ok: true, value: NOTHING });
    for (const ctx of outsiders()) expect(await readNeeds(ctx)).toMatchObject(forbidden);
  });

  test('a flood is counted up to a hundred and no further', async () => {
    await own.db.execute(sql`insert into alerts (merchant_id, kind, subject, message)
      select ${own.house.merchantId}, 'mismatch', n::text, 'Look.' from generate_series(1, 300) n`);
    expect(await readNeeds(own.house.as('admin'))).toMatchObject({ value: { alerts: COUNTED_TO } });
  });
});

test('an unknown outcome says when the gateway is asked next, and at once when an operator wants it', async () => {
  const { attempt } = await unknown();
  const nextIn = async () => {
    const page = await listUnknown(own.house.as('viewer'), {});
    const one = page.ok ? page.value.data.find(({ id }) => id === attempt) : undefined;
    return one?.nextReadAt ? Date.parse(one.nextReadAt) - Date.now() : null;
  };
  expect(await nextIn()).toBeGreaterThan(1000);
  await checkNow(own.house.as('admin'), attempt);
  expect(await nextIn()).toBeLessThan(100);
  await own.db.execute(sql`select graphile_worker.remove_job(${`resolve:${attempt}`})`);
  expect(await nextIn()).toBeNull();
});

describe('balances under way', () => {
  const runs = async (ctx: Ctx) => {
    const outcome = await listBalanceRuns(ctx);
    return outcome.ok ? outcome.value : outcome.error.code;
  };

  test('one that was asked for waits, runs and fails where everybody who may look can see it', async () => {
    expect(await runs(own.house.as('viewer'))).toEqual([]);
    await requestBalance(own.house.as('admin'), { profile, day: '2031-03-02' });
    await addJob(own.db, 'balance_profile', {}, { key: `balance:${profile}`, queue: `balance:${profile}` });
    const seen = await runs(own.house.as('viewer'));
    expect(seen).toEqual([
      { profile, day: '2031-03-02', state: 'waiting', seconds: null },
      { profile, day: null, state: 'waiting', seconds: null },
    ]);
    const set = (columns: string) =>
      own.db.execute(
        sql.raw(`update graphile_worker._private_jobs set ${columns} where key like '%2031-03-02'`),
      );
    await set("locked_at = clock_timestamp() - interval '40 seconds', locked_by = 'w'");
    const running = await runs(own.house.as('viewer'));
    expect(running).toMatchObject([{ state: 'running' }, { state: 'waiting' }]);
    expect(Array.isArray(running) && Math.floor(running[0]?.seconds ?? 0)).toBe(40);
    await set("locked_at = null, locked_by = null, last_error = 'no', attempts = 1");
    expect(await runs(own.house.as('viewer'))).toMatchObject([{ state: 'failing' }, { state: 'waiting' }]);
    expect(await runs(own.house.stranger)).toEqual([]);
    for (const ctx of outsiders()) expect(await runs(ctx)).toBe('forbidden');
  });
});

test('a gap names the link of its payment where it is one of this merchant', async () => {
  const paid = await own.pay(1000);
  await own.act('report-fault', { reference: paid.attempt, kind: 'omit' });
  await own.act('report-fault', { reference: 'somebody-elses', kind: 'extra', amountMinor: 700 });
  await own.at('2031-03-05T01:15:00Z');
  await runBalance(own.house.as('system'), profile, '2031-03-04');
  const [row] = await own.db.execute<{ id: string }>(sql`select id from balance_reports`);
  const report = await readBalanceReport(own.house.as('viewer'), idFromUuid('balanceReport', row?.id ?? ''));
  expect(report).toMatchObject({ ok: true });
  const gaps = report.ok ? report.value.gaps : [];
  expect(gaps).toContainEqual(
    expect.objectContaining({ kind: 'missing_at_gateway', reference: paid.attempt, paymentLink: paid.link }),
  );
  expect(gaps).toContainEqual(
    expect.objectContaining({ kind: 'missing_here', reference: 'somebody-elses', paymentLink: null }),
  );
});

test('links are named for who may read them, and only to their own merchant', async () => {
  const { link } = await own.pay(1000);
  const named = await nameLinks(own.house.as('viewer'), [link, null, 'plink_nothing', 'somebody-elses']);
  expect(named).toEqual({
    ok: true,
    value: { [link]: { reference: null, description: null, customerName: null } },
  });
  expect(await nameLinks(own.house.stranger, [link])).toEqual({ ok: true, value: {} });
  expect(await nameLinks(own.house.as('api', []), [link])).toMatchObject(forbidden);
});

test('payment profiles are seen by who may, without a secret, and only at their own merchant', async () => {
  const seen = await listProfileSettings(own.house.as('viewer'));
  expect(seen).toEqual({
    ok: true,
    value: [
      {
        ...{ id: profile, object: 'payment_profile', name: 'standard', isDefault: true, enabled: true },
        ...{
          newLinkRule: 'automatic',
          reminders: { afterIssue: [], beforeExpiry: [] },
          quietHours: null,
          balancedThrough: null,
          buttonEnabled: true,
          captureAtOnce: true,
          moto: false,
          challenge: null,
          receiptMail: true,
          postalAddress: null,
          taxNumber: null,
        },
      },
    ],
  });
  const theirs = await listProfileSettings(own.house.stranger);
  expect(theirs.ok && theirs.value.map(({ id }) => id)).not.toContain(profile);
  for (const ctx of outsiders()) expect(await listProfileSettings(ctx)).toMatchObject(forbidden);
});

test('what becomes of a wish for a new link is set by owner and admin, at their own profiles, and noted', async () => {
  const { house, db } = own;
  const wanted = { profile, newLinkRule: 'approval' };
  for (const ctx of [...outsiders(), house.as('viewer'), house.as('api', ['payment_profiles:read'])])
    expect(await changeNewLinkRule(ctx, wanted)).toMatchObject(forbidden);
  const missing = { error: { code: 'not_found' } };
  expect(await changeNewLinkRule(house.stranger, wanted)).toMatchObject(missing);
  expect(await changeNewLinkRule(house.as('owner'), { ...wanted, profile: 'standard' })).toMatchObject(
    missing,
  );
  expect(await changeNewLinkRule(house.as('owner'), { ...wanted, newLinkRule: 'maybe' })).toMatchObject({
    error: { code: 'invalid', errors: [{ path: 'newLinkRule' }] },
  });
  for (let i = 0; i < 2; i++)
    expect(await changeNewLinkRule(house.as('admin'), wanted)).toMatchObject({
      value: { id: profile, newLinkRule: 'approval' },
    });
  const noted = await db.execute(sql`select data from audit_entries where action = 'payment_profile.update'`);
  expect([...noted]).toEqual([{ data: { newLinkRule: { from: 'automatic', to: 'approval' } } }]);
});
