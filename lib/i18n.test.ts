import { expect, test } from 'vitest';
import { LOCALE_CODES } from '@/core/messages';
import { formatMoney } from '@/core/money';
import { eitherOf, formatDeadline, formatMoment, formatShort, formatTime, translator } from './i18n';

test('every language writes money, times and counts in the digits of cards and tills', () => {
  const at = new Date('2026-11-26T14:05:00Z');
  for (const locale of LOCALE_CODES)
    for (const text of [
      formatMoney({ amountMinor: 1_234_50, currency: 'EUR' }, locale),
      ...[formatDeadline, formatMoment, formatShort, formatTime].map((format) =>
        format(at, locale, 'Asia/Tokyo'),
      ),
      translator(locale)('page.days_left', { count: 12 }),
    ]) {
      expect(text).toMatch(/\d/);
      expect(text.replace(/\d/g, '')).not.toMatch(/\p{Nd}/u);
    }
});

test('in a sentence of the other direction a name keeps its own; in one of the same nothing is added', () => {
  const lead = (locale: 'en' | 'ar', merchant: string) =>
    translator(locale)('state.paid.lead', { merchant, amount: '1' });
  expect(lead('en', 'Juniper')).not.toMatch(/[\u2068\u2069]/);
  expect(lead('en', 'متجر')).toContain('\u2068متجر\u2069');
  expect(lead('ar', 'Juniper')).toContain('\u2068Juniper\u2069');
});

test('two ways to be reached are one or the other, each in its own direction', () => {
  const ways = ['+44 20 7946 0321', 'help@juniper.example'];
  expect(eitherOf(ways, 'de')).toBe('+44 20 7946 0321 oder help@juniper.example');
  expect(eitherOf(ways, 'ar')).toMatch(/^\u2068\+44 20 7946 0321\u2069 .+ \u2068help@juniper.example\u2069$/);
  expect(eitherOf(ways.slice(1), 'en')).toBe('help@juniper.example');
});
