import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorize, charge, dataOf, fresh, type Json, testSandbox } from './testing';

const clock = { offsetMs: 0 };
let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox({ now: () => new Date(Date.now() + clock.offsetMs) });
});
afterAll(() => box.stop());

const ledgerOf = async (reference: string) =>
  dataOf(await box.call('GET', `/control/ledger?reference=${reference}`));
const fault = (body: Json) => box.call('POST', '/control/faults', { target: 'gateway', ...body });

describe('test cards', () => {
  const outcomes: [string, string, string | undefined, Json?, Json?][] = [
    ['4242424242424242', 'captured', undefined],
    ['4242424242424242', 'authorized', undefined, { capture: false }],
    ['5555555555554444', 'captured', undefined],
    ['378282246310005', 'captured', undefined],
    ['4000002500003155', 'requires_action', undefined],
    ['4000002500003155', 'captured', undefined, { channel: 'moto' }],
    ['4000002760003184', 'requires_action', undefined],
    ['4000002760003184', 'declined', 'authentication_required', { channel: 'moto' }],
    ['4000000000000002', 'declined', 'do_not_honor'],
    ['4000000000009995', 'declined', 'insufficient_funds'],
    ['4000000000000069', 'declined', 'expired_card'],
    ['4000000000000127', 'declined', 'incorrect_cvc'],
    ['4000000000000119', 'failed', 'processor_error'],
    ['4000000000000259', 'captured', undefined],
    ['4111111111111111', 'captured', undefined],
    ['4000002501234569', 'requires_action', undefined],
    ['4000002761234564', 'requires_action', undefined],
    ['4000000001234568', 'declined', 'do_not_honor'],
    ['4242424242424242', 'declined', 'expired_card', {}, { expYear: 2020 }],
  ];
  test.each(outcomes)('%s is %s %s %j %j', async (number, status, declineCode, more, card) => {
    const body = charge(number, more, card);
    const told = await authorize(box.call, body);
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({
      reference: body.reference,
      status,
      amountMinor: 1240,
      last4: number.slice(-4),
    });
    expect(told.body.declineCode).toBe(declineCode);
    expect(await ledgerOf(body.reference)).toMatchObject([
      { kind: 'payment', status, idempotencyKey: body.reference },
    ]);
  });

  test('…0341 holds the money while the caller never gets an answer', async () => {
    const body = charge('4000000000000341');
    await expect(authorize(box.call, body)).rejects.toThrow();
    expect(await ledgerOf(body.reference)).toMatchObject([
      { kind: 'payment', status: 'captured', amountMinor: 1240 },
    ]);
    const read = await box.call('GET', `/gateway/payments?reference=${body.reference}`);
    expect(dataOf(read)).toMatchObject([{ status: 'captured' }]);
  });

  test.each([
    [{}, { number: '4242424242424241' }],
    [{}, { number: '9999999999999995' }],
    [{}, { csc: '12' }],
    [{}, { csc: '1234' }],
    [{}, { expMonth: 13 }],
    [{ amountMinor: 0 }, {}],
    [{ currency: 'XXX' }, {}],
    [{ extra: 1 }, {}],
    [{ challenge: { returnUrl: 'javascript:alert(1)' } }, {}],
  ])('what is not a payment is refused and not recorded: %j %j', async (more, card) => {
    const body = charge('4242424242424242', more, card);
    expect((await authorize(box.call, body)).status).toBe(400);
    expect(await ledgerOf(body.reference)).toEqual([]);
  });
});

