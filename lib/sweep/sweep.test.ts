import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink, readLinkHistory } from '../payment-links';
import { expirePaymentLinks } from '../payment-links/expire';
import { type TestHouse, testHouse } from '../testing';
import { expireLinks, freeStuckJobs, reviveAttempts } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

async function newLink(expiresInSeconds?: number): Promise<string> {
  const made = await createPaymentLink(house.as('owner'), {
    amountMinor: 100,
    currency: 'GBP',
    expiresInSeconds,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

async function history(link: string) {
  const found = await readLinkHistory(house.as('owner'), link);
  if (!found.ok) throw new Error(found.error.message);
  return { status: found.value.link.status, events: found.value.events.map((event) => event.type) };
}

const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
const submit = (attempt: string) =>
  submitPaymentAttempt(house.as('payer'), { attempt, amountMinor: 100, currency: 'GBP', card });

async function start(link: string): Promise<string> {
  const started = await startPaymentAttempt(house.as('payer'), link);
  if (!started.ok) throw new Error(started.error.message);
  return started.value.attempt;
}

test('72 hours to the second: at 71:59:59 a link is active, at 72:00:00 it is expired, told once', async () => {
  const link = await newLink();
  const [row] = await house.services.db.execute<{ left: number }>(
    sql`select extract(epoch from expires_at - cf_now())::float8 as left from payment_links order by id desc limit 1`,
  );
  await setClock(house.services.db, (row?.left ?? 0) - 1);
  await expireLinks(house.services, 'req_test', 1_000);
  expect((await history(link)).events).toEqual(['payment_link.created']);
  await setClock(house.services.db, (row?.left ?? 0) + 0.1);
  await Promise.all([1, 2, 3].map(() => expireLinks(house.services, 'req_test', 1_000)));
  expect(await history(link)).toEqual({
    status: 'expired',
    events: ['payment_link.created', 'payment_link.expired'],
  });
});

test('a backlog is ended in batches', async () => {
  const links: string[] = [];
  for (let i = 0; i < 7; i++) links.push(await newLink(60));
  await setClock(house.services.db, 61);
  expect(await expirePaymentLinks(house.services, 'req_test', 5)).toBe(5);
  expect(await expireLinks(house.services, 'req_test', 1_000)).toBe(2);
  for (const link of links) expect((await history(link)).status).toBe('expired');
});

test('a payment begun before the end may be submitted after it; the sweep waits for it', async () => {
  const link = await newLink(60);
  const attempt = await start(link);
  await setClock(house.services.db, 61);
  await expireLinks(house.services, 'req_test', 1_000);
  expect(await submit(attempt)).toMatchObject({ ok: true });
  await expireLinks(house.services, 'req_test', 1_000);
  expect((await history(link)).events).not.toContain('payment_link.expired');
});

test('a ticket that was never used ends with its link', async () => {
  const link = await newLink(60);
  await start(link);
  await setClock(house.services.db, 160);
  await expireLinks(house.services, 'req_test', 1_000);
  const { events } = await history(link);
  expect(events.slice(-2)).toEqual(['payment_attempt.abandoned', 'payment_link.expired']);
});

test('an attempt with an open outcome whose job was lost gets a new one, and only one', async () => {
  const attempt = await start(await newLink());
  expect(await submit(attempt)).toMatchObject({ ok: true });
  expect(await reviveAttempts(house.services)).toBe(0);
  await house.services.db.execute(
    sql`delete from graphile_worker._private_jobs where key = ${`resolve:${attempt}`}`,
  );
  expect(await reviveAttempts(house.services)).toBe(1);
  expect(await reviveAttempts(house.services)).toBe(0);
});

test('a job held by a killed worker is given back; one just taken is not', async () => {
  await house.services.db.execute(sql`update graphile_worker._private_jobs
    set locked_by = 'dead', locked_at = clock_timestamp() - interval '30 seconds'`);
  expect(await freeStuckJobs(house.services)).toBe(false);
  await house.services.db.execute(sql`update graphile_worker._private_jobs
    set locked_at = clock_timestamp() - interval '61 seconds'`);
  expect(await freeStuckJobs(house.services)).toBe(true);
  const held = await house.services.db.execute(
    sql`select 1 from graphile_worker._private_jobs where locked_by is not null`,
  );
  expect(held).toHaveLength(0);
});
