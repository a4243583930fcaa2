import { afterEach, beforeEach, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { Questions } from '../challenges/testing';
import { changeOwnDomain } from '../merchants';
import type { Mail, Sms } from '../messaging/port';
import { sendPaymentLink } from '../payment-links';
import { LinkTales, tokenOf } from '../payment-links/testing';
import { remind } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import { changeSubscription, readSubscription } from '.';
import { remindAfter } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
const { delivered, historyOf } = new Questions(() => house);
beforeEach(async () => {
  house = await testHouse();
  await remindAfter(house, [60, 120]);
});
afterEach(() => house.close());

const HOUR = 3600;
const issued = (email: string, channels = ['email']) =>
  tales.issued({
    customer: { email, phone: '+44 7700 900123' },
    send: channels.map((channel) => ({ channel })),
  });
/** What the customer of a link gets when so many seconds are over. */
async function gets(link: string, seconds: number): Promise<(Sms | Mail)[]> {
  await delivered(link);
  await setClock(house.services.db, seconds);
  await remind(house.services, 'req_test', 5_000);
  return delivered(link);
}
const tokenIn = (message: Sms | Mail | undefined): string =>
  tokenOf((message && 'unsubscribeUrl' in message && message.unsubscribeUrl) || '/');
async function press(token: string, wanted: boolean): Promise<void> {
  const found = await readSubscription(house.services, token);
  if (!found) throw new Error('not an address of ours');
  await changeSubscription(house.services, 'req_test', found, wanted);
}
const skipped = async (link: string) =>
  (await historyOf(link)).events.filter(({ type }) => type === 'reminder.skipped').map((one) => one.detail);

test('a reminder by e-mail says where reminders end, once in its head and once in its text; a request does not', async () => {
  const { id, url } = await issued('ada@example.test', ['email', 'sms']);
  const [first] = await delivered(id);
  expect(tokenIn(first)).toBe('');
  expect(JSON.stringify(first)).not.toContain('/unsubscribe/');
  const all = await gets(id, HOUR + 5);
  const mail = all.find((one): one is Mail => 'html' in one);
  expect(mail?.unsubscribeUrl).toMatch(/^http:\/\/localhost:3000\/unsubscribe\/[\w-]{58}$/);
  for (const body of [mail?.text, mail?.html]) expect(body).toContain(mail?.unsubscribeUrl);
  expect(mail?.unsubscribeUrl).not.toContain(tokenOf(url));
  expect(JSON.stringify(all.find((one) => !('html' in one)))).not.toContain('/unsubscribe/');
});

test('reminders end at the domain that their link is at', async () => {
  const payOrigin = 'http://pay.localhost:3000';
  await changeOwnDomain(house.as('owner'), { payOrigin });
  const { id } = await issued('ada@example.test');
  const [mail] = await gets(id, HOUR + 5);
  expect(mail).toMatchObject({ unsubscribeUrl: expect.stringContaining(`${payOrigin}/unsubscribe/`) });
});

test('a press stops the reminders of every link to that mailbox, in whatever capitals, and no request', async () => {
  const one = await issued('ada@example.test');
  const [mail] = await gets(one.id, HOUR + 5);
  const token = tokenIn(mail);
  expect(await readSubscription(house.services, token)).toMatchObject({ isOut: false });
  await press(token, false);
  await press(token, false);
  expect(await readSubscription(house.services, token)).toMatchObject({ isOut: true });
  const other = await issued('Ada@Example.test');
  expect(await delivered(other.id)).toHaveLength(1);
  expect(await gets(one.id, 2 * HOUR + 10)).toEqual([]);
  expect(await skipped(one.id)).toEqual(['the customer unsubscribed']);
  expect(await gets(other.id, 2 * HOUR + 20)).toEqual([]);
  await sendPaymentLink(house.as('agent'), one.id, { channel: 'email' });
  expect(await delivered(one.id)).toHaveLength(1);
});

test('a reminder that waits for a provider is held back; SMS still come; who changes their mind gets both', async () => {
  const first = await issued('ada@example.test', ['email', 'sms']);
  const mail = (await gets(first.id, HOUR + 5)).find((one) => 'html' in one);
  const token = tokenIn(mail);
  await setClock(house.services.db, 2 * HOUR + 5);
  await remind(house.services, 'req_test', 5_000);
  await press(token, false);
  expect((await delivered(first.id)).map((one) => 'html' in one)).toEqual([false]);
  expect(await skipped(first.id)).toEqual(['the customer unsubscribed']);
  await press(token, true);
  const next = await issued('ada@example.test', ['email', 'sms']);
  expect(await gets(next.id, 3 * HOUR + 10)).toHaveLength(2);
});

test('what is not an address of ours, or is one of a payment, changes nothing', async () => {
  const { url } = await issued('ada@example.test');
  for (const token of ['', 'x', tokenOf(url)])
    expect(await readSubscription(house.services, token)).toBeNull();
});
