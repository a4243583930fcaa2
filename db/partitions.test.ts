import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateSchema } from './migrate';
import { ADMIN_URL_VARIABLE, asAdmin, withDatabase } from './testing';

const name = `cf_test_${randomUUID().replaceAll('-', '')}`;
const admin = process.env[ADMIN_URL_VARIABLE] ?? '';
const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-test-'));
let sql: postgres.Sql;

/** A database as the version before partitions left it. */
beforeAll(async () => {
  cpSync('db/migrations', folder, { recursive: true });
  const journal = path.join(folder, 'meta/_journal.json');
  const whole: { entries: { tag: string }[] } = JSON.parse(readFileSync(journal, 'utf8'));
  const upTo = whole.entries.findIndex(({ tag }) => tag.endsWith('_partitions'));
  writeFileSync(journal, JSON.stringify({ ...whole, entries: whole.entries.slice(0, upTo) }));
  await asAdmin(admin, (run) => run(`create database ${name}`));
  sql = postgres(withDatabase(admin, name), { max: 1, onnotice: () => {} });
  await migrate(drizzle(sql), { migrationsFolder: folder });
});
afterAll(async () => {
  await sql.end();
  await asAdmin(admin, (run) => run(`drop database ${name} with (force)`));
  rmSync(folder, { recursive: true });
});

const newest = async (): Promise<string> =>
  (await sql`select name from cf_partitions('webhook_tries') order by to_id desc limit 1`)[0]?.name;
const TABLES = ['api_requests', 'webhook_tries'];
/** What is known of a table by its name: indexes and keys, columns, and who may what. */
const shapeOf = async () => ({
  indexes:
    await sql`select indexname, replace(indexdef, ' ON ONLY ', ' ON ') as def from pg_indexes where tablename in ${sql(TABLES)} order by 1`,
  columns:
    await sql`select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
      where table_name in ${sql(TABLES)} order by table_name, ordinal_position`,
  grants:
    await sql`select table_name, grantee, privilege_type from information_schema.role_table_grants where table_name in ${sql(TABLES)} order by 1, 2, 3`,
});

test('an installation of before keeps every row, index and grant when its logs get partitions', async () => {
  await sql`grant select, insert on api_requests to pg_monitor`;
  await sql`insert into api_requests (merchant_id, id, client_id, client_name, method, path, query, status, duration_ms, address,
      replayed, at)
    select 1, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('a', 20))::uuid, 'key', 'Test', 'GET', '/',
      '{}', 200, 1, '-', false, at
    from (select now() - make_interval(hours => n) as at from generate_series(-300, 500) n) hours`;
  await sql`insert into webhook_tries (merchant_id, delivery_id, number, duration_ms, answer)
    select 1, id, 1, 5, 'ok' from api_requests where at < now()`;
  const rows = () => sql`select to_jsonb(r) as row from api_requests r union all
    select to_jsonb(t) from webhook_tries t order by 1`;
  const [before, shape] = [await rows(), await shapeOf()];
  await migrateSchema(withDatabase(admin, name));
  expect(await rows()).toEqual(before);
  expect(await shapeOf()).toEqual(shape);
  const where =
    await sql`select tableoid::regclass::text as name, count(*)::int as rows, min(at) <= now() as old
    from api_requests group by 1 order by 1`;
  expect(where.map(({ name }) => name)).toEqual(['api_requests_before', 'api_requests_rest']);
  const made = await sql`select * from cf_partitions('webhook_tries') where from_id is not null`;
  expect(made).toHaveLength(3);
  expect(await rows()).toEqual(before);
});

test('a start beside a backup, which holds every table, goes on without the partitions it cannot make', async () => {
  const partitions = async () => (await sql`select cf_partitions('webhook_tries')`).length;
  await migrateSchema(withDatabase(admin, name));
  await sql`drop table ${sql(await newest())}`;
  const before = await partitions();
  const reader = postgres(withDatabase(admin, name), { max: 1 });
  await reader.begin(async (tx) => {
    await tx`select count(*) from webhook_tries`;
    await migrateSchema(withDatabase(admin, name));
    expect(await partitions()).toBe(before);
  });
  await reader.end();
  await migrateSchema(withDatabase(admin, name));
  expect(await partitions()).toBe(before + 1);
});
