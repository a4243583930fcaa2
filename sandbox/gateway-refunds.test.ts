import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorize, charge, dataOf, fresh, type Json, testSandbox, until } from './testing';

let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox();
});
afterAll(() => box.stop());

const paid = async (amountMinor = 5000): Promise<Json> =>
  (await authorize(box.call, charge('4242424242424242', { amountMinor }))).body;
const refund = (payment: Json, amountMinor: number, reference = fresh('re')) =>
  box.call('POST', `/gateway/payments/${payment.id}/refunds`, { amountMinor, reference });
const read = async (id: unknown) => (await box.call('GET', `/gateway/refunds/${id}`)).body;
const settledRefund = (id: unknown) =>
  until(async () => {
    const found = await read(id);
    return found.status !== 'pending' && found;
  });

test('…13 is pending and then succeeds, and is one entry of the ledger', async () => {
  const payment = await paid();
  const { body } = await refund(payment, 1013);
  expect(body).toMatchObject({ status: 'pending', amountMinor: 1013, paymentReference: payment.reference });
  expect((await box.call('GET', `/gateway/payments/${payment.id}`)).body.refundedMinor).toBe(0);
  expect(await settledRefund(body.id)).toEqual({ ...body, status: 'succeeded' });
  expect((await box.call('GET', `/gateway/payments/${payment.id}`)).body.refundedMinor).toBe(1013);
  const ledger = dataOf(await box.call('GET', `/control/ledger?reference=${payment.reference}`));
  expect(ledger).toMatchObject([
    { id: body.id, kind: 'refund', status: 'succeeded', amountMinor: 1013, idempotencyKey: body.reference },
    { kind: 'payment' },
  ]);
});

test('a refund on its way takes room, a failed one gives it back', async () => {
  const payment = await paid(1017);
  const { body } = await refund(payment, 1017);
  expect(body.status).toBe('pending');
  expect((await refund(payment, 1)).body.code).toBe('amount_too_large');
  expect(await settledRefund(body.id)).toMatchObject({ status: 'failed', reason: 'account_closed' });
  expect((await refund(payment, 1000)).body.status).toBe('succeeded');
});

test('…19 fails at once and leaves the room', async () => {
  const payment = await paid(1019);
  expect((await refund(payment, 1019)).body).toMatchObject({ status: 'failed', reason: 'refund_declined' });
  expect((await refund(payment, 1018)).body.status).toBe('succeeded');
});

test('refunds are read by reference, by payment and by id; an unknown one is an empty list or 404', async () => {
  const payment = await paid();
  const reference = fresh('re');
  const first = (await refund(payment, 100, reference)).body;
  const second = (await refund(payment, 200)).body;
  const list = async (query: string) => dataOf(await box.call('GET', `/gateway/refunds?${query}`));
  expect(await list(`reference=${reference}`)).toEqual([first]);
  expect(await list(`payment=${payment.id}`)).toEqual([second, first]);
  expect(await list('reference=re_none')).toEqual([]);
  expect(await read(first.id)).toEqual(first);
  expect((await box.call('GET', '/gateway/refunds/gwr_none')).status).toBe(404);
  expect((await box.call('GET', '/gateway/refunds')).status).toBe(400);
  expect(
    (await box.call('GET', `/gateway/refunds/${first.id}`, undefined, { authorization: '' })).status,
  ).toBe(401);
});

test('the same reference is the same refund, also while it is pending', async () => {
  const payment = await paid(1013);
  const reference = fresh('re');
  const [one, two] = await Promise.all([refund(payment, 1013, reference), refund(payment, 1013, reference)]);
  expect(two.body).toEqual(one.body);
  expect((await refund(payment, 1012, reference)).body.code).toBe('idempotency_mismatch');
});

test('refunds and their reading fail as told, found by the reference of the refund or of the payment', async () => {
  const payment = await paid();
  const reference = fresh('re');
  const fault = (operation: string, match: Json, kind: string) =>
    box.call('POST', '/control/faults', { target: 'gateway', operation, match, kind });
  await fault('refund', { reference }, 'error_after');
  expect((await refund(payment, 100, reference)).status).toBe(500);
  await fault('read_refund', { reference: payment.reference }, 'refuse');
  const list = () => box.call('GET', `/gateway/refunds?reference=${reference}`);
  expect((await list()).status).toBe(503);
  expect(dataOf(await list())).toMatchObject([{ status: 'succeeded' }]);
  await fault('read_refund', { reference: 're_of_nothing' }, 'refuse');
  expect((await box.call('GET', '/gateway/refunds?reference=re_of_nothing')).status).toBe(503);
});

test('what is not captured is not refunded', async () => {
  const { body } = await authorize(box.call, charge('4242424242424242', { capture: false }));
  expect((await refund(body, 1)).body.code).toBe('wrong_state');
});
