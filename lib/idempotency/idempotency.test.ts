import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { listPaymentLinks } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { idempotently } from './index';
import { issuing } from './testing/issuing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const path = '/api/v1/payment-links';
async function count(reference: string): Promise<number> {
  const page = await listPaymentLinks(house.as('owner'), { reference });
  return page.ok ? page.value.data.length : -1;
}

test('same key, same body: done once, answered with the same bytes', async () => {
  const request = { path, key: 'a', body: '{"a":1}' };
  const first = await idempotently(house.as('api'), request, issuing('once'));
  const again = await idempotently(house.as('api'), request, issuing('once'));
  expect(first).toMatchObject({ kind: 'answer', replayed: false, answer: { status: 201 } });
  expect(again).toEqual({ ...first, replayed: true });
  expect(await count('once')).toBe(1);
});

test('same key, other body: refused, nothing done; another merchant or path has keys of its own', async () => {
  const work = async () => ({ status: 200, body: 'x' });
  await idempotently(house.as('api'), { path, key: 'b', body: '1' }, work);
  expect(await idempotently(house.as('api'), { path, key: 'b', body: '2' }, work)).toEqual({
    kind: 'mismatch',
  });
  for (const [ctx, where] of [
    [house.stranger, path],
    [house.as('api'), '/api/v1/refunds'],
  ] as const) {
    const outcome = await idempotently(ctx, { path: where, key: 'b', body: '2' }, work);
    expect(outcome).toMatchObject({ kind: 'answer', replayed: false });
  }
});

test('while the first still runs, a second with the same key is told so at once', async () => {
  const request = { path, key: 'c', body: '' };
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let started = () => {};
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  const hold = () => {
    started();
    return gate;
  };
  const first = idempotently(house.as('api'), request, issuing('slow', hold));
  await running;
  expect(await idempotently(house.as('api'), request, issuing('slow'))).toEqual({
    kind: 'in_flight',
  });
  release();
  expect(await first).toMatchObject({ kind: 'answer', replayed: false });
  expect(await count('slow')).toBe(1);
});

test('a crash in the middle leaves nothing done, and the next try does it', async () => {
  const request = { path, key: 'd', body: '' };
  const powerCut = () => Promise.reject(new Error('power cut'));
  const crash = idempotently(house.as('api'), request, issuing('crash', powerCut));
  await expect(crash).rejects.toThrow('power cut');
  expect(await count('crash')).toBe(0);
  await idempotently(house.as('api'), request, issuing('crash'));
  expect(await count('crash')).toBe(1);
});

test('faults of ours and throttling are not kept; a refusal is', async () => {
  for (const [status, replayed] of [
    [500, false],
    [429, false],
    [422, true],
  ] as const) {
    const request = { path, key: `e${status}`, body: '' };
    await idempotently(house.as('api'), request, async () => ({ status, body: 'no' }));
    expect(await idempotently(house.as('api'), request, async () => ({ status, body: 'no' }))).toMatchObject({
      replayed,
    });
  }
});

test('eight days later the key is free again', async () => {
  const own = await testHouse();
  try {
    const request = { path, key: 'f', body: '' };
    const work = async () => ({ status: 200, body: 'x' });
    await idempotently(own.as('api'), request, work);
    await setClock(own.services.db, 8 * 86_400);
    expect(await idempotently(own.as('api'), { ...request, body: 'new' }, work)).toMatchObject({
      replayed: false,
    });
  } finally {
    await own.close();
  }
});
