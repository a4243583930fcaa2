import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/client';
import { type TestDatabase, testDatabase } from '@/db/testing';

let watched: TestDatabase;
beforeAll(async () => {
  watched = await testDatabase();
  await watched.db.execute(sql`create table lines (line int)`);
});
afterAll(() => watched.close());

/** How a connection is lost: the other side resets it, or ends it in order. */
type Loss = 'reset' | 'end';

/** A way to the database that can be closed, and whose connections can be lost, all at once or when one sends a text. */
async function gate() {
  const { hostname, port } = new URL(watched.url);
  const clients = new Set<Socket>();
  const state: { isOpen: boolean; greets: boolean; loseAt: string | null } = {
    isOpen: true,
    greets: true,
    loseAt: null,
  };
  const server = createServer((client) => {
    if (!state.isOpen) return void client.resetAndDestroy();
    if (!state.greets) return void client.once('data', () => client.end());
    const upstream = dial(Number(port), hostname);
    clients.add(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.once('close', () => [client, upstream].map((one) => one.destroy()));
    }
    client.once('close', () => clients.delete(client));
    client.on('data', (chunk: Buffer) => {
      if (state.loseAt === null || !chunk.includes(state.loseAt)) return void upstream.write(chunk);
      state.loseAt = null;
      client.resetAndDestroy();
    });
    upstream.pipe(client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(watched.url);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const lose = (how: Loss) => {
    for (const client of clients) how === 'reset' ? client.resetAndDestroy() : client.end();
  };
  const shut = () => {
    server.close();
    lose('reset');
  };
  return { url: url.href, state, lose, shut };
}

/** What became of it within two seconds: its rows, or the code of the error. */
const end = (asked: Promise<unknown>): Promise<unknown> =>
  Promise.race([asked.catch(({ code, message }) => code ?? message), sleep(2_000, 'no answer')]);

const LOST = /^(CONNECTION_CLOSED|ECONNRESET)$/;
type Ask = (pool: postgres.Sql) => Promise<unknown>;
/** Statements as the driver sends them: in one message, prepared in one go, and prepared once its types are known. */
const ASKED: [string, Ask][] = [
  ['a text', (pool) => pool.unsafe('select pg_sleep(1)').execute()],
  ['a prepared statement', (pool) => pool`select pg_sleep(1)`.execute()],
  ['a statement with parameters', (pool) => pool`select pg_sleep(${1})`.execute()],
];

for (const how of ['reset', 'end'] as const)
  test.each(ASKED)(
    `what follows %s whose connection is lost (${how}) is refused or answered as it was asked`,
    async (_what, ask) => {
      const { url, lose, shut } = await gate();
      const pool = connect(url, { max: 1 });
      const five = () => pool.sql`select 5 as five, 'of us' as who`;
      await five();
      let after: Promise<unknown>[] = [];
      const asked = ask(pool.sql).catch(() => {
        after = [
          five(),
          pool.sql`select ${6}::int as six`,
          pool.sql.begin((tx) => tx`select 7 as seven`),
        ].map(end);
      });
      await sleep(50);
      lose(how);
      await asked;
      const answers = await Promise.all(after);
      const right = [[{ five: 5, who: 'of us' }], [{ six: 6 }], [{ seven: 7 }]];
      expect(answers).toHaveLength(3);
      for (const [i, one] of answers.entries())
        expect(typeof one === 'string' && LOST.test(one) ? right[i] : one).toEqual(right[i]);
      for (let i = 0; i < 3; i++) {
        expect(await end(five())).toEqual([{ five: 5, who: 'of us' }]);
        expect(await end(pool.sql`select ${i}::int as i`)).toEqual([{ i }]);
      }
      await pool.close();
      shut();
    },
  );

test('a transaction that begins as its idle connection is lost writes within one or not at all', async () => {
  const { url, lose, shut } = await gate();
  const pool = connect(url, { max: 1 });
  for (let moment = 0; moment < 4; moment++) {
    await end(pool.sql`select 1`);
    lose('reset');
    for (let i = 0; i < moment; i++) await tick();
    const undone = pool.db.transaction(async (tx) => {
      await tx.execute(sql`insert into lines values (${moment})`);
      throw new Error('taken back');
    });
    const other = pool.db.execute(sql`select 8 as eight`);
    expect(await end(undone)).not.toBe('no answer');
    expect(await end(other)).not.toBe('no answer');
    expect([...(await watched.db.execute(sql`select * from lines`))]).toEqual([]);
  }
  await pool.close();
  shut();
});

test('a connection that is lost while it is being made is refused, and throws nowhere else', async () => {
  const { url, state, shut } = await gate();
  const thrown: unknown[] = [];
  const note = (error: unknown) => thrown.push(error);
  process.on('unhandledRejection', note);
  const pool = connect(url, { max: 1 });
  state.loseAt = 'pg_catalog.pg_type';
  expect(await end(pool.sql`select 1 as one`)).toMatch(LOST);
  expect(state.loseAt).toBe(null);
  state.greets = false;
  expect(await end(pool.sql`select 1 as one`)).toMatch(LOST);
  state.greets = true;
  expect(await end(pool.sql`select 1 as one`)).toEqual([{ one: 1 }]);
  await tick();
  process.off('unhandledRejection', note);
  expect(thrown).toEqual([]);
  await pool.close();
  shut();
});

test('a statement that fails after its first rows leaves the rows of the next as they are', async () => {
  const pool = connect(watched.url, { max: 1 });
  expect(await end(pool.sql`select 1 / (4 - n) as part from generate_series(1, 9) n`)).toBe('22012');
  expect([...(await pool.sql`select 7 as seven`)]).toEqual([{ seven: 7 }]);
  await pool.close();
});

test('a statement that cannot be sent is refused itself, and no other for it', async () => {
  const pool = connect(watched.url, { max: 1 });
  await pool.sql`select 1 as one`;
  const first = pool.sql`select 2 as two, pg_sleep(0.05)`.execute();
  const wrong = pool.sql`select ${undefined as unknown as number} as three`.execute();
  const last = pool.sql`select 4 as four, pg_sleep(0)`.execute();
  expect(await end(wrong)).toBe('UNDEFINED_VALUE');
  expect(await end(first)).toMatchObject([{ two: 2 }]);
  expect(await end(last)).toMatchObject([{ four: 4 }]);
  expect(await end(pool.sql`select ${undefined as unknown as number} as five`)).toBe('UNDEFINED_VALUE');
  expect(await end(pool.sql`select 6 as six`)).toEqual([{ six: 6 }]);
  await pool.close();
});

test('a database that is back is asked again within a second, however often it could not be reached', async () => {
  const { url, state, shut } = await gate();
  state.isOpen = false;
  const pool = connect(url);
  const askTenTimes = () => Promise.allSettled(Array.from({ length: 10 }, () => pool.sql`select 1`));
  for (let round = 0; round < 3; round++)
    expect((await askTenTimes()).map(({ status }) => status)).not.toContain('fulfilled');
  state.isOpen = true;
  const begun = performance.now();
  expect((await askTenTimes()).map(({ status }) => status)).not.toContain('rejected');
  expect(performance.now() - begun).toBeLessThan(1_000);
  await pool.close();
  shut();
});
