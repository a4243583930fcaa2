import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MAX_ANSWERS, MAX_PASSCODES, PASS_SECONDS } from '@/core/challenge';
import { setClock } from '@/db/testing';
import { sendMessage } from '../messages';
import type { Mail, Sms } from '../messaging/port';
import { markOf, openPayPage, type PayPage, passFor } from '../pay-page';
import {
  cancelPaymentLink,
  createPaymentLink,
  readLinkHistory,
  reissuePaymentLink,
  sendPaymentLink,
  unlockPaymentLink,
} from '../payment-links';
import { LinkTales, tokenOf } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { answerChallenge, sendPasscode } from './index';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse({ max: 12 });
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const POSTCODE = { challenge: { kind: 'postcode', postcode: 'SW1A 1AA' } };
const PASSCODE = { challenge: { kind: 'passcode' } };

const answer = async (link: string, text: string) => {
  const answered = await answerChallenge(house.as('payer'), link, text);
  if (!answered.ok) throw new Error(answered.error.code);
  return answered.value;
};
const ask = async (link: string) => {
  const sent = await sendPasscode(house.as('payer'), link);
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value;
};
const openedWith = async (url: string, pass: string): Promise<PayPage> => {
  const opened = await openPayPage(house.services, tokenOf(url), { pass });
  if (opened.kind !== 'page') throw new Error(opened.kind);
  return opened.page;
};
const historyOf = async (link: string) => {
  const found = await readLinkHistory(house.as('admin'), link);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};

/** Sends what is queued for a link; what its customer got. */
async function delivered(link: string): Promise<(Sms | Mail)[]> {
  const sent: (Sms | Mail)[] = [];
  const send = async (one: Sms | Mail) => {
    sent.push(one);
    return { kind: 'accepted', id: 'x' } as const;
  };
  for (const { id, state } of (await historyOf(link)).messages)
    if (state === 'queued')
      await sendMessage(house.as('system'), id, { sms: { send }, mail: { send } }, false);
  return sent;
}
const codeIn = (message: Sms | Mail | undefined): string => /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

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
