import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smsSize } from '@/core/gsm7';
import { LOCALE_CODES, LOCALES, type Locale } from '@/core/messages';
import { passcodeSms } from './passcode';
import { paymentRequestSms, smsSender } from './sms';
import { request, URL_CHARACTERS } from './testing';

const MOST = { gsm7: 1, ucs2: 3 };

test.each(LOCALE_CODES)(
  'a payment request keeps to the segments of its alphabet, its address whole: %s',
  (locale) => {
    for (const currency of ['GBP', 'EUR', 'JPY', 'INR', 'KWD', 'PLN', 'UAH'])
      for (const merchant of [
        'Ab',
        'Juniper Outfitters',
        'Müller & Söhne Handelsgesellschaft für Gartengeräte mbH',
        'Žluťoučký kůň [s.r.o.]',
        '株式会社',
      ])
        for (const isReminder of [false, true]) {
          const text = paymentRequestSms(request({ locale, currency, merchant, isReminder }));
          const { alphabet, segments } = smsSize(text);
          expect(segments).toBeLessThanOrEqual(MOST[alphabet]);
          expect(alphabet).toBe(['ja', 'ar'].includes(locale) ? 'ucs2' : 'gsm7');
          expect(text.endsWith(`/pay/${URL_CHARACTERS}`)).toBe(true);
          expect(text).not.toMatch(/[\u200e\u200f\u061c\u2066-\u2069]/);
        }
  },
);

test('what an SMS costs in each language is what docs/languages.md says', () => {
  const rowOf = (locale: Locale): string => {
    const texts = [
      paymentRequestSms(request({ locale })),
      paymentRequestSms(request({ locale, isReminder: true })),
      paymentRequestSms(request({ locale, isClosed: true })),
      passcodeSms({ ...request({ locale }), code: '012345' }),
    ];
    const sizes = texts.map(smsSize);
    const alphabet = sizes[0]?.alphabet === 'gsm7' ? 'GSM-7' : 'UCS-2';
    const cells = sizes.map(({ units, segments }) => `${segments} (${units})`);
    return `| ${locale} | ${LOCALES[locale]} | ${alphabet} | ${cells.join(' | ')} |`;
  };
  const doc = readFileSync('docs/languages.md', 'utf8');
  expect(doc.split('\n').filter((line) => line.startsWith('| ') && /GSM-7|UCS-2/.test(line))).toEqual(
    LOCALE_CODES.map(rowOf),
  );
});

test('a name of another script does not make a passcode lose its marks', () => {
  const sms = passcodeSms({ ...request({ locale: 'ja', merchant: 'ガーデン' }), code: '012345' });
  expect(sms).toContain('ガーデン');
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