describe('idempotency', () => {
  test('the same key and body give the same answer and one payment', async () => {
    const body = charge('4242424242424242');
    const [first, second] = [await authorize(box.call, body), await authorize(box.call, body)];
    expect(second.body).toEqual(first.body);
    expect(await ledgerOf(body.reference)).toHaveLength(1);
  });

  test('another body under the same key is refused', async () => {
    const body = charge('4242424242424242');
    await authorize(box.call, body);
    const told = await authorize(box.call, { ...body, amountMinor: 9 });
    expect([told.status, told.body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  test('a second request while the first is in flight is refused', async () => {
    const body = charge('4242424242424242');
    await fault({
      operation: 'authorize',
      match: { reference: body.reference },
      kind: 'delay',
      delayMs: 200,
    });
    const first = authorize(box.call, body);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const second = await authorize(box.call, body);
    expect([second.status, second.body.code]).toEqual([409, 'idempotency_in_flight']);
    expect((await first).status).toBe(200);
    expect(await ledgerOf(body.reference)).toHaveLength(1);
  });

  test('a key is forgotten after 24 hours', async () => {
    const body = charge('4242424242424242');
    const first = await authorize(box.call, body);
    clock.offsetMs = 86_400_000;
    const second = await authorize(box.call, body).finally(() => {
      clock.offsetMs = 0;
    });
    expect(second.body.id).not.toBe(first.body.id);
  });

  test('without a key, or without the bearer, nothing happens', async () => {
    const body = charge('4242424242424242');
    expect((await box.call('POST', '/gateway/payments', body)).status).toBe(400);
    const told = await box.call('POST', '/gateway/payments', body, { authorization: 'Bearer other' });
    expect(told.status).toBe(401);
    expect(await ledgerOf(body.reference)).toEqual([]);
  });
});

describe('after the authorisation', () => {
  const hold = async () => (await authorize(box.call, charge('4242424242424242', { capture: false }))).body;
  const post = (payment: Json, path: string, body?: Json) =>
    box.call('POST', `/gateway/payments/${payment.id}/${path}`, body);

  test('a hold is captured once and can then not be voided', async () => {
    const payment = await hold();
    expect((await post(payment, 'capture')).body.status).toBe('captured');
    expect((await post(payment, 'capture')).body.status).toBe('captured');
    expect((await post(payment, 'void')).status).toBe(409);
  });

  test('a part may be captured, once, and no more than was authorised; the rest is released', async () => {
    const payment = await hold();
    expect((await post(payment, 'capture', { amountMinor: 1241 })).body.code).toBe('amount_too_large');
    const taken = await post(payment, 'capture', { amountMinor: 1000 });
    expect(taken.body).toMatchObject({ status: 'captured', amountMinor: 1240, capturedMinor: 1000 });
    expect((await post(payment, 'capture')).body).toEqual(taken.body);
    expect((await post(payment, 'capture', { amountMinor: 1000 })).body).toEqual(taken.body);
    expect((await post(payment, 'capture', { amountMinor: 240 })).body.code).toBe('idempotency_mismatch');
    const refund = (amountMinor: number) => post(payment, 'refunds', { amountMinor, reference: fresh('re') });
    expect((await refund(1001)).body.code).toBe('amount_too_large');
    expect((await refund(1000)).status).toBe(200);
    expect(await ledgerOf(String(payment.reference))).toMatchObject([
      { kind: 'refund' },
      { kind: 'capture', amountMinor: 1000, status: 'succeeded', idempotencyKey: null },
      { kind: 'payment', amountMinor: 1240, status: 'captured' },
    ]);
  });

  test('a hold that nobody captures expires after seven days, and can then not be captured', async () => {
    const payment = await hold();
    const status = async () => (await box.call('GET', `/gateway/payments/${payment.id}`)).body.status;
    clock.offsetMs = 7 * 86_400_000 - 10_000;
    expect(await status()).toBe('authorized');
    clock.offsetMs = 7 * 86_400_000;
    expect(await status()).toBe('expired');
    expect((await post(payment, 'capture')).body.code).toBe('wrong_state');
    clock.offsetMs = 0;
  });

  test('a voided hold cannot be captured, and the ledger says so', async () => {
    const payment = await hold();
    expect((await post(payment, 'void', {})).body.status).toBe('voided');
    expect((await post(payment, 'capture')).status).toBe(409);
    expect(await ledgerOf(String(payment.reference))).toMatchObject([
      { kind: 'void', idempotencyKey: null },
      { kind: 'payment', status: 'voided' },
    ]);
  });

  test('refunds never exceed what was captured and repeat by reference', async () => {
    const payment = (await authorize(box.call, charge('4242424242424242'))).body;
    const reference = fresh('re');
    const first = await post(payment, 'refunds', { amountMinor: 1000, reference });
    expect(first.body).toMatchObject({
      payment: payment.id,
      amountMinor: 1000,
      currency: 'GBP',
      status: 'succeeded',
    });
    expect((await post(payment, 'refunds', { amountMinor: 1000, reference })).body).toEqual(first.body);
    expect((await post(payment, 'refunds', { amountMinor: 999, reference })).status).toBe(422);
    expect((await post(payment, 'refunds', { amountMinor: 241, reference: fresh('re') })).status).toBe(422);
    expect((await post(payment, 'refunds', { amountMinor: 240, reference: fresh('re') })).status).toBe(200);
    expect((await ledgerOf(String(payment.reference))).map((e) => e.kind)).toEqual([
      'refund',
      'refund',
      'payment',
    ]);
  });

  test('a fence voids what is held and refuses the reference from then on', async () => {
    const body = charge('4242424242424242', { capture: false });
    await authorize(box.call, body);
    const { reference } = body;
    const fenced = await box.call('POST', '/gateway/void-by-reference', { reference });
    expect(fenced.body).toMatchObject({ reference, fenced: true, payment: { status: 'voided' } });
    for (const key of [reference, fresh('other')]) {
      const late = await authorize(box.call, body, key);
      expect([late.status, late.body.code]).toEqual([409, 'fenced']);
    }
  });

  test('a fence put up while a request is under way stops it', async () => {
    const body = charge('4242424242424242');
    const { reference } = body;
    await fault({ operation: 'authorize', match: { reference }, kind: 'delay', delayMs: 200 });
    const under = authorize(box.call, body);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const fenced = await box.call('POST', '/gateway/void-by-reference', { reference });
    expect(fenced.body).toEqual({ reference, fenced: true, payment: null });
    expect((await under).body.code).toBe('fenced');
    expect(await ledgerOf(reference)).toEqual([]);
  });

  test('a fence leaves captured money alone and says so', async () => {
    const body = charge('4242424242424242');
    await authorize(box.call, body);
    const fenced = await box.call('POST', '/gateway/void-by-reference', { reference: body.reference });
    expect(fenced.body).toMatchObject({ fenced: true, payment: { status: 'captured' } });
  });

  test('payments are read by reference, key and id; an unknown id is 404', async () => {
    const body = charge('4242424242424242');
    const { id } = (await authorize(box.call, body, `${body.reference}-key`)).body;
    expect(dataOf(await box.call('GET', `/gateway/payments?reference=${body.reference}`))).toMatchObject([
      { id },
    ]);
    const byKey = await box.call('GET', `/gateway/payments?idempotencyKey=${body.reference}-key`);
    expect(dataOf(byKey)).toMatchObject([{ id }]);
    expect((await box.call('GET', `/gateway/payments/${id}`)).body).toMatchObject({ id, brand: 'visa' });
    expect((await box.call('GET', '/gateway/payments/gw_none')).status).toBe(404);
    const byLink = await box.call('GET', `/control/ledger?paymentLink=${body.paymentLink}`);
    expect(dataOf(byLink)).toMatchObject([{ id }]);
  });
});

test('two keys under one reference are two payments, and every view says so', async () => {
  const body = charge('4242424242424242');
  await authorize(box.call, body, `${body.reference}-1`);
  await authorize(box.call, body, `${body.reference}-2`);
  expect(await ledgerOf(body.reference)).toMatchObject([
    { kind: 'payment', status: 'captured', idempotencyKey: `${body.reference}-2` },
    { kind: 'payment', status: 'captured', idempotencyKey: `${body.reference}-1` },
  ]);
  expect(dataOf(await box.call('GET', `/gateway/payments?reference=${body.reference}`))).toHaveLength(2);
});

test('no file holds a full card number, and the search finds a planted one', async () => {
  const canary = '4539148803436467';
  expect((await authorize(box.call, charge(canary))).body.status).toBe('captured');
  const search = async () => {
    const files = await readdir(box.dataDir);
    const texts = await Promise.all(files.map((file) => readFile(join(box.dataDir, file), 'utf8')));
    return texts.some(
      (text) => text.includes(canary) || text.includes(Buffer.from(canary).toString('base64')),
    );
  };
  expect(await search()).toBe(false);
  const planted = { to: '+447700900123', from: 'Shop', text: `Card ${canary}`, reference: fresh('msg') };
  expect((await box.call('POST', '/sms/messages', planted)).status).toBe(202);
  expect(await search()).toBe(true);
});
