import { Logger, runOnce } from 'graphile-worker';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { jobGroups } from '@/worker/jobs';
import { unwrap } from '../gateways/testing';
import { recordMessageOutcome, sendMessage } from '../messages';
import type { Mail, Providers, Sms } from '../messaging/port';
import { readLinkHistory } from '../payment-links';
import { LinkTales, paidBy } from '../payment-links/testing';
import { changeReceipts, listProfileSettings } from '../payment-profiles';
import { type TestHouse, testHouse } from '../testing';
import { resendReceipt } from '.';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

/** Providers that note what they were given. */
function noting() {
  const mails: Mail[] = [];
  const accepted = { kind: 'accepted' } as const;
  const providers: Providers = {
    sms: { send: async (_: Sms) => accepted },
    mail: {
      send: async (mail: Mail) => {
        mails.push(mail);
        return accepted;
      },
    },
  };
  return { mails, providers };
}

const messagesOf = async (link: string) => unwrap(await readLinkHistory(house.as('owner'), link)).messages;
const receiptsOf = async (link: string) =>
  (await messagesOf(link))
    .filter(({ template }) => template === 'receipt')
    .map(({ id, to, state }) => ({ id, to, state }));

test('a payment sends one receipt, however often it is told and by however many workers it is sent', async () => {
  const link = await tales.issued({
    locale: 'de',
    reference: 'RCP-1',
    customer: { email: 'once@example.test' },
  });
  const ticket = await tales.submitted(link.id);
  await Promise.all(Array.from({ length: 5 }, () => tales.answer(ticket, paidBy(ticket.attempt))));
  expect(await receiptsOf(link.id)).toMatchObject([{ to: 'once@example.test', state: 'queued' }]);
  const { mails, providers } = noting();
  const worker = () =>
    runOnce({
      connectionString: house.database.url,
      taskList: Object.assign({}, ...jobGroups(house.services, providers).map(({ tasks }) => tasks)),
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
    });
  await Promise.all([worker(), worker()]);
  const mine = mails.filter(({ to }) => to === 'once@example.test');
  expect(mine).toHaveLength(1);
  const page = await tales.page(link.url);
  const [mail] = mine;
  expect(mail?.subject).toMatch(/^Beleg von Juniper Outfitters: 12,40/);
  for (const part of ['RCP-1', '4242', link.url, 'Belegnummer']) expect(mail?.text).toContain(part);
  expect(mail?.text.replace(/-/g, '').toLowerCase()).toContain(link.id.slice(-12));
  expect(mail?.html).not.toContain('<img');
  expect(page.receiptMail).toEqual({ address: 'once@example.test', isSent: true });
  const { events } = unwrap(await readLinkHistory(house.as('owner'), link.id));
  expect(events.at(-1)).toMatchObject({
    type: 'message.sent',
    detail: 'E-mail to o…@example.test · receipt',
  });
});

test('each part has its receipt; nobody without an address, and nobody once it is switched off', async () => {
  const parts = await tales.issued({ amountType: 'partial' });
  await tales.pay(parts.id, 400);
  await setClock(house.services.db, 10);
  await tales.pay(parts.id, 840);
  expect(await receiptsOf(parts.id)).toHaveLength(2);
  const nobody = await tales.issued({ customer: { phone: '+44 7700 900123' } });
  await tales.pay(nobody.id);
  expect(await receiptsOf(nobody.id)).toEqual([]);
  const [profile] = unwrap(await listProfileSettings(house.as('owner')));
  const set = (receiptMail: boolean, as = house.as('admin')) =>
    changeReceipts(as, { profile: profile?.id, receiptMail, postalAddress: '', taxNumber: '' });
  expect(await set(false, house.as('agent'))).toMatchObject({ error: { code: 'forbidden' } });
  unwrap(await set(false));
  const quiet = await tales.issued();
  await tales.pay(quiet.id);
  expect(await receiptsOf(quiet.id)).toEqual([]);
  expect((await tales.page(quiet.url)).receiptMail).toEqual({ address: 'ada@example.test', isSent: false });
  unwrap(await set(true));
});

test('a payer has it sent again once an hour, to the address on file; not where mail came back, nor before money came', async () => {
  const link = await tales.issued();
  const again = () => resendReceipt(house.as('payer'), link.id);
  expect(await again()).toMatchObject({ error: { code: 'rate_limited' } });
  await tales.pay(link.id);
  await Promise.all([again(), again(), again()]);
  expect(await receiptsOf(link.id)).toHaveLength(1);
  await setClock(house.services.db, 3601);
  await Promise.all([again(), again(), again()]);
  const all = await receiptsOf(link.id);
  expect(all.map(({ to }) => to)).toEqual(['ada@example.test', 'ada@example.test']);
  const id = all.at(-1)?.id ?? '';
  await sendMessage(house.as('system'), id, noting().providers, false);
  await recordMessageOutcome(house.services, 'req_test', { id: 'r', message: id, status: 'bounced' });
  await setClock(house.services.db, 7300);
  expect(await again()).toMatchObject({ error: { code: 'rate_limited' } });
  expect((await tales.page(link.url)).receiptMail).toBeNull();
});

test('a link that asks a question first sends a receipt without amount or card; none the way its passcode goes', async () => {
  const closed = await tales.issued({ challenge: { kind: 'phone_ending' }, reference: 'RCP-2' });
  await tales.pay(closed.id);
  const [receipt] = await receiptsOf(closed.id);
  const { mails, providers } = noting();
  await sendMessage(house.as('system'), receipt?.id ?? '', providers, false);
  expect(mails).toHaveLength(1);
  for (const text of [mails[0]?.subject, mails[0]?.text, mails[0]?.html])
    for (const part of ['12.40', '4242', 'Order 7', 'RCP-2']) expect(text).not.toContain(part);
  expect(mails[0]?.text).toContain(closed.url);
  const byMail = await tales.issued({ challenge: { kind: 'passcode', channel: 'email' } });
  await tales.pay(byMail.id);
  expect(await receiptsOf(byMail.id)).toEqual([]);
});
