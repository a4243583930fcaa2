import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram } from '@/scripts/lib/bundles.mjs';
import { keyRingText } from '../key-ring';
import { listPaymentLinks } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { idempotently } from './index';
import type { Orders } from './testing/dying';
import { issuing } from './testing/issuing';

let house: TestHouse;
let program: string;
beforeAll(async () => {
  program = await bundleProgram('test-dying-request', 'lib/idempotency/testing/dying.ts');
  house = await testHouse();
});
afterAll(() => house.close());

/** Runs the act in a process of its own, which kills itself; how it ended. */
function runAndDie(key: string, reference: string, dies: Orders['dies']): Promise<string | null> {
  const { config } = house.services;
  const orders: Orders = {
    ...{ url: house.database.url, merchantId: house.merchantId, key, reference, dies },
    dataKey: keyRingText(config.dataKey),
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

let worked = 0;
const again = (key: string, reference: string) =>
  idempotently(
    house.as('owner'),
    { path: '/crash', key, body: reference },
    issuing(reference, () => worked++),
  );

/** The server needs a moment to see that the killed one is gone. */
async function untilSettled(key: string, reference: string) {
  for (let tries = 0; tries < 50; tries++) {
    const outcome = await again(key, reference);
    if (outcome.kind !== 'in_flight') return outcome;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('still in flight');
}
async function links(reference: string) {
  const page = await listPaymentLinks(house.as('owner'), { reference });
  return page.ok ? page.value.data : [];
}

test('killed in the middle: nothing was done, and the next try does it once', async () => {
  expect(await runAndDie('killed', 'killed', 'in the middle')).toBe('SIGKILL');
  expect(await links('killed')).toEqual([]);
  expect(await untilSettled('killed', 'killed')).toMatchObject({ replayed: false, answer: { status: 201 } });
  expect(await links('killed')).toHaveLength(1);
});

test('killed after the commit, before the answer went out: the next try is told what was done, and does nothing', async () => {
  expect(await runAndDie('mute', 'mute', 'after the commit')).toBe('SIGKILL');
  const [made] = await links('mute');
  const before = worked;
  const outcome = await untilSettled('mute', 'mute');
  expect(outcome).toMatchObject({ kind: 'answer', replayed: true, answer: { status: 201 } });
  expect(outcome.kind === 'answer' && JSON.parse(outcome.answer.body).value.id).toBe(made?.id);
  expect([worked, (await links('mute')).length]).toEqual([before, 1]);
});
