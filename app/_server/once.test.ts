import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok, refuse } from '@/core/outcome';
import { listPaymentLinks, preparePaymentLink } from '@/lib/payment-links';
import { type TestHouse, testHouse } from '@/lib/testing';
import { once } from './once';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const form = () => crypto.randomUUID();
const input = (reference: string) => ({ amountMinor: 100, currency: 'GBP', reference });
const issue = (formId: string, what: ReturnType<typeof input>, exact = false) =>
  once(
    house.as('agent'),
    { path: '/test', formId, input: what, exact },
    { prepare: (outer) => preparePaymentLink(outer, what) },
  );
const count = async (reference: string) => {
  const page = await listPaymentLinks(house.as('agent'), { reference });
  return page.ok ? page.value.data.length : -1;
};

test('a form that is sent twice, also at the same time, does its work once and gets the same id', async () => {
  const formId = form();
  const answers = await Promise.all([1, 2, 3].map(() => issue(formId, input('twice'))));
  expect(answers.every((one) => one.ok)).toBe(true);
  expect(new Set(answers.map((one) => one.ok && one.value)).size).toBe(1);
  expect(await count('twice')).toBe(1);
});

test('a refusal is not kept: the same form goes through once it may', async () => {
  const formId = form();
  const request = { path: '/test', formId, input: {} };
  const no = await once(house.as('agent'), request, async () => refuse('forbidden', 'no'));
  expect(no).toMatchObject({ error: { code: 'forbidden' } });
  const yes = await once(house.as('agent'), request, async () => ok({ id: 'made' }));
  expect(yes).toEqual({ ok: true, value: 'made' });
});

test('an exact form does one thing only, whatever is changed in it after its answer was lost', async () => {
  const formId = form();
  expect(await issue(formId, input('first'), true)).toMatchObject({ ok: true });
  expect(await issue(formId, input('second'), true)).toMatchObject({
    error: { code: 'idempotency_mismatch' },
  });
  expect(await count('second')).toBe(0);
  expect(await issue('not a form', input('third'))).toMatchObject({ error: { code: 'invalid' } });
});
