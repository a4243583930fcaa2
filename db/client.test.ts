import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '@/db/client';
import { type TestDatabase, testDatabase } from '@/db/testing';

let watched: TestDatabase;
beforeAll(async () => {
  watched = await testDatabase();
  await watched.db.execute(sql`create table marks (mark int)`);
});
afterAll(() => watched.close());

const codeOf = (error: { code?: string; cause?: { code?: string } }) =>
  error.cause?.code ?? error.code ?? 'none';

/** A transaction whose connection is lost between two statements; it goes on sending. What each sending came to. */
async function sendAfterLoss(db: Database, meanwhile: () => Promise<unknown>): Promise<string[]> {
  const codes: string[] = [];
  let body = Promise.resolve();
  await db
    .transaction((tx) => {
      body = (async () => {
        const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await watched.db.execute(sql`select pg_terminate_backend(${row?.pid})`);
        await sleep(30);
        await meanwhile();
        for (let mark = 0; mark < 3; mark++) {
          const sent = tx.execute(sql`insert into marks values (${mark})`).then(() => 'done', codeOf);
          codes.push(await Promise.race([sent, sleep(2_000, 'no answer')]));
          await sleep(2);
        }
      })();
      return body;
    })
    .catch(() => {});
  await body;
  return codes;
}

async function marks(): Promise<number> {
  const [row] = await watched.db.execute<{ n: number }>(sql`select count(*)::int as n from marks`);
  return row?.n ?? -1;
}

test('a statement of a transaction whose connection was lost is refused, and throws nowhere else', async () => {
  const pool = connect(watched.url, { max: 1 });
  const thrown: unknown[] = [];
  const note = (error: unknown) => thrown.push(error);
  process.on('uncaughtException', note);
  const codes = await sendAfterLoss(pool.db, async () => {});
  process.off('uncaughtException', note);
  expect({ thrown, codes }).toEqual({ thrown: [], codes: Array(3).fill('CONNECTION_CLOSED') });
  await pool.close();
});

test('nor is it done outside of any transaction once its place in the pool has a new connection', async () => {
  const pool = connect(watched.url, { max: 1 });
  const codes = await sendAfterLoss(pool.db, () => pool.db.execute(sql`select 1`));
  expect(codes).toEqual(Array(3).fill('CONNECTION_CLOSED'));
  expect(await marks()).toBe(0);
  await pool.close();
});

test('no place of the pool is lost with its connection: after twenty losses each still answers', async () => {
  const pool = connect(watched.url, { max: 2 });
  for (let loss = 0; loss < 20; loss++) await sendAfterLoss(pool.db, async () => {});
  const seven = () => pool.db.execute<{ seven: number }>(sql`select pg_sleep(0.02), 7 as seven`);
  const answers = await Promise.all(Array.from({ length: 10 }, seven));
  expect(answers.map(([row]) => row?.seven)).toEqual(Array(10).fill(7));
  await pool.close();
}, 30_000);

/** How often statements like this one have run on the pool's only connection without being parsed again. */
async function runsOf(db: Database, like: string): Promise<number> {
  const [row] = await db.execute<{ runs: number }>(
    sql`select coalesce(sum(generic_plans + custom_plans), 0)::int as runs from pg_prepared_statements where statement like ${like}`,
  );
  return row?.runs ?? -1;
}

test('a statement is parsed once for a connection, in transactions and savepoints too, and never behind a pooler', async () => {
  for (const [pooled, runs] of [
    [false, 3],
    [true, 0],
  ] as const) {
    const pool = connect(watched.url, { max: 1, pooled });
    const ask = (on: Pick<Database, 'execute'>) => on.execute(sql`select mark from marks where mark = ${7}`);
    await ask(pool.db);
    await pool.db.transaction(async (tx) => {
      await ask(tx);
      await tx.transaction(ask);
    });
    expect(await runsOf(pool.db, 'select mark from marks%')).toBe(runs);
    await pool.close();
  }
});

test('a list too long to come again in the same length is not kept with the connection', async () => {
  const pool = connect(watched.url, { max: 1 });
  const marksIn = (count: number) =>
    pool.db.execute(sql`select mark from marks where mark in ${Array.from({ length: count }, (_, n) => n)}`);
  await marksIn(65);
  expect(await runsOf(pool.db, 'select mark from marks where mark in%')).toBe(0);
  await marksIn(64);
  expect(await runsOf(pool.db, 'select mark from marks where mark in%')).toBe(1);
  await pool.close();
});
