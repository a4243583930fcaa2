import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { audit } from '../events/audit';
import { type TestHouse, testHouse } from '../testing';
import { sealAudit, verifyAudit } from '.';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const note = async (...subjects: string[]) => {
  for (const subject of subjects)
    await audit(house.as('admin'), house.services.db, 'test.act', subject, { amount: 12.5, what: 'ä "x"' });
};
const seal = () => sealAudit(house.services);
const faults = async (options = {}) => (await verifyAudit(house.services, options)).faults;
const run = (text: string) => house.services.db.execute(sql.raw(text));

/** Somebody who owns the tables does what their triggers refuse. */
async function forge(...texts: string[]): Promise<void> {
  for (const table of ['audit_entries', 'audit_chain', 'audit_roots'])
    await run(`alter table ${table} disable trigger append_only`);
  for (const text of texts) await run(text);
}

test('entries are sealed once, in order, over all merchants; a trail that nobody touched verifies', async () => {
  await note('a', 'b');
  await audit(house.stranger, house.services.db, 'test.act', 'c');
  expect(await seal()).toEqual({ count: 3, isWhole: true });
  expect(await seal()).toEqual({ count: 0, isWhole: true });
  await note('d');
  await seal();
  expect(await verifyAudit(house.services)).toMatchObject({ entries: 4, faults: [] });
});

test('of two workers one seals, and nothing is sealed twice', async () => {
  await note(...Array.from({ length: 20 }, (_, i) => `s${i}`));
  const passes = await Promise.all(Array.from({ length: 6 }, seal));
  expect(passes.reduce((sum, pass) => sum + (pass?.count ?? 0), 0)).toBe(20);
  expect(await faults()).toEqual([]);
});

test('an entry whose transaction took minutes is sealed all the same', async () => {
  await note('a');
  await seal();
  await setClock(house.services.db, 600);
  await run(`insert into audit_entries (merchant_id, id, actor_kind, action, subject, request_id, at)
    values (${house.merchantId}, gen_random_uuid(), 'system', 'late', 'x', 'r', cf_now() - interval '9 minutes')`);
  expect(await seal()).toMatchObject({ count: 1 });
  expect(await faults()).toEqual([]);
});

describe('what somebody with the whole database in their hands does is found', () => {
  beforeEach(async () => {
    await note('a', 'b', 'c', 'd', 'e');
    await seal();
    expect(await faults()).toEqual([]);
  });

  test.each([
    [
      'an edit',
      `update audit_entries set subject = 'z' where subject = 'c'`,
      /Number 3: entry .* is not what/,
    ],
    ['an edit of its data', `update audit_entries set data = '{}' where subject = 'c'`, /Number 3/],
    ['a time put back', `update audit_entries set at = at - interval '1 ms' where subject = 'b'`, /Number 2/],
    [
      'an entry taken out',
      `delete from audit_entries where subject = 'b'`,
      /Number 2: entry .* was taken out/,
    ],
    [
      'one taken out with its link',
      `with gone as (delete from audit_entries where subject = 'b' returning id)
      delete from audit_chain using gone where audit_id = gone.id`,
      /Numbers 2 to 2 of the chain are missing/,
    ],
    [
      'two that changed places',
      `update audit_chain c set audit_id = o.audit_id from audit_chain o
      where c.seq + o.seq = 5 and c.seq in (2, 3)`,
      /Number [23]/,
    ],
    ['the end cut off', `delete from audit_chain where seq > 3`, /ends at number 3, and was sealed up to 5/],
    [
      'all of it gone',
      `with a as (delete from audit_entries), b as (delete from audit_chain) delete from audit_head`,
      /no end of the chain/,
    ],
    ['an end of their own', `update audit_head set seq = 3`, /end of the chain was not written/],
  ])('%s', async (_name, text, told) => {
    await forge(`drop index audit_chain_entry`, text);
    expect((await faults()).join(' ')).toMatch(told);
  });

  test('an end of their own is not signed by a worker that runs', async () => {
    await forge(
      `delete from audit_chain where seq > 3`,
      `delete from audit_entries where subject in ('d', 'e')`,
      `update audit_head set seq = 3, mac = (select mac from audit_chain where seq = 3)`,
    );
    await expect(seal()).rejects.toThrow('not written by this installation');
    expect((await faults()).join(' ')).toMatch(/end of the chain was not written/);
  });

  test('an older end that is put back, with all that came after it gone', async () => {
    await run(`create table kept as select * from audit_head`);
    await note('f');
    await setClock(house.services.db, 300);
    await seal();
    await forge(
      `delete from audit_chain where seq > 5`,
      `delete from audit_entries where subject = 'f'`,
      `delete from audit_head`,
      `insert into audit_head select * from kept`,
    );
    expect((await faults()).join(' ')).toMatch(/an older one was put back/);
  });

  test('an entry put in behind the sealer', async () => {
    await run(`insert into audit_entries (merchant_id, id, actor_kind, action, subject, request_id, at)
      values (${house.merchantId}, gen_random_uuid(), 'system', 'x', 'x', 'r', cf_now() - interval '2 hours')`);
    await seal();
    expect((await faults()).join(' ')).toMatch(/1 entries are in no chain/);
  });

  test('a chain that is sealed anew with the key, by the root that was logged', async () => {
    await setClock(house.services.db, 86_400);
    await seal();
    const rows = await house.database.sql`select day, mac from audit_roots`;
    const roots = new Map(rows.map(({ day, mac }) => [String(day), (mac as Buffer).toString('hex')]));
    expect(roots.size).toBe(1);
    expect(await faults({ roots })).toEqual([]);
    await forge(
      `update audit_entries set subject = 'z' where subject = 'c'`,
      `delete from audit_chain`,
      `delete from audit_roots`,
      `delete from audit_head`,
    );
    await seal();
    expect((await faults()).filter((one) => !one.includes('root'))).toEqual([]);
    expect((await faults({ roots })).join(' ')).toMatch(/is not the one that was logged/);
  });
});

test('entries and links cannot be changed by the product itself', async () => {
  await note('a');
  await seal();
  for (const text of [
    'update audit_chain set seq = 2',
    'delete from audit_chain',
    'delete from audit_entries',
  ])
    await expect(run(text), text).rejects.toThrow();
});
