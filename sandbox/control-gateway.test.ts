import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorize, charge, dataOf, fresh, type Json, testPortal, testSandbox, until } from './testing';

let portal: Awaited<ReturnType<typeof testPortal>>;
let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  portal = await testPortal();
  box = await testSandbox({ portalUrl: portal.url });
});
afterAll(async () => {
  await box.stop();
  portal.close();
});

const act = (path: string, body: Json) => box.call('POST', `/control/gateway/${path}`, body);
const pay = async (more: Json = {}, number = '4242424242424242') => {
  const told = await authorize(box.call, charge(number, { account: 'prof_one', ...more }));
  return told.body as Json & { id: string; reference: string };
};
const read = async (id: string) => (await box.call('GET', `/gateway/payments/${id}`)).body;
const ledgerOf = async (reference: string) =>
  dataOf(await box.call('GET', `/control/ledger?reference=${reference}`));

describe('disputes', () => {
  test('…0259 is disputed after capture, not before, and told', async () => {
    const own = await testSandbox({ portalUrl: portal.url });
    await own.call('PUT', '/control/settings', { disputeAfterMs: 150 });
    const body = charge('4000000000000259', { account: 'prof_one', capture: false });
    const { id, reference } = (await authorize(own.call, body)).body;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(portal.typesOf(body.reference)).toEqual(['payment.authorized']);
    await own.call('POST', `/gateway/payments/${id}/capture`, { amountMinor: 1000 });
    const notices = await portal.come(body.reference, 3);
    expect(notices.at(-1)).toMatchObject({ verified: true });
    expect(notices.at(-1)?.body).toMatchObject({
      type: 'dispute.opened',
      data: {
        payment: id,
        paymentReference: reference,
        amountMinor: 1000,
        currency: 'GBP',
        reason: 'fraudulent',
      },
    });
    const ledger = dataOf(await own.call('GET', `/control/ledger?reference=${reference}`));
    expect(ledger[0]).toMatchObject({ kind: 'dispute', status: 'open', amountMinor: 1000 });
    await own.stop();
  });

  test('a dispute is opened and closed by control, told, and takes its room while open or lost', async () => {
    const { id, reference } = await pay();
    const opened = await act('dispute', { reference, amountMinor: 1200, reason: 'not_received' });
    expect(opened.body).toMatchObject({ payment: id, paymentReference: reference, status: 'open' });
    const refund = (amountMinor: number) =>
      box.call('POST', `/gateway/payments/${id}/refunds`, { amountMinor, reference: fresh('re') });
    expect((await refund(41)).body.code).toBe('amount_too_large');
    const close = (outcome: string) => act(`dispute/${opened.body.id}/close`, { outcome });
    const won = await close('won');
    expect(won.body).toEqual({ ...opened.body, status: 'won' });
    expect((await close('won')).body).toEqual(won.body);
    expect((await close('lost')).body.code).toBe('wrong_state');
    expect((await refund(41)).status).toBe(200);
    const notices = await portal.come(reference, 4);
    const disputes = notices.filter(({ body }) => body.type.startsWith('dispute'));
    expect(disputes.map(({ body }) => [body.type, body.data])).toEqual([
      ['dispute.opened', opened.body],
      ['dispute.won', won.body],
    ]);
    expect(await ledgerOf(reference)).toMatchObject([
      { kind: 'refund', amountMinor: 41 },
      { kind: 'dispute', id: opened.body.id, amountMinor: 1200, status: 'won' },
      { kind: 'payment' },
    ]);
  });

  test('no more is disputed than was captured, and only what was captured', async () => {
    const { id, reference } = await pay();
    expect((await act('dispute', { payment: id, amountMinor: 1241 })).body.code).toBe('amount_too_large');
    const { body } = await act('dispute', { payment: id });
    expect(body).toMatchObject({ amountMinor: 1240, reason: 'fraudulent' });
    expect((await act('dispute', { reference })).body.code).toBe('amount_too_large');
    await act(`dispute/${body.id}/close`, { outcome: 'lost' });
    expect((await act('dispute', { reference })).body.code).toBe('amount_too_large');
    const held = await pay({ capture: false });
    expect((await act('dispute', { reference: held.reference })).body.code).toBe('wrong_state');
    expect((await act('dispute/gwd_none/close', { outcome: 'won' })).status).toBe(404);
  });
});

