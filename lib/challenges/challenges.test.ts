import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MAX_ANSWERS, PASS_SECONDS } from '@/core/challenge';
import { setClock } from '@/db/testing';
import { requestNewLink } from '../link-requests';
import { markOf, openPayPage, type PayPage, passFor } from '../pay-page';
import {
  cancelPaymentLink,
  createPaymentLink,
  reissuePaymentLink,
  unlockPaymentLink,
} from '../payment-links';
import { DAY, DECLINED, LinkTales, paidBy, tokenOf } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { POSTCODE, Questions } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse({ max: 12 });
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const openedWith = async (url: string, pass: string): Promise<PayPage> => {
  const opened = await openPayPage(house.services, tokenOf(url), { pass });
  if (opened.kind !== 'page') throw new Error(opened.kind);
  return opened.page;
};
const { answer, historyOf, delivered } = new Questions(() => house);

test('a link with a challenge tells its holder nothing of what is owed before the answer, and all of it after', async () => {
  const link = await tales.issued({ ...POSTCODE, reference: 'GATE-1' });
  expect(link.challenge).toEqual({ kind: 'postcode' });
  const shut = await tales.page(link.url);
  expect(shut).toMatchObject({
    state: 'verification',
    isShown: false,
    attempts: [],
    entries: [],
    details: null,
  });
  expect(await answer(link.id, 'sw1a1aa')).toEqual({ result: 'right' });
  const open = await openedWith(link.url, passFor(house.services, shut, tokenOf(link.url)));
  expect(open).toMatchObject({ state: 'ready', isShown: true, question: null });
  expect((await tales.page(link.url)).state).toBe('verification');
});

test('the mark of a page that is shut does not tell what it hides', async () => {
  const [one, two] = [
    await tales.issued(POSTCODE),
    await tales.issued({ ...POSTCODE, description: 'Another' }),
  ];
  expect(markOf(await tales.page(one.url))).toBe(markOf(await tales.page(two.url)));
  await tales.pay(one.id);
  expect(markOf(await tales.page(one.url))).toBe(markOf(await tales.page(two.url)));
});

test('a link is shut in every state that tells of money, and what is over says so without it', async () => {
  const paid = await tales.issued(POSTCODE);
  await tales.pay(paid.id);
  const busy = await tales.issued(POSTCODE);
  await tales.submitted(busy.id);
  for (const { url } of [paid, busy])
    expect(await tales.page(url)).toMatchObject({ state: 'verification', attempt: null });
  const canceled = await tales.issued(POSTCODE);
  await cancelPaymentLink(house.as('agent'), canceled.id);
  expect(await tales.page(canceled.url)).toMatchObject({ state: 'canceled', isShown: false, entries: [] });
});

test('five wrong answers lock the link, however they come; the right one is then taken no more', async () => {
  const link = await tales.issued({ challenge: { kind: 'phone_ending' } });
  const results = await Promise.all(Array.from({ length: 12 }, (_, i) => answer(link.id, `999${i}`)));
  expect(results.filter(({ result }) => result === 'wrong')).toHaveLength(MAX_ANSWERS);
  expect(await answer(link.id, '0123')).toEqual({ result: 'gone' });
  expect(await tales.stateOf(link.url)).toBe('locked');
  expect((await tales.read(link.id)).status).toBe('locked');
  expect((await tales.typesOf(link.id)).filter((type) => type === 'payment_link.locked')).toHaveLength(1);
});

test('an unlock and a reissue by staff give as many answers again, each', async () => {
  const link = await tales.issued(POSTCODE);
  const spend = async () => {
    for (let i = 0; i < MAX_ANSWERS; i++) await answer(link.id, 'wrong');
  };
  await spend();
  expect((await unlockPaymentLink(house.as('admin'), link.id)).ok).toBe(true);
  expect(await tales.page(link.url)).toMatchObject({
    state: 'verification',
    question: { answersLeft: MAX_ANSWERS },
  });
  await spend();
  const again = await reissuePaymentLink(house.as('admin'), link.id, {});
  if (!again.ok) throw new Error(again.error.code);
  expect(await tales.stateOf(again.value.url)).toBe('verification');
  expect(await answer(link.id, 'SW1A 1AA')).toEqual({ result: 'right' });
});

test('wrong answers on a receipt shut its page and change nothing of the link; staff can open it again', async () => {
  const link = await tales.issued(POSTCODE);
  await tales.pay(link.id);
  for (let i = 0; i < MAX_ANSWERS; i++) await answer(link.id, 'wrong');
  expect(await tales.stateOf(link.url)).toBe('locked');
  expect((await tales.read(link.id)).status).toBe('paid');
  expect((await historyOf(link.id)).acts.unlock.refusal).toBe(null);
  expect((await unlockPaymentLink(house.as('admin'), link.id)).ok).toBe(true);
  expect((await tales.read(link.id)).status).toBe('paid');
  expect(await tales.stateOf(link.url)).toBe('verification');
});

test('a pass opens one address for two hours, and not the one that replaces it', async () => {
  const link = await tales.issued(POSTCODE);
  const pass = passFor(house.services, await tales.page(link.url), tokenOf(link.url));
  const stranger = await tales.issued(POSTCODE);
  expect((await openedWith(stranger.url, pass)).state).toBe('verification');
  await setClock(house.services.db, PASS_SECONDS + 1);
  expect((await openedWith(link.url, pass)).state).toBe('verification');
  await setClock(house.services.db, 0);
  const again = await reissuePaymentLink(house.as('admin'), link.id, {});
  if (!again.ok) throw new Error(again.error.code);
  expect((await openedWith(again.value.url, pass)).state).toBe('verification');
});

