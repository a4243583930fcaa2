import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSignal, type Signal } from './signal';
import { type TestDatabase, testDatabase } from './testing';

let database: TestDatabase;
const signals: Signal[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const signal of signals) await signal.close();
  await database.close();
});
function open(): Signal {
  const signal = openSignal(database.url);
  signals.push(signal);
  return signal;
}

test('a hint is heard by another process, many at once as few, and again after its connection was lost', async () => {
  let heard = 0;
  open().listen(() => {
    heard += 1;
  });
  await vi.waitUntil(() => heard === 1, { timeout: 5_000 });
  const sender = open();
  for (let i = 0; i < 100; i++) sender.notify();
  await vi.waitUntil(() => heard > 1, { timeout: 5_000 });
  await new Promise((done) => setTimeout(done, 100));
  expect(heard).toBeLessThan(10);
  const before = heard;
  await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await vi.waitUntil(
    () => {
      sender.notify();
      return heard > before + 1;
    },
    { timeout: 10_000, interval: 100 },
  );
});

test('a hint that cannot be sent harms nobody', async () => {
  const nowhere = openSignal('postgres://nobody@127.0.0.1:9/none');
  nowhere.notify();
  nowhere.listen(() => {});
  await new Promise((done) => setTimeout(done, 50));
  await nowhere.close();
});
