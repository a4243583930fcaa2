import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { setClock } from '@/db/testing';
import { type TestHouse, testHouse } from '../testing';
import { BulkTales } from './testing';
import type { Orders } from './testing/dying';

vi.setConfig({ testTimeout: 120_000 });

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new BulkTales(() => house);

/** Works on an act in a process of its own, which kills itself; how it ended. */
function runAndDie(bulkAct: string, statements: number): Promise<string | null> {
  const { config } = house.services;
  const orders: Orders = {
    ...{ url: house.database.url, merchantId: house.merchantId, bulkAct, statements },
    linkTokenKey: Buffer.from(config.linkTokenKeys.byId.get(1) ?? '').toString('base64'),
  };
  const script = 'lib/bulk-acts/testing/dying.ts';
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(orders)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (_code, signal) => resolve(signal));
  });
}

test('killed in the middle, then done by two workers at once, each link is canceled once', async () => {
  const ids = await tales.many(20, 'killed');
  const id = await tales.canceling({ links: ids });
  await setClock(house.services.db, 11);
  expect(await runAndDie(id, 101)).toBe('SIGKILL');
  const { done } = await tales.standing(id);
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(20);
  await Promise.all([tales.run(id), tales.run(id)]);
  expect(await tales.ended(id)).toMatchObject({ state: 'completed', done: 20, left: 0 });
  const told = await house.database
    .sql`select count(*)::int as events, count(distinct payment_link_id)::int as links
    from events where type = 'payment_link.canceled'`;
  expect(told).toEqual([{ events: 20, links: 20 }]);
});