test('the messages of a link with a challenge say nothing that its page hides', async () => {
  const link = await tales.issued({
    ...POSTCODE,
    reference: 'GATE-SECRET',
    customer: { name: 'Ada Lovelace', email: 'ada@example.test', phone: '+44 7700 900123' },
    send: [{ channel: 'sms' }, { channel: 'email' }],
  });
  const sent = await delivered(link.id);
  expect(sent).toHaveLength(2);
  for (const message of sent) {
    expect(message.text).toContain(link.url);
    for (const hidden of ['12.40', 'Order 7', 'GATE-SECRET', 'Lovelace', 'SW1A'])
      expect(JSON.stringify(message)).not.toContain(hidden);
  }
});

test('what a challenge cannot do without is asked for by name', async () => {
  const wish = (more: object) =>
    createPaymentLink(house.as('api'), { amountMinor: 100, currency: 'GBP', ...more });
  const phone = { customer: { phone: '+44 7700 900123' } };
  for (const [more, path] of [
    [{ challenge: { kind: 'phone_ending' } }, 'customer.phone'],
    [{ challenge: { kind: 'passcode' } }, 'challenge'],
    [{ ...phone, challenge: { kind: 'passcode' }, send: { channel: 'sms' } }, 'challenge'],
    [{ ...phone, challenge: { kind: 'passcode', channel: 'email' } }, 'challenge'],
    [{ challenge: { kind: 'postcode' } }, 'challenge.postcode'],
    [{ challenge: { kind: 'postcode', postcode: '--' } }, 'challenge.postcode'],
    [{ challenge: { kind: 'birthday' } }, 'challenge.kind'],
    [{ challenge: { kind: 'phone_ending', digits: 2 }, ...phone }, 'challenge.digits'],
  ] as const)
    expect(await wish(more), JSON.stringify(more)).toMatchObject({
      ok: false,
      error: { errors: [{ path }] },
    });
  expect((await wish({ ...phone, challenge: { kind: 'passcode' } })).ok).toBe(true);
});

test('an address that was replaced takes no answer and tells nothing, whatever came in by the new one', async () => {
  const old = await tales.issued(POSTCODE);
  const again = await reissuePaymentLink(house.as('admin'), old.id, {});
  if (!again.ok) throw new Error(again.error.code);
  const ticket = await tales.submitted(old.id);
  expect(await tales.stateOf(old.url)).toBe('replaced');
  await tales.answer(ticket, paidBy(ticket.attempt));
  expect(await tales.stateOf(old.url)).toBe('replaced');
  expect(await tales.stateOf(again.value.url)).toBe('verification');
});

test('five wrong answers lock a link that is being paid as well, and the payment goes on', async () => {
  const link = await tales.issued(POSTCODE);
  const ticket = await tales.submitted(link.id);
  for (let i = 0; i < MAX_ANSWERS; i++) await answer(link.id, 'wrong');
  expect(await tales.typesOf(link.id)).toContain('payment_link.locked');
  await tales.answer(ticket, DECLINED);
  expect((await tales.read(link.id)).status).toBe('locked');
  const other = await tales.issued(POSTCODE);
  const paying = await tales.submitted(other.id);
  for (let i = 0; i < MAX_ANSWERS; i++) await answer(other.id, 'wrong');
  await tales.answer(paying, paidBy(paying.attempt));
  expect((await tales.read(other.id)).status).toBe('paid');
});

test('a new link that the customer asks for brings no answers; once they are used up staff must agree', async () => {
  const [some, none] = [await tales.issued(POSTCODE), await tales.issued(POSTCODE)];
  for (let i = 1; i < MAX_ANSWERS; i++) await answer(some.id, 'wrong');
  for (let i = 0; i < MAX_ANSWERS; i++) await answer(none.id, 'wrong');
  await setClock(house.services.db, 4 * DAY);
  expect(await requestNewLink(house.as('payer'), some.id)).toMatchObject({ value: 'sent' });
  expect(await tales.page((await tales.read(some.id)).url)).toMatchObject({ question: { answersLeft: 1 } });
  expect(await requestNewLink(house.as('payer'), none.id)).toMatchObject({ value: 'pending' });
});

test('a canceled link is not unlocked', async () => {
  const link = await tales.issued(POSTCODE);
  for (let i = 0; i < MAX_ANSWERS; i++) await answer(link.id, 'wrong');
  await cancelPaymentLink(house.as('agent'), link.id);
  expect((await historyOf(link.id)).acts.unlock.refusal).toBe('link_not_locked');
  expect(await unlockPaymentLink(house.as('admin'), link.id)).toMatchObject({
    error: { code: 'link_not_locked' },
  });
});

test('a postcode is in no event, webhook, audit entry or answer', async () => {
  const link = await tales.issued({ challenge: { kind: 'postcode', postcode: 'ZQ9 7XW' } });
  await answer(link.id, 'ZQ9 7XW');
  const rows = await house.services.db.execute<{ t: string }>(sql`
    select payload as t from events union all select row_to_json(a)::text from audit_entries a
    union all select row_to_json(d)::text from webhook_deliveries d
    union all select row_to_json(l)::text from payment_links l`);
  const told = [...rows.map(({ t }) => t), JSON.stringify([link, await historyOf(link.id)])];
  expect(told.filter((text) => /ZQ9.?7XW/i.test(text))).toEqual([]);
});
