import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorize, charge, dataOf, fresh, type Json, testSandbox } from './testing';

let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox();
});
afterAll(() => box.stop());

const ledgerOf = async (reference: string) =>
  dataOf(await box.call('GET', `/control/ledger?reference=${reference}`));
const fault = (body: Json) => box.call('POST', '/control/faults', { target: 'gateway', ...body });
const intent = (more: Json = {}) => ({
  reference: fresh('pay'),
  paymentLink: fresh('plink'),
  amountMinor: 1240,
  currency: 'GBP',
  ...more,
});
const prepare = (body: Json) => box.call('POST', '/gateway/intents', body);

test('a reference is prepared once, and read as no payment', async () => {
  const body = intent();
  const first = await prepare(body);
  expect(first.body).toEqual({ id: expect.any(String), reference: body.reference, status: 'open' });
  expect((await prepare(body)).body).toEqual(first.body);
  for (const more of [{ amountMinor: 1 }, { currency: 'EUR' }, { paymentLink: 'plink_other' }])
    expect((await prepare({ ...body, ...more })).body.code).toBe('idempotency_mismatch');
  expect(dataOf(await box.call('GET', `/gateway/payments?reference=${body.reference}`))).toEqual([]);
  expect(await ledgerOf(body.reference)).toEqual([]);
});

test('another amount or currency than was prepared is refused and not charged; the same is charged', async () => {
  const { reference, paymentLink } = intent();
  await prepare(intent({ reference, paymentLink }));
  for (const more of [{ amountMinor: 1241 }, { currency: 'USD' }]) {
    const told = await authorize(box.call, charge('4242424242424242', { reference, paymentLink, ...more }));
    expect([told.status, told.body.code]).toEqual([422, 'intent_mismatch']);
  }
  expect(await ledgerOf(reference)).toEqual([]);
  const told = await authorize(box.call, charge('4242424242424242', { reference, paymentLink }));
  expect(told.body.status).toBe('captured');
});

test('what is fenced cannot be prepared; preparing fails as told', async () => {
  const body = intent();
  await fault({ operation: 'prepare', match: { paymentLink: body.paymentLink }, kind: 'error_after' });
  expect((await prepare(body)).status).toBe(500);
  expect((await prepare(body)).status).toBe(200);
  await box.call('POST', '/gateway/void-by-reference', { reference: body.reference });
  expect((await prepare(body)).body.code).toBe('fenced');
});
