import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/client';
import type { Page } from '../contracts/common';
import type { Event } from '../contracts/events';
import { cancelPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { EndpointTales } from '../webhooks/testing';
import { listEvents, readEvent } from './list';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new EndpointTales(() => house);

async function page(query: object, ctx = house.as('viewer')): Promise<Page<Event>> {
  const outcome = await listEvents(ctx, query);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}
const idsOf = ({ data }: Page<Event>) => data.map((event) => event.id);
const storedIds = async () => {
  const rows = await house.database.sql`select payload from events where merchant_id = ${house.merchantId}
    order by occurred_at, id`;
  return rows.map((row) => JSON.parse(row.payload).id as string);
};

test('events are listed newest first, each as its webhook told it, in pages that join without a gap', async () => {
  for (let i = 0; i < 5; i++) await tales.newLink();
  const all = (await storedIds()).reverse();
  const first = await page({ limit: '3' });
  const rest = await page({ limit: '3', cursor: first.nextCursor ?? '' });
  expect([...idsOf(first), ...idsOf(rest)]).toEqual(all);
  expect(rest.nextCursor).toBeNull();
  const [row] = await house.database.sql`select payload from events where payload like ${`%${all[0]}%`}`;
  expect(JSON.stringify(first.data[0])).toBe(row?.payload);
  expect(await readEvent(house.as('viewer'), all[0] ?? '')).toEqual({ ok: true, value: first.data[0] });
});

test('types, link, sequence and time narrow the list', async () => {
  const link = await tales.newLink();
  await cancelPaymentLink(tales.owner(), link.id);
  expect((await page({ paymentLink: link.id })).data.map((one) => one.sequence)).toEqual([2, 1]);
  expect((await page({ paymentLink: link.id, afterSequence: '1' })).data.map((one) => one.type)).toEqual([
    'payment_link.canceled',
  ]);
  const canceled = await page({ types: 'payment_link.canceled,payment_link.paid' });
  expect(canceled.data.map((one) => one.paymentLink)).toEqual([link.id]);
  const at = canceled.data[0]?.occurredAt ?? '';
  expect(idsOf(await page({ createdFrom: at }))).toEqual(idsOf(canceled));
  expect(idsOf(await page({ createdTo: at, limit: '100' }))).not.toContain(canceled.data[0]?.id);
});

test('a feed gives every event once, in order, also one that is committed late', async () => {
  const start = await page({ order: 'oldest', limit: '100' });
  expect(idsOf(start)).toEqual(await storedIds());
  const other = connect(house.database.url, { max: 1 });
  let commit = () => {};
  let began = () => {};
  const writing = new Promise<void>((done) => {
    began = done;
  });
  const late = other.db.transaction(async (tx) => {
    const made = await tales.newLink({}, { ...house.as('owner'), tx });
    began();
    await new Promise<void>((done) => {
      commit = done;
    });
    return made;
  });
  await writing;
  const soon = await tales.newLink();
  const between = await page({ order: 'oldest', cursor: start.nextCursor ?? '' });
  expect(between.data).toEqual([]);
  expect(between.nextCursor).toBe(start.nextCursor);
  commit();
  const made = await late;
  const after = await page({ order: 'oldest', cursor: between.nextCursor ?? '' });
  expect(after.data.map((one) => one.paymentLink)).toEqual([made.id, soon.id]);
  await other.close();
});

test('what is no filter is refused by name', async () => {
  const refused = async (query: object) => {
    const outcome = await listEvents(house.as('viewer'), query);
    return outcome.ok ? null : outcome.error.errors?.[0]?.path;
  };
  expect(await refused({ afterSequence: '1' })).toBe('afterSequence');
  expect(await refused({ types: 'payment_link.sold' })).toBe('types.0');
  expect(await refused({ cursor: 'evt_00000000000000000000000000' })).toBe('cursor');
  expect(await refused({ order: 'random' })).toBe('order');
});

test('only who may read webhooks does, and another merchant has a list of its own', async () => {
  const [id = ''] = await storedIds();
  for (const ctx of [house.as('agent'), house.as('payer'), house.as('api', ['payment_links:read'])]) {
    expect(await listEvents(ctx, {})).toMatchObject({ error: { code: 'forbidden' } });
    expect(await readEvent(ctx, id)).toMatchObject({ error: { code: 'forbidden' } });
  }
  expect((await page({}, house.stranger)).data).toEqual([]);
  expect(await readEvent(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await listEvents(house.stranger, { cursor: id })).toMatchObject({ error: { code: 'invalid' } });
});