describe('acts of the provider', () => {
  test('a refund begun at the provider has no reference, takes what is left, and is told', async () => {
    const { id, reference } = await pay({ amountMinor: 2000 });
    const part = await act('refund', { payment: id, amountMinor: 500 });
    expect(part.body).toMatchObject({ reference: null, paymentReference: reference, status: 'succeeded' });
    const rest = await act('refund', { reference });
    expect(rest.body).toMatchObject({ amountMinor: 1500 });
    expect((await act('refund', { reference })).body.code).toBe('amount_too_large');
    const notices = await portal.come(reference, 3);
    expect(notices.map(({ body }) => body.data)).toContainEqual(part.body);
    expect((await read(id)).refundedMinor).toBe(2000);
    expect((await ledgerOf(reference)).map((entry) => entry.idempotencyKey)).toEqual([null, null, reference]);
  });

  test('a hold is captured or voided at the provider, and told', async () => {
    const [taken, given] = [await pay({ capture: false }), await pay({ capture: false })];
    const capture = await act('capture', { reference: taken.reference, amountMinor: 1000 });
    expect(capture.body).toMatchObject({ status: 'captured', capturedMinor: 1000 });
    expect((await act('void', { reference: given.reference })).body.status).toBe('voided');
    await portal.come(taken.reference, 2);
    await portal.come(given.reference, 2);
    expect(portal.typesOf(given.reference).at(-1)).toBe('payment.voided');
    expect((await act('void', { payment: taken.id })).body.code).toBe('wrong_state');
  });

  test('a hold expires on its own after the time control sets, and is told', async () => {
    await box.call('PUT', '/control/settings', { holdDays: 0.3 / 86_400 });
    const { id, reference } = await pay({ capture: false });
    await box.call('POST', '/control/reset', { parts: ['settings'] });
    await portal.come(reference, 2);
    expect(portal.typesOf(reference)).toEqual(['payment.authorized', 'payment.expired']);
    expect((await read(id)).status).toBe('expired');
  });

  test.each([
    ['refund', {}, 422],
    ['refund', { reference: 'a', payment: 'b' }, 422],
    ['refund', { reference: 'pay_none' }, 404],
    ['capture', { payment: 'gw_none' }, 404],
    ['dispute', { reference: 'a', reason: 'No Good' }, 422],
    ['tamper', { amountMinor: 1 }, 422],
    ['report-fault', { reference: 'pay_none', kind: 'omit' }, 404],
    ['report-fault', { reference: 'pay_none', kind: 'amount' }, 422],
  ])('%s %j is refused with %i', async (path, body, status) => {
    expect((await act(path, body)).status).toBe(status);
  });

  test('of several payments under one reference the newest that fits is meant', async () => {
    const body = charge('4242424242424242');
    const first = (await authorize(box.call, body, fresh('key'))).body;
    await authorize(box.call, { ...body, capture: false }, fresh('key'));
    expect((await act('refund', { reference: body.reference })).body.payment).toBe(first.id);
  });
});

describe('tampering', () => {
  test('reads, answers and notifications say another amount and currency; the ledger says the truth', async () => {
    const { id, reference } = await pay({ capture: false });
    expect((await act('tamper', { reference, amountMinor: 99, currency: 'USD' })).status).toBe(204);
    const lie = { amountMinor: 99, currency: 'USD' };
    expect(await read(id)).toMatchObject(lie);
    expect(dataOf(await box.call('GET', `/gateway/payments?reference=${reference}`))).toMatchObject([lie]);
    await box.call('POST', `/gateway/payments/${id}/capture`);
    await portal.come(reference, 2);
    const captured = portal.of(reference).find(({ body }) => body.type === 'payment.captured');
    expect(captured?.body.data).toMatchObject({ ...lie, capturedMinor: 99 });
    for (const entry of await ledgerOf(reference))
      expect(entry).toMatchObject({ amountMinor: 1240, currency: 'GBP' });
    await act('tamper', { reference });
    expect(await read(id)).toMatchObject({ amountMinor: 1240, capturedMinor: 1240, currency: 'GBP' });
  });

  test('a link is tampered with before its payment exists; a reset of the faults ends it', async () => {
    const own = await testSandbox();
    const paymentLink = fresh('plink');
    await own.call('POST', '/control/gateway/tamper', { paymentLink, amountMinor: 7 });
    const { body } = await authorize(own.call, charge('4242424242424242', { paymentLink }));
    expect(body).toMatchObject({ amountMinor: 7, capturedMinor: 7 });
    await own.call('POST', '/control/reset', { parts: ['faults'] });
    const told = await own.call('GET', `/gateway/payments/${body.id}`);
    expect(told.body).toMatchObject({ amountMinor: 1240 });
    await own.stop();
  });
});

test('a refund of the provider may be pending and fail, too', async () => {
  const { reference } = await pay({ amountMinor: 1017 });
  expect((await act('refund', { reference })).body.status).toBe('pending');
  await until(async () => portal.typesOf(reference).includes('refund.failed'));
});
