import { expect, test } from 'vitest';
import { smsSize } from '@/core/gsm7';
import { LOCALE_CODES } from '@/core/messages';
import type { PaymentRequest } from '../request';
import { passcodeMail, passcodeSms } from './passcode';
import { paymentRequestMail } from './payment-request';
import { paymentRequestSms, smsSender } from './sms';

const URL_CHARACTERS = 'A'.repeat(58);
const request = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
  locale: 'en',
  merchant: 'Juniper Outfitters',
  contact: 'help@juniper.example',
  isReminder: false,
  isClosed: false,
  amountMinor: 12_345_67,
  currency: 'GBP',
  description: 'Order 1001 & <more>',
  reference: 'A-1001',
  customerName: 'Ada',
  phrase: 'amber falcon',
  payBy: new Date('2026-11-26T14:05:00Z'),
  timeZone: 'Europe/Berlin',
  url: `https://pay.juniper-outfitters.example/pay/${URL_CHARACTERS}`,
  ...change,
});

test.each(LOCALE_CODES)('the standard SMS is one GSM-7 segment with the whole address: %s', (locale) => {
  for (const currency of ['GBP', 'EUR', 'JPY', 'INR', 'KWD', 'PLN', 'UAH'])
    for (const merchant of [
      'Ab',
      'Juniper Outfitters',
      'Müller & Söhne Handelsgesellschaft für Gartengeräte mbH',
      'Žluťoučký kůň [s.r.o.]',
      '株式会社',
    ]) {
      const text = paymentRequestSms(request({ locale, currency, merchant }));
      expect(smsSize(text)).toMatchObject({ alphabet: 'gsm7', segments: 1 });
      expect(text.endsWith(`/pay/${URL_CHARACTERS}`)).toBe(true);
    }
});

test('an address that alone fills a segment keeps the whole name and takes two', () => {
  const text = paymentRequestSms(
    request({ url: `https://${'a'.repeat(120)}.example/pay/${URL_CHARACTERS}` }),
  );
  expect(smsSize(text).segments).toBe(2);
  expect(text).toContain('Juniper Outfitters');
});

test('the SMS names the deadline in the zone of the customer', () => {
  expect(paymentRequestSms(request())).toMatch(/15:05|03:05/);
});

test('a sender name is at most 11 letters, digits and blanks', () => {
  expect(smsSender('Müller & Söhne')).toMatch(/^[A-Za-z0-9 ]{1,11}$/);
  expect(smsSender('株式会社')).toBe('Payments');
});

test.each(LOCALE_CODES)(
  'the e-mail says who, what, how much, until when and how to check: %s',
  async (locale) => {
    const mail = await paymentRequestMail(request({ locale }));
    for (const body of [mail.html, mail.text])
      for (const word of [
        'Juniper Outfitters',
        'A-1001',
        'amber falcon',
        'help@juniper.example',
        request().url,
      ])
        expect(body).toContain(word);
    expect(mail.html).toContain(`lang="${locale}"`);
    expect(mail.html).toContain('dir="ltr"');
    expect(mail.subject).toContain('Juniper Outfitters');
    expect(mail.text).toMatch(/15:05|03:05/);
  },
);

test('the e-mail loads nothing, and text of the merchant is text', async () => {
  const { html } = await paymentRequestMail(request());
  expect(html).not.toMatch(/<img|<script|<link [^>]*stylesheet|url\(/i);
  expect(html.match(/(?:src|href)="([^"]+)"/g)).toEqual([`href="${request().url}"`]);
  expect(html).toContain('&lt;more&gt;');
});

test.each(LOCALE_CODES)(
  'a closed request is one segment and names no amount; a passcode is one too: %s',
  async (locale) => {
    const closed = request({
      locale,
      isClosed: true,
      description: null,
      reference: null,
      customerName: null,
    });
    const text = paymentRequestSms(closed);
    expect(smsSize(text)).toMatchObject({ alphabet: 'gsm7', segments: 1 });
    const mail = await paymentRequestMail(closed);
    for (const each of [text, mail.subject, mail.text, mail.html]) {
      expect(each).not.toMatch(/12[.,]345/);
      expect(each).toContain('Juniper');
    }
    const passcode = {
      locale,
      merchant: closed.merchant,
      contact: closed.contact,
      url: closed.url,
      code: '012345',
    };
    const sms = passcodeSms(passcode);
    expect(smsSize(sms)).toMatchObject({ alphabet: 'gsm7', segments: 1 });
    expect(sms.endsWith('\n\n@pay.juniper-outfitters.example #012345')).toBe(true);
    const letter = await passcodeMail(passcode);
    expect(letter.subject).not.toContain('012345');
    expect(letter.text).toContain('012345');
    expect(letter.html).not.toContain('href');
  },
);
