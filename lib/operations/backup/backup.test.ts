import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { type MoneyHouse, moneyHouse, pay, unwrap } from '../../gateways/testing';
import { newKeyRing } from '../../key-ring';
import { createPaymentLink } from '../../payment-links';
import { backup, restore } from './index';
import { seal, unseal } from './sealed';
import { listTables } from './tables';

const secret = newKeyRing();
const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-test-'));
const file = path.join(folder, 'one.backup');
let house: MoneyHouse;
let source: Sql;
const targets: TestDatabase[] = [];

beforeAll(async () => {
  house = await moneyHouse();
  source = house.database.sql;
  const link = unwrap(
    await createPaymentLink(house.as('agent'), {
      amountMinor: 1240,
      currency: 'GBP',
      description: 'Two walking sticks \\ "Łódź"\t\n0',
      send: { channel: 'email' },
      customer: { email: 'ada@example.test' },
    }),
  );
  await pay(house, link.id);
  // Of now and of the next days, each in a partition of its own.
  await source`insert into api_requests (merchant_id, id, client_id, client_name, method, path, query, status, duration_ms, address,
      replayed, at)
    select ${house.merchantId}, cf_first_id(at), 'key', 'Test', 'GET', '/', '{}', 200, 1, '-', false, at
    from (select now() + make_interval(days => n) as at from generate_series(0, 2) n) days`;
  await backup(source, { file, secret });
});
afterAll(async () => {
  await Promise.all([house.close(), ...targets.map((one) => one.close())]);
  rmSync(folder, { recursive: true });
});

/** A database as a first start migrates it. */
async function empty(): Promise<TestDatabase> {
  const database = await testDatabase({ max: 2 });
  targets.push(database);
  await database.sql`truncate cf_test_clock`;
  return database;
}

/** What every table holds. */
async function contentOf(sql: Sql): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const { name } of await listTables(sql)) {
    const [row] = await sql.unsafe(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') as digest from ${name} t`,
    );
    content[name] = row?.digest;
  }
  return content;
}

test('all that was there is there again, row for row; payers wait, jobs are free, and numbers go on', async () => {
  const { sql } = await empty();
  await source`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead'`;
  await backup(source, { file: path.join(folder, 'locked.backup'), secret });
  const restored = await restore(sql, { file: path.join(folder, 'locked.backup'), secret });
  expect(restored.sums).toEqual([expect.stringMatching(/^\d+ GBP payment 1 1240$/)]);
  const [free] =
    await sql`select count(*)::int as jobs, count(locked_by)::int as locked from graphile_worker._private_jobs`;
  expect(free?.jobs).toBeGreaterThan(0);
  expect(free?.locked).toBe(0);
  const [closed] =
    await sql`select bool_and(breaker_until > now() + interval '6 days') as all from merchants`;
  expect(closed?.all).toBe(true);
  await sql`update merchants set breaker_until = null`;
  await source`update graphile_worker._private_jobs set locked_at = null, locked_by = null`;
  expect(await contentOf(sql)).toEqual(await contentOf(source));
  const [made] =
    await sql`insert into merchants (name, contact_email) values ('New', 'new@example.test') returning id`;
  const [most] = await source`select max(id) as id from merchants`;
  expect(Number(made?.id)).toBe(Number(most?.id) + 1);
});

test('a file that was changed or cut anywhere, or is of another installation, leaves nothing behind', async () => {
  const { sql } = await empty();
  const before = await contentOf(sql);
  const whole = readFileSync(file);
  const spoilt = path.join(folder, 'spoilt.backup');
  const places = [0, 25, 60, Math.floor(whole.length / 2), whole.length - 20, whole.length - 1];
  const changed = places.map((at) => {
    const copy = Buffer.from(whole);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  });
  const cut = places.slice(1).map((at) => whole.subarray(0, at));
  for (const bytes of [...changed, ...cut]) {
    writeFileSync(spoilt, bytes);
    await expect(restore(sql, { file: spoilt, secret })).rejects.toThrow(/backup/);
  }
  await expect(restore(sql, { file, secret: newKeyRing() })).rejects.toThrow(/another DATA_ENCRYPTION_KEY/);
  expect(await contentOf(sql)).toEqual(before);
});

test('a database that is in use, or of another version, is not filled', async () => {
  await expect(restore(source, { file, secret })).rejects.toThrow(/in use/);
  const { sql } = await empty();
  await sql`update drizzle.__drizzle_migrations set hash = 'older' where id = 1`;
  await expect(restore(sql, { file, secret })).rejects.toThrow(/another version/);
});

test('whatever its length, what is sealed is read again, and no part stands in for another', async () => {
  const through = async (stage: ReturnType<typeof seal>, ...parts: Buffer[]) =>
    buffer(stage(Readable.from(parts)));
  for (const length of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]) {
    const given = randomBytes(length);
    const sealed = await through(seal(secret), given.subarray(0, 7), given.subarray(7));
    const cuts = [sealed.subarray(0, 30), sealed.subarray(30, 31), sealed.subarray(31)];
    expect((await through(unseal(secret), ...cuts)).equals(given)).toBe(true);
  }
  const sealed = await through(seal(secret), randomBytes(3 * 65_536));
  const chunk = 65_536 + 16;
  const from = sealed.length - 3 * chunk;
  const [one, two, three] = [0, 1, 2].map((at) =>
    sealed.subarray(from + at * chunk, from + (at + 1) * chunk),
  );
  const head = sealed.subarray(0, from);
  if (!one || !two || !three) throw new Error('three parts were sealed');
  for (const order of [
    [two, one, three],
    [one, two],
    [one, three],
    [one, one, two, three],
  ])
    await expect(through(unseal(secret), head, ...order)).rejects.toThrow(/changed or cut/);
});
