import { randomUUID } from 'node:crypto';
import { getTableName, isTable, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deleteOldBulkActs } from '@/db/queries/retention';
import * as schema from '@/db/schema';
import { setClock } from '@/db/testing';
import { plansOf } from '@/db/testing/plan';
import { remindAfter } from '../opt-outs/testing';
import { reissuePaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { EndpointTales } from '../webhooks/testing';
import { purge } from '.';
import { KEPT, KINDS } from './rules';

let house: TestHouse;
const tales = new EndpointTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const DAY = 86_400;
const count = async (table: string, where = sql`true`): Promise<number> => {
  const from = sql.identifier(table);
  const [row] = await house.services.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${from} where ${where}`,
  );
  return row?.n ?? -1;
};
const purgeAt = async (days: number): Promise<void> => {
  await setClock(house.services.db, days * DAY);
  await purge(house.services, 5_000, { events: 200, deliveries: 140, messages: 60 });
};
test('every table has its rule: it is emptied in time, or kept for good and said why', () => {
  const ruled = [...KINDS.flatMap(({ tables }) => tables), ...Object.values(KEPT).flat()];
  const tables = Object.values(schema).filter((one) => isTable(one));
  expect([...new Set(ruled)].sort()).toEqual(tables.map((one) => getTableName(one)).sort());
  expect(ruled).toHaveLength(tables.length);
});

test('a delivery goes with its tries when its time is over, its event after it; what is on its way keeps both', async () => {
  const { db } = house.services;
  const endpoint = await tales.made();
  await Promise.all([1, 2].map(() => tales.newLink()));
  await db.execute(sql`update webhook_deliveries set state = 'succeeded', ended_at = cf_now()
    where ctid = (select ctid from webhook_deliveries limit 1)`);
  await db.execute(sql`insert into webhook_tries (merchant_id, delivery_id, number, duration_ms)
    select merchant_id, id, 1, 5 from webhook_deliveries`);
  await purgeAt(139);
  expect(await count('webhook_deliveries')).toBe(2);
  await purgeAt(141);
  expect(await count('webhook_deliveries')).toBe(1);
  expect(await count('webhook_tries')).toBe(1);
  expect(await count('events')).toBe(2);
  await purgeAt(201);
  expect(await count('events')).toBe(1);
  expect(await count('payment_links')).toBe(2);
  await setClock(db, 0);
  await tales.removed(endpoint.id);
});

test('what an endpoint that was disabled has missed is there for as long as it can be replayed', async () => {
  const endpoint = await tales.made();
  const link = await tales.newLink();
  await house.services.db.execute(sql`update webhook_deliveries set state = 'disabled', ended_at = cf_now()`);
  await purgeAt(139);
  const here = sql`payload like ${`%${link.id}%`}`;
  expect(await count('events', here)).toBe(1);
  expect(await count('webhook_deliveries', sql`event_id = (select id from events where ${here})`)).toBe(1);
  await setClock(house.services.db, 0);
  await tales.removed(endpoint.id);
});

test('messages and the addresses that newer ones replaced go; the one that opens the link stays', async () => {
  await remindAfter(house, [60]);
  const link = await tales.newLink({ customer: { email: 'kim@example.com' }, send: { channel: 'email' } });
  expect(await reissuePaymentLink(house.as('owner'), link.id, {})).toMatchObject({ ok: true });
  await house.services.db.execute(sql`insert into reminders (merchant_id, token_id, basis, minutes, state, send_at)
    select merchant_id, id, 'issue', 60, 'sent', cf_now() from link_tokens where state = 'superseded'`);
  await purgeAt(59);
  expect(await count('messages')).toBe(1);
  await purgeAt(61);
  expect(await count('messages')).toBe(0);
  await purgeAt(402);
  expect(await count('link_tokens', sql`state = 'superseded'`)).toBe(1);
  await purgeAt(404);
  expect(await count('link_tokens', sql`state = 'superseded'`)).toBe(0);
  expect(await count('reminders')).toBe(0);
  expect(await count('link_tokens', sql`state = 'live'`)).toBe(await count('payment_links'));
});

test('the purge waits for nobody: a row that another holds is left for the next', async () => {
  const { db } = house.services;
  await tales.newLink({ customer: { email: 'kim@example.com' }, send: { channel: 'email' } });
  await tales.newLink({ customer: { email: 'lee@example.com' }, send: { channel: 'email' } });
  await db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from messages where recipient = 'kim@example.com' for update`);
    await purgeAt(61);
    expect(await count('messages')).toBe(1);
  });
  await purgeAt(61);
  expect(await count('messages')).toBe(0);
});

test('among many events those that are old are found by their ids, without an index by age', async () => {
  const { db } = house.services;
  await db.execute(sql`insert into events (merchant_id, id, type, payload, actor_name, occurred_at)
    select ${house.merchantId}, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || md5(n::text)::text)::varchar(32)::uuid,
      'test.ping', '{}', 'Test', at
    from (select n, cf_now() - make_interval(hours => n) as at from generate_series(1, 20000) n) all_events`);
  await db.execute(sql`analyze events`);
  const events = KINDS.find(({ tables }) => tables[0] === 'events');
  const plans = await plansOf(db, async (tx) => events?.delete(tx, 400 * DAY, 100));
  const reads = plans.filter((step) => step['Relation Name'] === 'events');
  expect(reads.map((step) => step['Index Name'] ?? step['Node Type'])).toContain('events_merchant_id_id_pk');
  expect(plans.map((step) => step['Node Type'])).not.toContain('Sort');
  expect(
    plans.filter((step) => step['Node Type'] === 'Seq Scan' && step['Relation Name'] === 'events'),
  ).toEqual([]);
  await purgeAt(0);
  expect(await count('events', sql`occurred_at < cf_now() - interval '200 days'`)).toBe(0);
  expect(await count('events', sql`type = 'test.ping'`)).toBe(200 * 24 - 1);
});

test('bulk acts go with all their links, of which no statement takes more than some thousands; a newer one stays', async () => {
  const { db } = house.services;
  const act = (
    id: string,
    days: number,
  ) => sql`insert into bulk_acts (merchant_id, id, act, links, created_by_id, created_by_name,
    request_id, created_at) values (${house.merchantId}, ${id}, 'send', 120, gen_random_uuid(), 'Kim', 'req',
    cf_now() - make_interval(days => ${days}))`;
  const [old, other, newer] = [randomUUID(), randomUUID(), randomUUID()];
  for (const [id, days] of [
    [old, 40],
    [other, 31],
    [newer, 29],
  ] as const)
    await db.execute(act(id, days));
  await db.execute(sql`insert into bulk_act_links (merchant_id, bulk_act_id, place, payment_link_id)
    select merchant_id, id, place, gen_random_uuid() from bulk_acts, generate_series(1, 120) place`);
  expect(await deleteOldBulkActs(db, 30 * DAY, 2)).toBe(2);
  expect([await count('bulk_acts'), await count('bulk_act_links')]).toEqual([3, 260]);
  await purgeAt(0);
  expect([await count('bulk_acts'), await count('bulk_act_links')]).toEqual([1, 120]);
});
