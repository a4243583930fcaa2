import { expect, test } from 'vitest';
import { contrast } from '@/core/accent';
import { directionOf, LOCALE_CODES } from '@/core/messages';
import { passcodeMail, passcodeSms } from './passcode';
import { paymentRequestMail } from './payment-request';
import { paymentRequestSms } from './sms';
import { request } from './testing';

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
    expect(mail.html.match(/dir="\w+"/g)).toEqual(Array(2).fill(`dir="${directionOf(locale)}"`));
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

test('a letter is in the colour of the merchant, text on it readable, and ends with their footer', async () => {
  const { html, text } = await paymentRequestMail(request({ accent: '#facc15', footer: 'Company <1234>' }));
  expect(html).not.toContain('#facc15');
  const [shown = ''] = /(?<=border-top:4px solid )#[0-9a-f]{6}/.exec(html) ?? [];
  expect(contrast(shown, '#ffffff')).toBeGreaterThanOrEqual(3);
  expect(html).toContain(`background-color:${shown};color:#000000`);
  expect(html).toContain('Company &lt;1234&gt;');
  expect(text).toMatch(/\n\nCompany <1234>$/);
});

test.each(LOCALE_CODES)(
  'a closed request names no amount, and a passcode stands where only its reader sees it: %s',
  async (locale) => {
    const closed = request({
      locale,
      isClosed: true,
      description: null,
      reference: null,
      customerName: null,
    });
    const text = paymentRequestSms(closed);
    const mail = await paymentRequestMail(closed);
    for (const each of [text, mail.subject, mail.text, mail.html]) {
      expect(each).not.toMatch(/12[.,]345/);
      expect(each).toContain('Juniper');
    }
    const passcode = {
      locale,
      merchant: closed.merchant,
      accent: '#1d4ed8',
      footer: 'Company 1234',
      contact: closed.contact,
      url: closed.url,
      code: '012345',
    };
    const sms = passcodeSms(passcode);
    expect(sms.endsWith('\n\n@pay.juniper-outfitters.example #012345')).toBe(true);
    const letter = await passcodeMail(passcode);
    expect(letter.subject).not.toContain('012345');
    expect(letter.text).toContain('012345');
    expect(letter.html).not.toContain('href');
    expect(letter.text).toMatch(/\n\nCompany 1234$/);
  },
);
