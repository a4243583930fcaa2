import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertSignInFailure } from '@/db/queries/merchants';
import { insertOAuthClient, insertToken } from '@/db/queries/oauth';
import { idempotencyKeys, oauthTokens, signInFailures } from '@/db/schema';
import { setClock } from '@/db/testing';
import { newId } from '../ids';
import { startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink, readLinkHistory } from '../payment-links';
import { expirePaymentLinks } from '../payment-links/expire';
import { scheduleDay } from '../reconciliation/schedule';
import { purge } from '../retention';
import { type TestHouse, testHouse } from '../testing';
import { expireLinks, freeStuckJobs, RUNNER_NAME, reviveAttempts } from '.';

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
  await setClock(house.services.db, 60 + 880);
  await expireLinks(house.services, 'req_test', 1_000);
  expect((await history(link)).events).not.toContain('payment_link.expired');
  await setClock(house.services.db, 60 + 905);
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

test('a job of a runner without a session is given back after ten seconds; one that still has sessions keeps it', async () => {
  const { db } = house.services;
  const sessionOf = async (name: string) => {
    const session = postgres(house.database.url, { max: 1, connection: { application_name: name } });
    await session`select 1`;
    return session;
  };
  const [mine, theirs] = [`${RUNNER_NAME}mine`, `${RUNNER_NAME}theirs`];
  await start(await newLink()).then(submit);
  const hold = (seconds: number, by = theirs) =>
    db.execute(sql`update graphile_worker._private_jobs set locked_by = ${by},
      locked_at = clock_timestamp() - make_interval(secs => ${seconds})`);
  // Nobody can have sessions again yet when the database has just started.
  await db.execute(
    sql`select pg_sleep(greatest(0, 10.1 - extract(epoch from now() - pg_postmaster_start_time())))`,
  );
  const [ours, others] = await Promise.all([sessionOf(mine), sessionOf(theirs)]);
  await hold(11);
  expect(await freeStuckJobs(house.services, [mine])).toBe(false);
  await others.end();
  const gone = async () =>
    (await db.execute(sql`select 1 from pg_stat_activity where application_name = ${theirs}`)).length === 0;
  while (!(await gone())) await sleep(20);
  expect(await freeStuckJobs(house.services, [mine, `${RUNNER_NAME}not there yet`])).toBe(false);
  expect(await freeStuckJobs(house.services, [])).toBe(false);
  await hold(9);
  expect(await freeStuckJobs(house.services, [mine])).toBe(false);
  await hold(11, 'named by somebody else');
  expect(await freeStuckJobs(house.services, [mine])).toBe(false);
  await hold(11);
  expect(await freeStuckJobs(house.services, [mine])).toBe(true);
  expect(
    await db.execute(sql`select 1 from graphile_worker._private_jobs where locked_by is not null`),
  ).toHaveLength(0);
  await ours.end();
}, 30_000);

test('a balance that reads a large account for minutes is not taken for dead', async () => {
  await scheduleDay(house.services.db, { merchantId: house.merchantId, id: 'prof_1' }, '2026-11-01');
  const hold = (seconds: number) =>
    house.services.db.execute(sql`update graphile_worker._private_jobs set locked_by = 'busy',
      locked_at = clock_timestamp() - make_interval(secs => ${seconds}) where key like 'balance:%'`);
  await hold(600);
  expect(await freeStuckJobs(house.services)).toBe(false);
  await hold(1801);
  expect(await freeStuckJobs(house.services)).toBe(true);
});

test('stored answers go after seven days and access tokens after their hour, in batches; younger ones stay', async () => {
  const { db } = house.services;
  const { merchantId } = house;
  const keys = (count: number, name: string) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ merchantId, path: '/api/v1/payment-links', key: `${name}${i}` },
      ...{ requestHash: 'h', status: 201, answer: 'a' },
    }));
  await db.insert(idempotencyKeys).values(keys(230, 'old'));
  const clientId = newId('oauthClient');
  await insertOAuthClient(db, { merchantId, id: clientId, name: 'Till', secretHash: 'h', scopes: [] });
  await insertToken(db, { merchantId, hash: 'old', clientId, scopes: [], seconds: 3_600 });
  await setClock(db, 7 * 86_400 - 5);
  expect(await purge(house.services, 1_000)).toBe(1);
  await db.insert(idempotencyKeys).values(keys(2, 'young'));
  await insertToken(db, { merchantId, hash: 'young', clientId, scopes: [], seconds: 3_600 });
  await setClock(db, 7 * 86_400 + 60);
  expect(await purge(house.services, 1_000)).toBe(230);
  const left = await db.select().from(idempotencyKeys);
  expect(left.map(({ key }) => key).sort()).toEqual(['young0', 'young1']);
  expect(await db.select().from(oauthTokens)).toHaveLength(1);
});

test('failed sign-ins are kept for a day, longer than any lock looks back, and no longer', async () => {
  const { db } = house.services;
  for (let i = 0; i < 230; i++) await insertSignInFailure(db, `somebody${i}@example.com`, '192.0.2.1');
  await setClock(db, 24 * 3600 - 10);
  await insertSignInFailure(db, 'later@example.com', '192.0.2.1');
  await purge(house.services, 5_000);
  expect(await db.select().from(signInFailures)).toHaveLength(231);
  await setClock(db, 24 * 3600 + 10);
  await purge(house.services, 5_000);
  expect(await db.select({ email: signInFailures.email }).from(signInFailures)).toEqual([
    { email: 'later@example.com' },
  ]);
});
