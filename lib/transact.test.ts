import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok, refuse } from '@/core/outcome';
import { idempotently } from './idempotency';
import { createPaymentLink } from './payment-links';
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
  await transact(ctx, async (tx) => {
    await createPaymentLink({ ...ctx, tx }, input);
    await createPaymentLink({ ...ctx, tx }, input);
    expect(hints.count).toBe(1);
    return ok(true);
  });
  expect(hints.count).toBe(2);
});

test('an act with a key tells them once, and its repetition does not', async () => {
  const { hints, ctx } = counted();
  const request = { path: '/x', key: 'k', body: '{}' };
  for (let i = 0; i < 2; i++)
    await idempotently(ctx, request, async (inner) => {
      const made = await createPaymentLink(inner, input);
      expect(hints.count).toBe(0);
      return { status: 201, body: String(made.ok) };
    });
  expect(hints.count).toBe(1);
});

test('what was refused or failed tells nobody', async () => {
  const { hints, ctx } = counted();
  await transact(ctx, async () => refuse('conflict', 'No.'));
  await transact(ctx, () => Promise.reject(new Error('broken'))).catch(() => {});
  expect(hints.count).toBe(0);
});
