import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorize, charge, dataOf, fresh, type Json, type Told, testSandbox, until } from './testing';

const clock = { offsetMs: 0 };
let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox({ now: () => new Date(Date.now() + clock.offsetMs) });
});
afterAll(() => box.stop());

const act = (path: string, body: Json) => box.call('POST', `/control/gateway/${path}`, body);
const pay = async (more: Json = {}) =>
  (await authorize(box.call, charge('4242424242424242', more))).body as Json & {
    id: string;
    reference: string;
  };
const page = (from: string, to: string, cursor: unknown = null): Promise<Told> =>
  box.call(
    'GET',
    `/gateway/report?${new URLSearchParams({ from, to, ...(cursor ? { cursor: String(cursor) } : {}) })}`,
  );

/** Each test has a day of its own, years ahead, so that tests do not see each other's money. */
let days = 0;
async function onADay<T>(work: (from: string, to: string) => Promise<T>): Promise<T> {
  const midnight = Date.UTC(2030, 0, 1) + ++days * 86_400_000;
  clock.offsetMs = midnight + 3_600_000 - Date.now();
  const end = new Date(midnight + 86_400_000).toISOString();
  return work(new Date(midnight).toISOString(), end).finally(() => {
    clock.offsetMs = 0;
  });
}
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test('only money that moved is told, in order: captures, refunds, disputes and what was won back', async () => {
  await onADay(async (from, to) => {
    const paid = await pay();
    await authorize(box.call, charge('4000000000000002'));
    const held = await pay({ capture: false });
    await later();
    await box.call('POST', `/gateway/payments/${held.id}/capture`, { amountMinor: 1000 });
    await later();
    const reference = fresh('re');
    const refund = (amountMinor: number, key: string) =>
      box.call('POST', `/gateway/payments/${paid.id}/refunds`, { amountMinor, reference: key });
    const made = (await refund(13, reference)).body;
    await refund(19, fresh('re'));
    await until(
      async () => (await box.call('GET', `/gateway/refunds/${made.id}`)).body.status === 'succeeded',
    );
    const provider = (await act('refund', { payment: paid.id, amountMinor: 20 })).body;
    await later();
    const dispute = (await act('dispute', { payment: held.id })).body;
    await later();
    await act(`dispute/${dispute.id}/close`, { outcome: 'won' });
    const { body } = await page(from, to);
    const row = (kind: string, of: Json, more: Json) => ({
      kind,
      reference: of.reference,
      payment: of.id,
      currency: 'GBP',
      at: expect.any(String),
      ...more,
    });
    expect(body.data).toEqual([
      row('payment', paid, { id: paid.id, amountMinor: 1240 }),
      row('payment', held, { id: held.id, amountMinor: 1000 }),
      row('refund', paid, { id: made.id, amountMinor: 13, refundReference: reference }),
      row('refund', paid, { id: provider.id, amountMinor: 20, refundReference: null }),
      row('chargeback', held, { id: dispute.id, amountMinor: 1000 }),
      row('reversal', held, { id: `${dispute.id}_reversal`, amountMinor: 1000 }),
    ]);
    expect(body.nextCursor).toBeNull();
  });
});

test('the interval takes its first moment and leaves its last; times with offsets are understood', async () => {
  await onADay(async (from, to) => {
    const { id } = await pay();
    const at = String(dataOf(await page(from, to))[0]?.at);
    expect(dataOf(await page(at, to))).toMatchObject([{ id }]);
    expect(dataOf(await page(from, at))).toEqual([]);
    const shifted = at.replace('Z', '+00:00');
    expect(dataOf(await page(shifted, to))).toMatchObject([{ id }]);
  });
});

test('pages of 500 hold every row once, in order', async () => {
  await onADay(async (from, to) => {
    const count = 1_100;
    for (let i = 0; i < count; i += 50) await Promise.all(Array.from({ length: 50 }, () => pay()));
    const rows: Json[] = [];
    const sizes: number[] = [];
    let cursor: unknown = null;
    do {
      const { body } = await page(from, to, cursor);
      rows.push(...(body.data as Json[]));
      sizes.push((body.data as Json[]).length);
      cursor = body.nextCursor;
    } while (cursor);
    expect(sizes).toEqual([500, 500, 100]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(count);
    const times = rows.map((row) => String(row.at));
    expect(times).toEqual([...times].sort());
  });
});

test('a planted difference is in the report only: a row left out, another amount, a row too many', async () => {
  await onADay(async (from, to) => {
    const [gone, wrong, back] = [await pay(), await pay(), await pay()];
    const reference = fresh('re');
    await box.call('POST', `/gateway/payments/${back.id}/refunds`, { amountMinor: 100, reference });
    const plant = (body: Json) => act('report-fault', body);
    expect((await plant({ reference: gone.reference, kind: 'omit' })).status).toBe(204);
    await plant({ reference: wrong.reference, kind: 'amount', amountMinor: 1250 });
    await plant({ reference, kind: 'amount', amountMinor: 1 });
    await plant({ reference: 'pay_unheard_of', kind: 'extra', amountMinor: 77 });
    const rows = async () =>
      dataOf(await page(from, to)).map((row) => [row.kind, row.reference, row.amountMinor]);
    expect((await rows()).sort()).toEqual(
      [
        ['payment', wrong.reference, 1250],
        ['payment', back.reference, 1240],
        ['refund', back.reference, 1],
        ['payment', 'pay_unheard_of', 77],
      ].sort(),
    );
    const truth = dataOf(await box.call('GET', `/control/ledger?reference=${wrong.reference}`));
    expect(truth).toMatchObject([{ amountMinor: 1240 }]);
    expect((await box.call('GET', `/gateway/payments/${wrong.id}`)).body.amountMinor).toBe(1240);
    await box.call('POST', '/control/reset', { parts: ['faults'] });
    expect(await rows()).toHaveLength(4);
    expect(dataOf(await page(from, to)).map((row) => row.amountMinor)).toEqual([1240, 1240, 1240, 100]);
  });
});

test('what is not a time or a cursor of ours is refused; the key is needed; it fails as told', async () => {
  const [from, to] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
  expect((await page('yesterday', to)).status).toBe(400);
  expect((await page(from, '2026-01-02')).status).toBe(400);
  expect((await page(from, to, 'rubbish')).status).toBe(400);
  const path = `/gateway/report?from=${from}&to=${to}`;
  expect((await box.call('GET', path, undefined, { authorization: 'Bearer x' })).status).toBe(401);
  await box.call('POST', '/control/faults', { target: 'gateway', operation: 'report', kind: 'refuse' });
  expect((await page(from, to)).status).toBe(503);
  expect((await page(from, to)).status).toBe(200);
});
