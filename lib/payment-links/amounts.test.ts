import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { startPaymentAttempt } from '../payment-attempts';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink, listPaymentLinks, reissuePaymentLink } from './index';
import { DECLINED, LinkTales, VISA } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const partial = (more: object = {}) => tales.issued({ amountType: 'partial', minAmountMinor: 300, ...more });
const open = (more: object = {}) =>
  tales.issued({ amountType: 'open', amountMinor: undefined, maxAmountMinor: 5000, ...more });
const start = (id: string, amountMinor?: number) =>
  startPaymentAttempt(house.as('payer'), id, { amountMinor });
const REFUSED = { error: { code: 'amount_not_allowed' } };
/** Two tries of a link keep two seconds between them. */
const later = (seconds: number) => setClock(house.services.db, seconds);

describe('in parts', () => {
  test('a total is paid in parts; the last one makes it paid, told exactly once, and no part is charged twice', async () => {
    const link = await partial();
    expect(link).toMatchObject({ amountType: 'partial', amountMinor: 1240, minAmountMinor: 300 });
    await tales.pay(link.id, 400);
    expect(await tales.read(link.id)).toMatchObject({
      status: 'partially_paid',
      capturedMinor: 400,
      paidAt: null,
    });
    await later(10);
    await tales.pay(link.id, 500);
    await later(20);
    await tales.pay(link.id);
    expect(await tales.read(link.id)).toMatchObject({ status: 'paid', capturedMinor: 1240 });
    const types = await tales.typesOf(link.id);
    expect(types.filter((type) => type === 'payment_link.partially_paid')).toHaveLength(2);
    expect(types.filter((type) => type === 'payment_link.paid')).toHaveLength(1);
    const told = (await tales.events(link.id)).filter((event) => event.type === 'payment_link.paid');
    expect(told[0]).toMatchObject({ data: { status: 'paid' }, previous: { capturedMinor: 900 } });
  });

  test('a part keeps to its bounds, but a rest below the least part is taken whole', async () => {
    const link = await partial();
    for (const wrong of [0, -1, 299, 1241, 1.5, Number.NaN])
      expect(await start(link.id, wrong)).toMatchObject(REFUSED);
    await tales.pay(link.id, 1000);
    await later(10);
    for (const wrong of [239, 241, 300]) expect(await start(link.id, wrong)).toMatchObject(REFUSED);
    await tales.pay(link.id, 240);
    expect((await tales.read(link.id)).status).toBe('paid');
  });

  test('two payers of two parts at once: one is let through, and what is held is never more than what is owed', async () => {
    const link = await partial();
    const tries = await Promise.allSettled([800, 800].map((part) => tales.submitted(link.id, VISA, part)));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('a part that is declined takes nothing away from the next, and the tries count over all parts', async () => {
    const link = await partial();
    await tales.pay(link.id, 400);
    for (let i = 1; i < 5; i++) {
      await later(i * 10);
      await tales.answer(await tales.submitted(link.id, VISA, 300), DECLINED);
    }
    expect(await tales.read(link.id)).toMatchObject({ status: 'locked', capturedMinor: 400 });
  });

  test('the rest can be taken back, or asked for anew', async () => {
    const [dropped, renewed] = [await partial(), await partial({ expiresInSeconds: 60 })];
    for (const { id } of [dropped, renewed]) await tales.pay(id, 400);
    expect(await cancelPaymentLink(house.as('agent'), dropped.id)).toMatchObject({
      value: { status: 'canceled', capturedMinor: 400 },
    });
    await later(61);
    expect((await tales.read(renewed.id)).status).toBe('expired');
    expect(await reissuePaymentLink(house.as('agent'), renewed.id, {})).toMatchObject({
      value: { status: 'partially_paid' },
    });
    await tales.pay(renewed.id);
    expect((await tales.read(renewed.id)).status).toBe('paid');
  });
});

describe('as much as the payer says', () => {
  test('any amount within the bounds, once', async () => {
    const link = await open({ minAmountMinor: 100 });
    expect(link).toMatchObject({ amountMinor: null, minAmountMinor: 100, maxAmountMinor: 5000 });
    for (const wrong of [undefined, 99, 5001]) expect(await start(link.id, wrong)).toMatchObject(REFUSED);
    await tales.pay(link.id, 100);
    expect(await tales.read(link.id)).toMatchObject({ status: 'paid', capturedMinor: 100 });
    expect(await start(link.id, 100)).toMatchObject({ error: { code: 'link_already_paid' } });
  });

  test('without a word the suggestion is meant', async () => {
    const link = await open({ amountMinor: 700 });
    await tales.pay(link.id, 700);
    expect((await tales.read(link.id)).capturedMinor).toBe(700);
  });
});

test('a fixed amount is paid whole and in no other way', async () => {
  const link = await tales.issued();
  for (const wrong of [1239, 1241]) expect(await start(link.id, wrong)).toMatchObject(REFUSED);
  expect((await start(link.id, 1240)).ok).toBe(true);
});

test('line items of another than a fixed amount need not sum to it', async () => {
  const lineItems = [{ description: 'x', quantity: 1, unitAmountMinor: 5 }];
  expect((await partial({ lineItems })).lineItems).toEqual(lineItems);
  expect((await open({ lineItems })).lineItems).toEqual(lineItems);
});

test('the list is filtered by the kind of amount', async () => {
  const link = await open({ reference: 'only this' });
  const page = await listPaymentLinks(house.as('viewer'), { amountType: 'open', reference: 'only this' });
  expect(page.ok && page.value.data.map((one) => one.id)).toEqual([link.id]);
  const none = await listPaymentLinks(house.as('viewer'), { amountType: 'fixed', reference: 'only this' });
  expect(none).toMatchObject({ value: { data: [] } });
  expect(await listPaymentLinks(house.as('viewer'), { amountType: 'other' })).toMatchObject({
    error: { code: 'invalid' },
  });
});
