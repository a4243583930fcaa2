import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { setClock } from '@/db/testing';
import type { Providers } from '@/lib/messaging/port';
import { startPaymentAttempt, submitPaymentAttempt } from '@/lib/payment-attempts';
import { createPaymentLink } from '@/lib/payment-links';
import { scheduleRegularJobs } from '@/lib/sweep';
import { type TestHouse, testHouse } from '@/lib/testing';
import { jobGroups, type LookAtPage } from './jobs';
import { Queue } from './queue';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  for (const end = performance.now() + limitMs; performance.now() < end; ) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('it did not happen in time');
}

/** A gateway that takes every question and answers none. */
async function silentGateway() {
  const asked: string[] = [];
  const server = createServer((request) => void asked.push(request.url ?? ''));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { asked, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function startQueue(house: TestHouse) {
  const sent: string[] = [];
  const send = async ({ reference }: { reference: string }) => {
    sent.push(reference);
    return { kind: 'accepted' as const };
  };
  const providers: Providers = { sms: { send }, mail: { send } };
  const queue = new Queue(house.services, house.database.url, jobGroups(house.services, providers));
  closing.push(() => queue.stop());
  return { queue, sent };
}

async function openAttempt(house: TestHouse): Promise<string> {
  const link = await createPaymentLink(house.as('owner'), { amountMinor: 1240, currency: 'GBP' });
  const ticket = link.ok ? await startPaymentAttempt(house.as('payer'), link.value.id) : link;
  if (!ticket.ok) throw new Error(ticket.error.message);
  const { attempt, amountMinor, currency } = ticket.value;
  const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };
  await submitPaymentAttempt(house.as('payer'), { attempt, amountMinor, currency, card });
  return uuidFromId('paymentAttempt', attempt) ?? '';
}

const hurry = (house: TestHouse) =>
  house.database
    .sql`update graphile_worker._private_jobs set run_at = clock_timestamp() where key like 'resolve:%'`;

test('a gateway that answers nothing holds up its own reads, and neither messages nor the sweep', async () => {
  const gateway = await silentGateway();
  const house = await testHouse({ sandboxUrl: gateway.url });
  closing.unshift(house.close);
  for (let i = 0; i < 12; i++) await openAttempt(house);
  await house.database.sql`update payment_attempts set send_before = clock_timestamp() - interval '1 hour'`;
  await hurry(house);
  const { sent } = startQueue(house);
  await until(() => gateway.asked.length === 5, 8_000);
  const link = await createPaymentLink(house.as('owner'), {
    amountMinor: 100,
    currency: 'GBP',
    customer: { phone: '+447700900123' },
    send: [{ channel: 'sms' }],
  });
  expect(link.ok).toBe(true);
  await until(() => sent.length === 1, 3_000);
  await until(
    async () =>
      (await house.database.sql`select 1 from graphile_worker.jobs where task_identifier = 'sweep'`)
        .length === 0,
    3_000,
  );
  expect(gateway.asked).toHaveLength(5);
  gateway.close();
}, 40_000);

test('a job is held in the name of a session: while that is there, its runner lives', async () => {
  const gateway = await silentGateway();
  const house = await testHouse({ sandboxUrl: gateway.url });
  closing.unshift(house.close);
  await openAttempt(house);
  await hurry(house);
  startQueue(house);
  await until(() => gateway.asked.length === 1, 8_000);
  const { sql } = house.database;
  const [held] = await sql`select locked_by as name from graphile_worker.jobs where key like 'resolve:%'`;
  expect(held?.name).toMatch(/^counterfoil-runner-/);
  const sessions = await sql`select 1 from pg_stat_activity where application_name = ${held?.name}`;
  expect(sessions.length).toBeGreaterThan(0);
  gateway.close();
  await until(
    async () => (await sql`select 1 from graphile_worker.jobs where locked_by is not null`).length === 0,
    8_000,
  );
}, 40_000);

test('a runner that could not tell how a job ended is started again, whatever else ends meanwhile', async () => {
  const house = await testHouse();
  closing.unshift(house.close);
  const { sql } = house.database;
  await sql.unsafe(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'lost'; end $$;
    create trigger refuse before update on graphile_worker._private_jobs
      for each row when (new.last_error like '%untold%') execute function refuse()`);
  const [running, ran]: [string[], string[]] = [[], []];
  const gate = new EventEmitter();
  const failing = (name: string) => async () => {
    running.push(name);
    await once(gate, name);
    throw new Error(name);
  };
  const names = ['untold', 'second', 'third', 'last'];
  const tasks = {
    ...Object.fromEntries(names.map((name) => [name, failing(name)])),
    after: async () => void ran.push('after'),
  };
  const add = (task: string) => sql`select graphile_worker.add_job(${task}, '{}'::json)`;
  const queue = new Queue(house.services, house.database.url, [{ tasks, slots: names.length }]);
  closing.push(() => queue.stop());
  await Promise.all(names.map(add));
  await until(() => running.length === names.length, 8_000);
  for (const name of names) {
    gate.emit(name);
    await sleep(300);
  }
  await sql.unsafe('drop trigger refuse on graphile_worker._private_jobs');
  await add('after');
  await until(() => ran.length === 1, 15_000);
}, 40_000);

test('the sweep is put on the queue once a minute over all workers, by the database’s clock alone', async () => {
  const house = await testHouse();
  closing.unshift(house.close);
  const waiting = async () => {
    for (let i = 0; i < 3; i++) await scheduleRegularJobs(house.services, ['sweep', 'balance']);
    const rows = await house.database
      .sql`delete from graphile_worker._private_jobs where key = 'sweep' returning 1`;
    return rows.length;
  };
  const at = (seconds: number) => setClock(house.services.db, seconds);
  expect([await waiting(), await waiting()]).toEqual([1, 0]);
  await at(50);
  expect(await waiting()).toBe(0);
  await at(61);
  expect([await waiting(), await waiting()]).toEqual([1, 0]);
  await house.database
    .sql`update graphile_worker._private_known_crontabs set last_execution = now() + interval '3 days'`;
  expect([await waiting(), await waiting()]).toEqual([1, 0]);
});

test('a look at the payer’s page is put on the queue once an hour, by a worker that can look alone', async () => {
  const house = await testHouse();
  closing.unshift(house.close);
  const waiting = async (tasks: string[]) => {
    await scheduleRegularJobs(house.services, tasks);
    return (
      await house.database
        .sql`delete from graphile_worker._private_jobs where key = 'look_at_page' returning 1`
    ).length;
  };
  const send = async () => ({ kind: 'accepted' as const, reference: 'x' });
  const look: LookAtPage = async () => ({ result: 'as_signed', findings: [] });
  const tasksOf = (able: LookAtPage | null) =>
    jobGroups(house.services, { sms: { send }, mail: { send } }, able).flatMap(({ tasks }) =>
      Object.keys(tasks),
    );
  expect(await waiting(tasksOf(null))).toBe(0);
  expect([await waiting(tasksOf(look)), await waiting(tasksOf(look))]).toEqual([1, 0]);
  await setClock(house.services.db, 3600);
  expect(await waiting(tasksOf(look))).toBe(1);
});

test('the balance is put on the queue once an hour, from a quarter past one on', async () => {
  const house = await testHouse();
  closing.unshift(house.close);
  const waiting = async (time: string) => {
    await setClock(house.services.db, (Date.parse(time) - Date.now()) / 1000);
    await scheduleRegularJobs(house.services, ['sweep', 'balance']);
    return (
      await house.database.sql`delete from graphile_worker._private_jobs where key = 'balance' returning 1`
    ).length;
  };
  const times = ['00:20', '01:14', '01:16', '01:50', '02:16', '23:59'];
  const found: number[] = [];
  for (const time of times) found.push(await waiting(`2031-03-04T${time}:00Z`));
  expect(found).toEqual([0, 0, 1, 0, 1, 1]);
});
