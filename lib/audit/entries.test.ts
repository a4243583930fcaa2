import { afterEach, beforeEach, expect, test } from 'vitest';
import { audit } from '../events/audit';
import { type TestHouse, testHouse } from '../testing';
import {
  exportAuditEntries,
  listAuditEntries,
  readAuditEntry,
  readAuditStanding,
  requestAuditCheck,
  runAuditCheck,
  sealAudit,
} from '.';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const note = (action: string, subject: string, who: 'owner' | 'admin' | 'api' | 'system' = 'admin') =>
  audit(house.as(who), house.services.db, action, subject, { amount: { from: 1, to: 2 } });
const subjects = async (query: Record<string, string> = {}) => {
  const listed = await listAuditEntries(house.as('owner'), query);
  if (!listed.ok) throw new Error(listed.error.message);
  return listed.value.data.map(({ subject }) => subject);
};

test('entries are read newest first, page by page, by person, kind and object; only owners and admins, only their own', async () => {
  for (const one of ['a', 'b', 'c']) await note('payment_link.send', one);
  await note('api_key.create', 'd', 'owner');
  await note('sign_in', 'e', 'system');
  await audit(house.stranger, house.services.db, 'payment_link.send', 'theirs');
  expect(await subjects()).toEqual(['e', 'd', 'c', 'b', 'a']);
  const first = await listAuditEntries(house.as('admin'), { limit: '2', kind: 'links' });
  expect(first.ok && first.value.data.map(({ subject, actor }) => [subject, actor.name])).toEqual([
    ['c', 'Test admin'],
    ['b', 'Test admin'],
  ]);
  expect(await subjects({ kind: 'links', cursor: (first.ok && first.value.nextCursor) || '' })).toEqual([
    'a',
  ]);
  expect(await subjects({ subject: 'b' })).toEqual(['b']);
  const { actor } = house.as('owner');
  expect(await subjects({ person: 'id' in actor ? actor.id : '' })).toEqual(['d']);
  expect(await subjects({ kind: 'people' })).toEqual(['e']);
  expect(await subjects({ to: '2000-01-01T00:00:00Z' })).toEqual([]);
  const theirs = await listAuditEntries(house.stranger, {});
  const id = (theirs.ok && theirs.value.data[0]?.id) || '';
  expect(await readAuditEntry(house.stranger, id)).toMatchObject({ ok: true });
  expect(await readAuditEntry(house.as('owner'), id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await listAuditEntries(house.as('owner'), { cursor: id })).toMatchObject({ ok: false });
  for (const who of ['agent', 'viewer', 'api'] as const)
    expect(await listAuditEntries(house.as(who), {})).toMatchObject({ error: { code: 'forbidden' } });
});

test('the file asks for a fresh proof, runs nothing in a spreadsheet, and is an entry itself', async () => {
  await note('payment_link.send', '=cmd()');
  const ctx = house.as('admin');
  const stale = { ...ctx, actor: { ...ctx.actor, verified: false } } as typeof ctx;
  expect(await exportAuditEntries(stale, {})).toMatchObject({ error: { code: 'step_up_required' } });
  const made = await exportAuditEntries(ctx, {});
  if (!made.ok) throw new Error(made.error.message);
  let text = '';
  for await (const piece of made.value) text += piece;
  expect(text).toContain(`"'=cmd()"`);
  expect(await subjects({ kind: 'trail' })).toEqual(['audit_trail']);
});

test('a check is asked for once at a time, tells its end, and names the first entry that is wrong', async () => {
  for (const one of ['a', 'b', 'c']) await note('payment_link.send', one);
  await sealAudit(house.services);
  const ctx = house.as('owner');
  const both = await Promise.all([requestAuditCheck(ctx), requestAuditCheck(ctx)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await readAuditStanding(ctx)).toMatchObject({ value: { sealed: 3, running: { ofEntries: 3 } } });
  const { sql } = house.database;
  const lastId = async () => Number((await sql`select max(id) as id from audit_checks`)[0]?.id);
  expect(await runAuditCheck(house.services, await lastId(), 'r')).toBe(0);
  expect(await readAuditStanding(ctx)).toMatchObject({ value: { running: null, last: { entries: 3 } } });
  await sql`alter table audit_entries disable trigger append_only`;
  await sql`update audit_entries set subject = 'z' where subject = 'b'`;
  expect(await requestAuditCheck(ctx)).toMatchObject({ ok: true });
  await runAuditCheck(house.services, await lastId(), 'r');
  expect(await readAuditStanding(ctx)).toMatchObject({
    value: { last: { faults: [expect.stringMatching(/^Number 2: entry aud_/)] } },
  });
  expect(await requestAuditCheck(house.as('viewer'))).toMatchObject({ error: { code: 'forbidden' } });
});
