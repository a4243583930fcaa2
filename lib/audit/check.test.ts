import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStanding } from '@/db/queries/metrics';
import { listAlerts, settleAlert } from '../alerts';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { type TestHouse, testHouse } from '../testing';
import { checkAuditDaily, sealAudit } from '.';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const check = async () => {
  await sealAudit(house.services);
  return checkAuditDaily(house.services, 'job_1', { hasWaited: false });
};
const open = async (ctx: Ctx) => {
  const alerts = await listAlerts(ctx);
  if (!alerts.ok) throw new Error(alerts.error.code);
  return alerts.value.data.map(({ kind }) => kind);
};
const told = async () =>
  (await readStanding(house.services.db))
    .filter(({ kind }) => kind === 'auditFaults')
    .map(({ value }) => value);

test('what was tampered with is found by the check of the day and told to every merchant, once', async () => {
  for (const subject of ['a', 'b', 'c', 'd'])
    await audit(house.as('admin'), house.services.db, 'payment_link.send', subject);
  expect(await check()).toBe(0);
  expect(await open(house.as('owner'))).toEqual([]);
  expect(await told()).toEqual([0]);

  const { sql } = house.database;
  const forge = (subject: string) => sql`update audit_entries set subject = 'z' where subject = ${subject}`;
  await sql`alter table audit_entries disable trigger append_only`;
  await forge('b');
  expect(await check()).toBe(1);
  expect(await told()).toEqual([1]);
  for (const ctx of [house.as('owner'), house.stranger])
    expect(await open(ctx)).toEqual(['audit_trail_broken']);

  const reason = { kind: 'audit_trail_broken', subject: 'audit_trail', reason: 'looked into, kept apart' };
  expect(await settleAlert(house.as('owner'), reason)).toMatchObject({ ok: true });
  await check();
  expect(await open(house.as('owner')), 'the same finding is no news').toEqual([]);
  await forge('d');
  await check();
  expect(await open(house.as('owner'))).toEqual(['audit_trail_broken']);
});

test('a worker that has just started waits for the end to be looked at, once; where nobody seals, that is told', async () => {
  const { sql } = house.database;
  expect(await checkAuditDaily(house.services, 'job_1', { hasWaited: false })).toBe(0);
  const waiting = await sql`select extract(epoch from run_at - clock_timestamp()) > 30 as later
    from graphile_worker.jobs where key = 'check_audit_daily'`;
  expect(waiting).toEqual([{ later: true }]);
  expect(await checkAuditDaily(house.services, 'job_1', { hasWaited: true })).toBe(1);
});
