import type { Frame, Page } from '@playwright/test';
import { faultsOf } from './axe';
import { looksRight } from './desk';
import { APPROVED, cardForm, expect, expectState, run, test } from './support';

type Scheme = 'light' | 'dark';
const NARROW = { width: 320, height: 640 };

/** A page of a language that is written from right to left: laid out so, without a fault, and not wider than a small screen. */
async function isRightToLeft(page: Page, name: string, schemes: Scheme[]): Promise<void> {
  for (const frame of page.frames()) await expect(frame.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.setViewportSize(NARROW);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faultsOf(page)).toEqual([]);
  }
  for (const frame of page.frames())
    expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await looksRight(page, name, { alike: true });
}

test('in Arabic page, card form, error and receipt run from right to left, with digits that can be compared', async ({
  page,
  house,
}) => {
  const link = await house.issue({ locale: 'ar' });
  await page.goto(link.url);
  const form = cardForm(page);
  await expect(form.getByRole('button', { name: /12\.40/ })).toBeEnabled();
  await isRightToLeft(page, 'payer-arabic', ['dark']);
  await form.locator('#number').pressSequentially('٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٣');
  await form.locator('#pay').click();
  await expect(form.locator('#number-error')).toHaveText('رقم البطاقة غير صحيح. يرجى مراجعة الأرقام.');
  await expect(form.locator('#number')).toHaveCSS('direction', 'ltr');
  await isRightToLeft(page, 'payer-arabic-error', ['light']);
  await form.locator('#number').fill(APPROVED.number);
  await form.locator('#expiry').pressSequentially('١٢٣١');
  await expect(form.locator('#expiry')).toHaveValue('12 / 31');
  await form.locator('#csc').pressSequentially('١٢٣');
  await form.locator('#name').fill('Ada Lovelace');
  await form.locator('#pay').click();
  await expectState(page, 'paid');
  await expect(page.locator('bdi').getByText(link.reference)).toBeVisible();
  await isRightToLeft(page, 'payer-arabic-receipt', ['light', 'dark']);
  await page.goto(`${run.portalUrl}/verify?l=ar`);
  await isRightToLeft(page, 'payer-arabic-check', ['light', 'dark']);
});

/** All that a document says: its texts, and what screen readers and its script are given to say. */
const textsOf = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() => {
    const shown = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const said = /^(aria-label|title|alt|content|data-(?!mark|nonce|state|zone|locale|dates|origin).+)$/;
    const texts: string[] = [];
    for (let node = shown.nextNode(); node; node = shown.nextNode())
      if (!node.parentElement?.closest('style, script:not([type])')) texts.push(node.textContent ?? '');
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes)
        if (said.test(name) && !element.matches('meta[name]')) texts.push(value);
    return texts
      .flatMap((text) => (text.startsWith('{') ? Object.values(JSON.parse(text)) : [text]))
      .map(String);
  });

const saidOn = async (page: Page): Promise<Set<string>> => {
  const texts = (await Promise.all(page.frames().map(textsOf))).flat().map((text) => text.trim());
  return new Set(texts.filter((text) => /\p{L}{2}/u.test(text)));
};

test('each language says all of page and card form in its own words, at 320 px too, and nothing of the English ones', async ({
  page,
  house,
}) => {
  const link = await house.issue({ customer: { email: 'ada@example.com' } });
  await page.setViewportSize(NARROW);
  const open = async (locale: string): Promise<Set<string>> => {
    await page.goto(`${link.url}?l=${locale}`);
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expect(cardForm(page).locator('html')).toHaveAttribute('lang', locale);
    await expect(cardForm(page).locator('#pay')).toBeEnabled();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(NARROW.width);
    return saidOn(page);
  };
  const english = await open('en');
  expect(english.size).toBeGreaterThan(60);
  const locales = await page
    .locator('#languages a')
    .evaluateAll((links) => links.map((one) => one.getAttribute('lang') ?? ''));
  expect(locales).toEqual(['de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ja', 'ar']);
  const names = await page.locator('#languages li').allTextContents();
  const merchant = await page.locator('.merchant').innerText();
  const phrase = await page.locator('.phrase').innerText();
  const same = [...names, merchant, phrase, new URL(run.portalUrl).host, run.cardUrl, link.reference];
  for (const locale of locales) {
    const left = [...(await open(locale))].filter((text) => english.has(text) && !same.includes(text));
    expect([locale, left]).toEqual([locale, ['Two walking sticks']]);
    if (['pl', 'ja'].includes(locale)) await looksRight(page, `payer-${locale}`, { alike: true });
  }
});
