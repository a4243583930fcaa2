import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locale } from '@/core/messages';
import { setClock } from '@/db/testing';
import { requestNewLink } from '@/lib/link-requests';
import { openPayPage } from '@/lib/pay-page';
import { reissuePaymentLink } from '@/lib/payment-links';
import { LinkTales, tokenOf, VISA } from '@/lib/payment-links/testing';
import { type TestHouse, testHouse } from '@/lib/testing';
import { stateBody } from './states';
import { timeLeft, viewOf } from './view';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** The page of a link in words, as it is not told by tags. */
async function textOf(url: string): Promise<string> {
  const view = viewOf(house.services.config, await tales.page(url), 'token');
  return stateBody(view)
    .text.replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

test('while a payment is under way its page says how much it is and what for, and not to pay again', async () => {
  const link = await tales.issued({ reference: 'PAGE-1', amountType: 'partial' });
  const attempt = await tales.submitted(link.id, VISA, 400);
  const seen = [await textOf(link.url)];
  await tales.answer(attempt, { kind: 'unknown', reason: 'reset' });
  seen.push(await textOf(link.url));
  const challengeUrl = 'http://bank/acs/1';
  await tales.answer(attempt, {
    kind: 'requires_action',
    gatewayReference: 'gw_1',
    challengeUrl,
    card: VISA,
  });
  seen.push(await textOf(link.url));
  for (const [i, title] of ['Being paid', 'Confirming', 'bank'].entries()) {
    expect(seen[i]).toContain(title);
    for (const part of ['£4.00', 'Order 7', 'PAGE-1', 'Do not pay again']) expect(seen[i]).toContain(part);
  }
});

test('the time that is left is told as a person says it, never as more than there is', async () => {
  const page = await tales.page((await tales.issued()).url);
  const { expiresAt } = page.link;
  const left = (seconds: number, locale: 'en' | 'de' = 'en') =>
    timeLeft(
      { ...page, link: { ...page.link, now: new Date(expiresAt.getTime() - seconds * 1000) } },
      locale,
    );
  const [minute, hour, day] = [60, 3600, 86_400];
  expect([3 * day, 3 * day - 1, 2 * day].map((at) => left(at))).toEqual([
    '3 days left',
    '2 days left',
    '2 days left',
  ]);
  expect([2 * day - 1, 2 * hour].map((at) => left(at))).toEqual(['47 hours left', '2 hours left']);
  expect([2 * hour - 1, minute, 59].map((at) => left(at))).toEqual([
    '119 minutes left',
    '1 minute left',
    'less than a minute left',
  ]);
  expect(left(-1)).toBe('');
  expect([2 * day, 90 * minute, 30].map((at) => left(at, 'de'))).toEqual([
    'noch 2 Tage',
    'noch 90 Minuten',
    'noch weniger als eine Minute',
  ]);
});

test('a chosen language is spoken by the page and kept by its forms; the link keeps its own', async () => {
  const link = await tales.issued({ locale: 'de' });
  const told = async (locale: Locale | null) => {
    const opened = await openPayPage(house.services, tokenOf(link.url), { locale });
    if (opened.kind !== 'page') throw new Error(opened.kind);
    const { t, query } = viewOf(house.services.config, opened.page, 'token');
    return [t('page.title'), query];
  };
  expect(await told(null)).toEqual(['Zahlungsanforderung', '']);
  expect(await told('en')).toEqual(['Payment request', '?l=en']);
  expect(await told('de')).toEqual(['Zahlungsanforderung', '']);
  expect(await tales.read(link.id)).toEqual(link);
});

test('a page that asks for the end of the phone number shows none of it, expired or replaced', async () => {
  const asked = { challenge: { kind: 'phone_ending' }, customer: { phone: '+44 7700 906142' } };
  const [old, over] = [await tales.issued(asked), await tales.issued({ ...asked, expiresInSeconds: 60 })];
  const again = await reissuePaymentLink(house.as('admin'), old.id, { send: { channel: 'sms' } });
  expect(again.ok).toBe(true);
  const texts = [await textOf(old.url)];
  await setClock(house.services.db, 61);
  texts.push(await textOf(over.url));
  expect((await requestNewLink(house.as('payer'), over.id)).ok).toBe(true);
  texts.push(await textOf(over.url));
  await setClock(house.services.db, 0);
  expect(texts[0]).toContain('the phone number on file');
  expect(texts[1]).toContain('the phone number on file');
  for (const text of texts) for (const digits of ['142', '42.', '6142']) expect(text).not.toContain(digits);
});
