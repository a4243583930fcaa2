import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bundleProgram } from '@/scripts/lib/bundles.mjs';
import { type TestHouse, testHouse } from '../testing';
import { asJson, BatchTales } from './testing';
import type { Orders } from './testing/dying';

vi.setConfig({ testTimeout: 180_000 });

let house: TestHouse;
let program: string;
beforeAll(async () => {
  program = await bundleProgram('test-dying-batch', 'lib/payment-link-batches/testing/dying.ts');
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new BatchTales(() => house);
const rows = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({
    amountMinor: 1240,
    currency: 'GBP',
    reference: `${name}-${n}`,
  }));

/** Works on a batch in a process of its own, which kills itself; how it ended. */
function runAndDie(batch: string, statements: number): Promise<string | null> {
  const { config } = house.services;
  const orders: Orders = {
    ...{ url: house.database.url, merchantId: house.merchantId, batch, statements },
    linkTokenKey: Buffer.from(config.linkTokenKeys.byId.get(1) ?? '').toString('base64'),
  };
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (_code, signal) => resolve(signal));
  });
}

/** Each reference with what there is of it. */
const issued = (name: string) => house.database.sql<{ links: number; tokens: number; told: number }[]>`
  select count(distinct p.id)::int as links, count(distinct t.id)::int as tokens, count(distinct e.id)::int as told
  from payment_links p left join link_tokens t on t.payment_link_id = p.id left join events e on e.payment_link_id = p.id
  where p.reference like ${`${name}-%`} group by p.reference`;
const once = { links: 1, tokens: 1, told: 1 };

test('killed again and again in the middle, a batch issues every row once, with one event and one token', async () => {
  const batch = await tales.started(asJson(rows(2_000, 'killed')));
  const seen: number[] = [];
  for (const statements of [9, 37, 64]) {
    expect(await runAndDie(batch.id, statements)).toBe('SIGKILL');
    const { issuedRows, status } = await tales.read(batch.id);
    const all = await issued('killed');
    expect([all.length, status]).toEqual([issuedRows, 'issuing']);
    seen.push(issuedRows);
  }
  expect(seen.at(-1)).toBeGreaterThan(0);
  expect(seen.at(-1)).toBeLessThan(2_000);
  expect(await tales.ended(batch.id)).toMatchObject({
    status: 'completed',
    issuedRows: 2_000,
    refusedRows: 0,
  });
  const all = await issued('killed');
  expect(all).toEqual(Array(2_000).fill(once));
  const [noted] = await house.database
    .sql`select count(*)::int as entries, count(distinct subject)::int as links
    from audit_entries where action = 'payment_link.create'`;
  expect(noted).toEqual({ entries: 2_000, links: 2_000 });
});

test('two workers at the same batch issue every row once', async () => {
  const batch = await tales.started(asJson(rows(2_000, 'shared')));
  await Promise.all([tales.ended(batch.id), tales.ended(batch.id), tales.ended(batch.id)]);
  expect(await tales.read(batch.id)).toMatchObject({
    status: 'completed',
    issuedRows: 2_000,
    checkedRows: 2_000,
  });
  expect(await issued('shared')).toEqual(Array(2_000).fill(once));
});

test('killed while it is checked, each wrong row is listed once', async () => {
  const wrong = rows(600, 'checked').map((row, n) => (n % 2 ? { ...row, currency: 'XXX' } : row));
  const batch = await tales.started(asJson(wrong), { onError: 'refuse' });
  expect(await runAndDie(batch.id, 9)).toBe('SIGKILL');
  expect(await tales.ended(batch.id)).toMatchObject({
    status: 'refused',
    refusedRows: 300,
    checkedRows: 600,
  });
  const errors = await tales.errors(batch.id);
  expect(errors.map((error) => error.row)).toEqual(Array.from({ length: 300 }, (_, n) => 2 * n + 2));
});
