import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MAX_ANSWERS, MAX_PASSCODES } from '@/core/challenge';
import { setClock } from '@/db/testing';
import { reissuePaymentLink, sendPaymentLink, unlockPaymentLink } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { codeIn, other, PASSCODE, POSTCODE, Questions } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
const { answer, ask, historyOf, delivered } = new Questions(() => house);
beforeAll(async () => {
  house = await testHouse({ max: 12 });
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

test('a passcode goes by the channel that the link does not, opens the page once, and is in no record', async () => {
  const link = await tales.issued({ ...PASSCODE, send: { channel: 'sms' } });
  await delivered(link.id);
  expect(await answer(link.id, '000000')).toEqual({ result: 'gone' });
  expect(await ask(link.id)).toBe('sent');
  const [mail] = await delivered(link.id);
  expect(mail).toMatchObject({ to: 'ada@example.test' });
  const code = codeIn(mail);
  expect(await answer(link.id, other(code))).toMatchObject({ result: 'wrong' });
  expect(await answer(link.id, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toEqual({ result: 'right' });
  expect(await answer(link.id, code)).toEqual({ result: 'gone' });
  const { messages, events, deliveries } = await historyOf(link.id);
  expect(messages.map(({ template, channel }) => [template, channel])).toEqual([
    ['payment_request', 'sms'],
    ['passcode', 'email'],
  ]);
  expect(JSON.stringify([messages, events, deliveries, await tales.events(link.id)])).not.toContain(code);
  expect(events.filter(({ type }) => type === 'payment_link.sent')).toHaveLength(1);
});

test('only the last passcode is right, for ten minutes; one a half minute, five in all', async () => {
  const link = await tales.issued(PASSCODE);
  expect(await ask(link.id)).toBe('sent');
  expect(await ask(link.id)).toBe('too_soon');
  const first = codeIn((await delivered(link.id))[0]);
  await setClock(house.services.db, 31);
  expect(await ask(link.id)).toBe('sent');
  const second = codeIn((await delivered(link.id))[0]);
  if (first !== second) expect(await answer(link.id, first)).toMatchObject({ result: 'wrong' });
  await setClock(house.services.db, 31 + 601);
  expect(await answer(link.id, second)).toEqual({ result: 'gone' });
  for (let i = 3; i <= MAX_PASSCODES; i++) {
    await setClock(house.services.db, 600 * i);
    expect(await ask(link.id)).toBe('sent');
  }
  await setClock(house.services.db, 600 * 7);
  expect(await ask(link.id)).toBe('gone');
  expect(await tales.page(link.url)).toMatchObject({ question: { passcodesLeft: 0 } });
  expect((await historyOf(link.id)).acts.unlock.refusal).toBe(null);
  expect((await unlockPaymentLink(house.as('admin'), link.id)).ok).toBe(true);
  expect(await ask(link.id)).toBe('sent');
});

test('a passcode that could not be sent in time is held back', async () => {
  const link = await tales.issued(PASSCODE);
  await ask(link.id);
  await setClock(house.services.db, 601);
  expect(await delivered(link.id)).toEqual([]);
  expect((await historyOf(link.id)).messages[0]).toMatchObject({
    state: 'suppressed',
    reason: 'the passcode has expired',
  });
});

test('a link is never sent where its passcode goes', async () => {
  const link = await tales.issued({ ...PASSCODE, send: { channel: 'email' } });
  const refused = { ok: false, error: { code: 'invalid' } };
  expect(await sendPaymentLink(house.as('agent'), link.id, { channel: 'sms' })).toMatchObject(refused);
  expect(await reissuePaymentLink(house.as('agent'), link.id, { send: { channel: 'sms' } })).toMatchObject(
    refused,
  );
  expect((await sendPaymentLink(house.as('agent'), link.id, { channel: 'email' })).ok).toBe(true);
  await setClock(house.services.db, 4 * 86_400);
  expect((await tales.page(link.url)).asking).toMatchObject({ channels: ['email'] });
});

test('a right passcode gives back the answers and passcodes that it took; a right postcode, always the same, does not', async () => {
  const link = await tales.issued(PASSCODE);
  await ask(link.id);
  const code = codeIn((await delivered(link.id))[0]);
  for (let i = 1; i < MAX_ANSWERS; i++) await answer(link.id, other(code));
  expect(await answer(link.id, code)).toEqual({ result: 'right' });
  expect(await tales.page(link.url)).toMatchObject({
    question: { answersLeft: MAX_ANSWERS, passcodesLeft: MAX_PASSCODES, hasPasscode: false },
  });
  const fixed = await tales.issued(POSTCODE);
  for (let i = 1; i < MAX_ANSWERS; i++) await answer(fixed.id, 'wrong');
  expect(await answer(fixed.id, 'SW1A 1AA')).toEqual({ result: 'right' });
  expect(await answer(fixed.id, 'wrong')).toEqual({ result: 'wrong', answersLeft: 0 });
});
