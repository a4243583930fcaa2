import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { findApiRequest, insertApiRequests, listApiRequests } from '@/db/queries/api-requests';
import { readStanding } from '@/db/queries/metrics';
import { dropPartition, PARTITIONED, type Partitioned } from '@/db/queries/partitions';
import { listTries } from '@/db/queries/webhook-log';
import { isLockTimeout } from '@/db/refusals';
import * as schema from '@/db/schema';
import { setClock } from '@/db/testing';
import type { Plan } from '@/db/testing/plan';
import { newId } from '../ids';
import { type TestHouse, testHouse } from '../testing';
import { EndpointTales } from '../webhooks/testing';
import { keepPartitions, purge } from '.';
import { KINDS } from './rules';

let house: TestHouse;
const tales = new EndpointTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const DAY = 86_400;
const KEEP = { events: 200, deliveries: 140, messages: 60 };
type Range = { name: string; from_id: string; to_id: string };

/** The partitions that can be dropped, oldest first. */
const partitions = (table: Partitioned) =>
  house.database.sql<
    Range[]
  >`select * from cf_partitions(${table}) where from_id is not null order by from_id`;
async function oldest(table: Partitioned): Promise<Range> {
  const [first] = await partitions(table);
  if (!first) throw new Error(`${table} has no partition`);
  return first;
}
const secondOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16) / 1000;
const step = (id: string, by: bigint): string => {
  const hex = (BigInt(`0x${id.replaceAll('-', '')}`) + by).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
/** Sets the clock to so long after the moment at which an id can first be. */
const clockAfter = (id: string, seconds: number) =>
  setClock(house.services.db, secondOf(id) - Date.now() / 1000 + seconds);

/** A request of this id, asked at this second; the table that has its row. */
async function request(id: string, second = secondOf(id)): Promise<void> {
  await house.database
    .sql`insert into api_requests (merchant_id, id, client_id, client_name, method, path, query, status,
    duration_ms, address, replayed, at) values (${house.merchantId}, ${id}, 'key', 'Test', 'GET', '/', '{}', 200, 1, '-',
    false, to_timestamp(${second}))`;
}
async function tableOf(id: string): Promise<string | undefined> {
  const [row] = await house.database.sql<{ name: string }[]>`
    select tableoid::regclass::text as name from api_requests where id = ${id}`;
  return row?.name;
}
const outside = async (): Promise<number[]> =>
  (await readStanding(house.services.db)).filter(({ kind }) => kind === 'outside').map(({ value }) => value);

test('every table with partitions has a rule by which they are dropped', () => {
  expect(KINDS.flatMap(({ partitioned }) => partitioned ?? []).sort()).toEqual([...PARTITIONED]);
});

test('the first and the last id of a day are in its partition, those beside it are in others', async () => {
  const [one, next] = await partitions('api_requests');
  if (!one || !next) throw new Error('none was made ahead');
  expect(one.name).toBe(
    `api_requests_${new Date(secondOf(one.from_id) * 1000).toISOString().slice(0, 10).replaceAll('-', '')}`,
  );
  expect(secondOf(one.to_id) - secondOf(one.from_id)).toBe(DAY);
  const ids = [step(one.from_id, -1n), one.from_id, step(one.to_id, -1n), one.to_id];
  for (const id of ids) await request(id);
  expect(await Promise.all(ids.map(tableOf))).toEqual(['api_requests_before', one.name, one.name, next.name]);
});

test('a day that has no partition loses no row: it is told, found, and goes when it is old', async () => {
  const { db } = house.services;
  const { length } = await partitions('api_requests');
  const id = step((await oldest('api_requests')).from_id, BigInt(20 * DAY * 1000) << 80n);
  await clockAfter(id, 60);
  await request(id);
  expect(await tableOf(id)).toBe('api_requests_rest');
  expect(await outside()).toEqual([1, 0]);
  await keepPartitions(house.services, KEEP);
  expect(await tableOf(id)).toBe('api_requests_rest');
  expect(await partitions('api_requests')).toHaveLength(length + 3);
  await keepPartitions(house.services, KEEP);
  expect(await partitions('api_requests')).toHaveLength(length + 3);
  await clockAfter(id, 30 * DAY + 60);
  await purge(house.services, 5_000, KEEP);
  expect(await tableOf(id)).toBeUndefined();
  expect(await readStanding(db)).toContainEqual({ kind: 'outside', name: 'api_requests', value: 0 });
});

test('a partition goes when all its time is past, and what in it is younger stays', async () => {
  const { name, from_id, to_id } = await oldest('api_requests');
  const [old, young] = [step(from_id, 5n), step(from_id, 6n)];
  await request(old);
  await request(young, secondOf(to_id) + 60);
  await clockAfter(to_id, 30 * DAY - 30);
  await keepPartitions(house.services, KEEP);
  expect(await tableOf(old)).toBe(name);
  await clockAfter(to_id, 30 * DAY + 30);
  expect(await keepPartitions(house.services, KEEP)).toBe(1);
  expect(await tableOf(old)).toBeUndefined();
  expect(await tableOf(young)).toBe('api_requests_rest');
  expect(await outside()).toEqual([0, 0]);
});

test('writers go on while a partition cannot go, as a reader holds it; once let go of, it goes', async () => {
  const { db } = house.services;
  await keepPartitions(house.services, KEEP);
  const { to_id } = await oldest('api_requests');
  await clockAfter(to_id, 30 * DAY + 30);
  const waited: number[] = [];
  let going: Promise<number> | undefined;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select count(*) from api_requests`);
    await expect(dropPartition(db, 'api_requests', 30 * DAY)).rejects.toSatisfy(isLockTimeout);
    going = keepPartitions(house.services, KEEP);
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      const id = newId('request');
      const row = {
        id,
        clientId: 'key',
        clientName: 'Test',
        method: 'GET',
        path: '/',
        query: {},
        status: 200,
      };
      const more = { durationMs: 1, address: '-', replayed: false, ageMs: 0, merchantId: house.merchantId };
      await insertApiRequests(db, [{ ...row, ...more }]);
      waited.push(performance.now() - began);
      expect(await tableOf(uuidFromId('request', id) ?? '')).toBeDefined();
    }
  });
  expect(await going).toBeGreaterThan(0);
  expect(Math.max(...waited)).toBeLessThan(2_000);
});

test('the tries of a week go at once, then their deliveries; of one that waits for its endpoint all stays', async () => {
  const { sql: run } = house.database;
  const endpoint = await tales.made();
  await Promise.all([1, 2].map(() => tales.newLink()));
  const { name, from_id, to_id } = await oldest('webhook_tries');
  await run`update webhook_deliveries d set created_at = to_timestamp(${secondOf(from_id)}), id = n.id
    from (select ctid, (${from_id.slice(0, -2)} || '0' || row_number() over ())::uuid as id from webhook_deliveries) n
    where n.ctid = d.ctid`;
  const [ended, waiting] = [step(from_id, 1n), step(from_id, 2n)];
  await run`update webhook_deliveries set state = 'succeeded', ended_at = cf_now() where id = ${ended}`;
  await run`insert into webhook_tries (merchant_id, delivery_id, number, duration_ms)
    select merchant_id, id, 1, 5 from webhook_deliveries`;
  const left = async () => [
    (await run`select id from webhook_deliveries order by id`).map(({ id }) => id),
    (await run`select delivery_id, tableoid::regclass::text as in from webhook_tries order by 1`).map(
      (row) => [row.delivery_id, row.in],
    ),
  ];
  const both = [ended, waiting].map((id) => [id, name]);
  await clockAfter(to_id, KEEP.deliveries * DAY - 30);
  await keepPartitions(house.services, KEEP);
  await purge(house.services, 5_000, KEEP);
  expect(await left()).toEqual([[ended, waiting], both]);
  await clockAfter(to_id, KEEP.deliveries * DAY + 30);
  await keepPartitions(house.services, KEEP);
  await purge(house.services, 5_000, KEEP);
  expect(await left()).toEqual([[waiting], [[waiting, 'webhook_tries_rest']]]);
  await run`update webhook_deliveries set state = 'failed', ended_at = cf_now()`;
  await purge(house.services, 5_000, KEEP);
  expect(await left()).toEqual([[], []]);
  await setClock(house.services.db, 0);
  await tales.removed(endpoint.id);
});

/** The tables of which the plan of the last statement that `ask` sends reads rows. */
async function readBy(ask: (db: TestHouse['services']['db']) => PromiseLike<unknown>): Promise<string[]> {
  const asked: [string, unknown[]][] = [];
  const logger = { logQuery: (text: string, values: unknown[]) => void asked.push([text, values]) };
  await ask(drizzle(house.database.sql, { schema, logger }));
  const [text, values] = asked.at(-1) ?? ['', []];
  const [row] = await house.database.sql.unsafe(`explain (format json) ${text}`, values as string[]);
  const nodes: Plan[] = [row?.['QUERY PLAN'][0].Plan];
  for (const node of nodes) nodes.push(...(node.Plans ?? []));
  return nodes.flatMap((node) => node['Relation Name'] ?? []);
}

test('what is asked by an id, or behind one, reads the partitions of that time alone', async () => {
  const { merchantId } = house;
  const ids = await partitions('api_requests');
  const now = newId('request');
  expect(await readBy((db) => findApiRequest(db, { merchantId, id: now }))).toHaveLength(1);
  const behind = await readBy((db) => listApiRequests(db, merchantId, { before: now }, 10));
  expect(behind).not.toContain(ids.at(-1)?.name);
  expect(behind.length).toBeLessThan(ids.length + 2);
  const tries = await readBy((db) => listTries(db, { merchantId, id: newId('delivery') }, 10));
  expect(tries).toHaveLength(1);
});

test('a user of the database who owns nothing makes and drops these partitions, and nothing else', async () => {
  const { sql: run } = house.database;
  const refused = (statement: string) =>
    expect(
      run.begin(async (tx) => {
        await tx`set local role pg_monitor`;
        await tx.unsafe(statement);
      }),
    ).rejects;
  await refused(`select cf_drop_partition('api_requests', '40 days')`).toThrow('permission denied');
  await run`grant execute on function cf_make_partitions(text), cf_drop_partition(text, interval) to pg_monitor`;
  await refused('drop table api_requests_rest').toThrow('must be owner');
  await refused(`select cf_drop_partition('merchants', '400 days')`).toThrow('merchants has no partitions');
  await refused(`select cf_make_partitions('payment_links')`).toThrow('payment_links has no partitions');
  await refused(`select cf_drop_partition('api_requests', '29 days')`).toThrow('30 days at the least');
  await refused(`select cf_drop_partition('webhook_tries', null)`).toThrow('130 days at the least');
  const { name, to_id } = await oldest('api_requests');
  await clockAfter(to_id, 31 * DAY);
  const [done] = await run.begin(async (tx) => {
    await tx`set local role pg_monitor`;
    return tx`select cf_drop_partition('api_requests', '30 days') as name, cf_make_partitions('api_requests') as made`;
  });
  expect(done).toEqual({ name, made: 4 });
});
