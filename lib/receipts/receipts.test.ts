import { getDocumentProxy, getMeta } from 'unpdf';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formatMoney } from '@/core/money';
import { setClock } from '@/db/testing';
import { type MoneyHouse, moneyHouse, pay, unwrap, workUntil } from '../gateways/testing';
import { openPayPage } from '../pay-page';
import { cancelPaymentLink, createPaymentLink, listPaymentLinks } from '../payment-links';
import { tokenOf } from '../payment-links/testing';
import { changeReceipts, listProfileSettings } from '../payment-profiles';
import { createRefund } from '../refunds';
import { receiptPdf } from './pdf';
import { fontsFor, isWritable } from './scripts';
import { receiptOf } from './words';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const plain = (text: string): string => text.replace(/\s+/g, ' ');
const issue = async (input: object) => unwrap(await createPaymentLink(house.as('agent'), input));

async function receipt(link: { url: string }) {
  const opened = await openPayPage(house.services, tokenOf(link.url));
  if (opened.kind !== 'page') throw new Error(opened.kind);
  return receiptOf(opened.page);
}

/** The receipt of a link as a PDF, read back. */
async function pdfOf(link: { url: string }) {
  const told = await receipt(link);
  if (!told) throw new Error('there is no receipt');
  const bytes = await receiptPdf(told, fontsFor(told));
  const pdf = await getDocumentProxy(Uint8Array.from(bytes));
  const texts: string[] = [];
  for (let i = 1; i <= pdf.numPages; i++) {
    const { items } = await (await pdf.getPage(i)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join(''));
  }
  const raw = texts.join(' ');
  return { told, size: bytes.length, raw, text: plain(raw), meta: await getMeta(pdf) };
}

test.each([
  ['EUR', 'de', 1190, '11,90'],
  ['JPY', 'fr', 1190, '1 190'],
  ['KWD', 'en', 1190, '1.190'],
])(
  'a PDF names number, items, tax and amounts with the digits of %s',
  async (currency, locale, amountMinor, digits) => {
    const link = await issue({
      amountMinor,
      currency,
      locale,
      reference: 'A-1001',
      lineItems: [
        { description: 'Ash stick', quantity: 2, unitAmountMinor: 300, taxMinor: 114 },
        { description: 'Żółć', quantity: 1, unitAmountMinor: 400, taxMinor: 76 },
      ],
      customer: { timeZone: 'Asia/Tokyo' },
    });
    expect(await receipt(link)).toBeNull();
    const [profile] = unwrap(await listProfileSettings(house.as('owner')));
    const said = { receiptMail: true, postalAddress: '1 Ash Lane\n\n Leeds ', taxNumber: 'GB 123' };
    unwrap(await changeReceipts(house.as('admin'), { profile: profile?.id, ...said }));
    await pay(house, link.id);
    const { raw, text, meta, size, told } = await pdfOf(link);
    expect(raw).not.toContain('\u202f');
    const money = (minor: number) => plain(formatMoney({ amountMinor: minor, currency }, locale));
    expect(money(1190)).toContain(digits);
    for (const part of [300, 114, 714, 400, 76, 476, 1190, 190].map(money)) expect(text).toContain(part);
    for (const part of [
      'Juniper Outfitters',
      'help@juniper.example',
      '1 Ash Lane Leeds',
      'GB 123',
      'A-1001',
      'Ash stick',
      'Żółć',
      '4242',
      told.number.value,
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/(GMT|UTC)\+9/);
    expect(text).not.toContain('4242 4242');
    const found = await listPaymentLinks(house.as('viewer'), { q: ` ${told.number.value.toLowerCase()}` });
    expect(unwrap(found).data.map(({ id }) => id)).toEqual([link.id]);
    expect(meta.info).toMatchObject({ Author: 'Juniper Outfitters', Language: locale });
    expect(meta.info.Title).toContain(told.number.value);
    expect(size).toBeLessThan(100_000);
  },
);

test('one number through parts, balance and refunds, each of which is told; what is canceled has no balance', async () => {
  const link = await issue({ amountMinor: 10_000, currency: 'GBP', amountType: 'partial' });
  await pay(house, link.id, { amountMinor: 4000 });
  const first = await pdfOf(link);
  expect(first.text).toContain('Paid so far');
  expect(first.text).toContain('Remaining balance £60.00');
  await setClock(house.services.db, 10);
  const { attempt } = await pay(house, link.id, { amountMinor: 6000 });
  const refund = unwrap(
    await createRefund(house.as('owner'), {
      paymentLink: link.id,
      paymentAttempt: attempt,
      amountMinor: 2500,
    }),
  );
  await workUntil(house, async () => ((await receipt(link))?.refunds.length ?? 0) > 0);
  expect(refund).toMatchObject({ amountMinor: 2500 });
  const { text, told } = await pdfOf(link);
  for (const part of ['£100.00', '£40.00', '£60.00', 'Paid in parts', 'Refunded', '£25.00'])
    expect(text).toContain(part);
  expect(text).not.toContain('Remaining');
  expect(told.number).toEqual(first.told.number);
  const stopped = await issue({ amountMinor: 10_000, currency: 'GBP', amountType: 'partial' });
  await pay(house, stopped.id, { amountMinor: 4000 });
  await cancelPaymentLink(house.as('owner'), stopped.id);
  expect((await receipt(stopped))?.balance).toBeNull();
});

test('Japanese is set in type that has it; what our type cannot write has no PDF', async () => {
  const description = 'お支払い合計についての非常に長い説明文がここに入ります。折り返しが必要です。'.repeat(
    3,
  );
  const link = await issue({ amountMinor: 1240, currency: 'JPY', description });
  await pay(house, link.id);
  const { told, text, size } = await pdfOf(link);
  expect(text.replace(/ /g, '')).toContain(description);
  expect(size).toBeLessThan(100_000);
  expect(fontsFor(told)).toEqual(['latin', 'japanese']);
  for (const merchant of ['مرحبا', 'שלום', 'สวัสดี', 'Smile 😀'])
    expect(isWritable({ ...told, merchant })).toBe(false);
});
