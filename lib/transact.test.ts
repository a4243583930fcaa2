import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok, refuse } from '@/core/outcome';
import { idempotently } from './idempotency';
import { issuing } from './idempotency/testing/issuing';
import { createPaymentLink, preparePaymentLink } from './payment-links';
import { type TestHouse, testHouse } from './testing';
import { transact } from './transact';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** An act of the owner that counts the hints to the workers. */
function counted() {
  const hints = { count: 0 };
  const wake = (): void => {
    hints.count += 1;
  };
  return { hints, ctx: { ...house.as('owner'), wake } };
}
const input = { amountMinor: 100, currency: 'GBP' };

test('workers are told of a commit once, after it, whatever it is made of', async () => {
  const { hints, ctx } = counted();
  await createPaymentLink(ctx, input);
  expect(hints.count).toBe(1);
  const act = await preparePaymentLink(ctx, input);
  if (!act.ok) throw new Error(act.error.message);
  await transact(ctx, async (tx) => {
    await act.value({ ...ctx, tx });
    await act.value({ ...ctx, tx });
    expect(hints.count).toBe(1);
    return ok(true);
  });
  expect(hints.count).toBe(2);
});

test('an act with a key tells them once, and its repetition does not', async () => {
  const { hints, ctx } = counted();
  const request = { path: '/x', key: 'k', body: '{}' };
  const toldNobody = () => expect(hints.count).toBe(0);
  for (let i = 0; i < 2; i++) await idempotently(ctx, request, issuing('told', toldNobody));
  expect(hints.count).toBe(1);
});

test('a verb that asks outside the database does nothing in a transaction, which would be held open as long as it hangs', async () => {
  const { ctx } = counted();
  const inside = transact(ctx, (tx) => createPaymentLink({ ...ctx, tx }, input));
  await expect(inside).rejects.toThrow('waited for in a transaction');
});

test('what was refused or failed tells nobody', async () => {
  const { hints, ctx } = counted();
  await transact(ctx, async () => refuse('conflict', 'No.'));
  await transact(ctx, () => Promise.reject(new Error('broken'))).catch(() => {});
  expect(hints.count).toBe(0);
});
