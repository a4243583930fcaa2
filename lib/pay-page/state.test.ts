import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCALE_CODES, type MessageKey } from '@/core/messages';
import { translator } from '../i18n';
import {
  cancelPaymentLink,
  reissuePaymentLink,
  unlockPaymentLink,
  updatePaymentLink,
} from '../payment-links';
import { recordOpened } from '../payment-links/open';
import { DECLINED, LinkTales, paidBy, VISA } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { markOf } from './mark';
import { PAGE_STATES } from './state';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const change = (id: string, set: string) =>
  house.services.db.execute(
    sql.raw(
      `update payment_links set ${set} where reference = '${id}' and merchant_id = ${house.merchantId}`,
    ),
  );
const challenge = {
  kind: 'requires_action',
  gatewayReference: 'gw_1',
  challengeUrl: 'http://bank/acs/1',
  card: VISA,
} as const;

const VALUES = { merchant: 'm', contact: 'c', deadline: 'd', amount: 'a' };

test('every state has a title and a sentence in every language', () => {
  for (const state of PAGE_STATES.filter((one) => one !== 'ready' && one !== 'paid'))
    for (const locale of LOCALE_CODES)
      for (const part of ['title', 'lead'])
        expect(translator(locale)(`state.${state}.${part}` as MessageKey, VALUES).length).toBeGreaterThan(5);
});

test('a try is followed from state to state: being paid, confirming, bank check, reserved, paid', async () => {
  const link = await tales.issued();
  const seen = [await tales.stateOf(link.url)];
  const attempt = await tales.submitted(link.id);
  const look = async () => seen.push(await tales.stateOf(link.url));
  await look();
  await tales.answer(attempt, { kind: 'unknown', reason: 'reset' });
  await look();
  await tales.answer(attempt, challenge);
  await look();
  await tales.answer(attempt, { kind: 'authorized', captured: false, gatewayReference: 'gw_1', card: VISA });
  await look();
  await tales.answer(attempt, { ...paidBy(attempt.attempt), gatewayReference: 'gw_1' } as typeof DECLINED);
  await look();
  expect(seen).toEqual(['ready', 'processing', 'confirming', 'challenge', 'authorized', 'paid']);
});

test('refunded and disputed money reads as the receipt it is', async () => {
  const link = await tales.issued({ reference: 'REC-1' });
  await tales.pay(link.id);
  for (const set of ['refunded_minor = 100', 'refunded_minor = captured_minor', 'disputed_minor = 1240']) {
    await change('REC-1', set);
    expect(await tales.stateOf(link.url)).toBe('paid');
  }
});

test('a part that was given back leaves the rest payable', async () => {
  const link = await tales.issued({ reference: 'REC-2', amountType: 'partial' });
  await tales.pay(link.id, 400);
  await change('REC-2', 'refunded_minor = 400');
  expect((await tales.read(link.id)).status).toBe('refunded');
  expect(await tales.stateOf(link.url)).toBe('ready');
});

test('what is canceled while it is paid tells of the payment until that has ended', async () => {
  const link = await tales.issued();
  const attempt = await tales.submitted(link.id);
  await tales.answer(attempt, challenge);
  await cancelPaymentLink(house.as('agent'), link.id);
  expect(await tales.stateOf(link.url)).toBe('challenge');
  await tales.answer(attempt, DECLINED);
  expect(await tales.stateOf(link.url)).toBe('canceled');
});

test('the mark of a page changes with what it tells, and with nothing else', async () => {
  const link = await tales.issued({ amountType: 'partial' });
  const marks = new Set<string>();
  const mark = async () => markOf(await tales.page(link.url));
  const isNew = async () => {
    const now = await mark();
    const known = marks.has(now);
    marks.add(now);
    return !known;
  };
  expect(await isNew()).toBe(true);
  await recordOpened(house.as('payer'), link.id);
  await tales.started(link.id, 100);
  const { version } = await tales.read(link.id);
  await updatePaymentLink(house.as('agent'), link.id, { metadata: { a: 'b' } }, version);
  expect(await isNew()).toBe(false);
  const earlier = new Date(Date.parse(link.expiresAt) - 60_000).toISOString();
  await updatePaymentLink(house.as('agent'), link.id, { expiresAt: earlier }, version + 1);
  expect(await isNew()).toBe(true);
  await updatePaymentLink(house.as('agent'), link.id, { description: 'Order 8' }, version + 2);
  expect(await isNew()).toBe(true);
  await tales.pay(link.id, 400);
  expect(await isNew()).toBe(true);
  await change(link.reference ?? '', 'refunded_minor = 0');
  await house.services.db.execute(sql`update payment_links set access = 'locked' where captured_minor = 400
    and reference is null and amount_type = 'partial'`);
  expect(await isNew()).toBe(true);
  await unlockPaymentLink(house.as('agent'), link.id);
  expect(await isNew()).toBe(false);
  await reissuePaymentLink(house.as('agent'), link.id, { send: { channel: 'sms' } });
  expect(await isNew()).toBe(true);
});
