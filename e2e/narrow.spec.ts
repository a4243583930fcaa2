import type { Page } from '@playwright/test';
import { expire } from './database';
import { APPROVED, cardForm, expect, expectState, type House, pay, run, test } from './support';

/** What stands outside of the window, in any frame. */
async function cut(page: Page): Promise<string[]> {
  const perFrame = page.frames().map((frame) =>
    frame.evaluate(() => {
      const all = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility());
      const outside = all.filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      });
      const names = outside.map(
        ({ tagName, textContent }) => `${tagName} ${textContent?.trim().slice(0, 40)}`,
      );
      return document.documentElement.scrollWidth > innerWidth ? [...names, 'scrolls sideways'] : names;
    }),
  );
  return (await Promise.all(perFrame)).flat();
}

/** What can have the focus without a ring that shows it. */
async function ringless(page: Page): Promise<string[]> {
  const perFrame = page.frames().map((frame) =>
    frame.evaluate(() => {
      const hasRing = (one: Element | null) =>
        one !== null &&
        getComputedStyle(one).outlineStyle !== 'none' &&
        Number.parseInt(getComputedStyle(one).outlineWidth, 10) >= 2;
      return [...document.querySelectorAll<HTMLElement>('a[href],button:enabled,input,summary')].flatMap(
        (one) => {
          one.focus();
          const isSeen = document.activeElement !== one || hasRing(one) || hasRing(one.parentElement);
          return isSeen ? [] : [one.outerHTML.slice(0, 80)];
        },
      );
    }),
  );
  return (await Promise.all(perFrame)).flat();
}

/** The reader's own size of text, twice the usual, in every frame. */
const enlarge = (page: Page) =>
  Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      }),
    ),
  );

/** Long words and large amounts, in each state that the page shows by itself. */
async function everyState(house: House): Promise<[state: string, url: string][]> {
  const customer = { name: 'Ada Lovelace', email: 'a-rather-long-name@department.example.test' };
  const long = { description: 'Donaudampfschifffahrtsgesellschaftskapitänsmütze', customer };
  const [ready, part, asks, expired, canceled] = await Promise.all([
    house.issue({ ...long, amountMinor: 123_456_789 }),
    house.issue({ ...long, amountType: 'partial', minAmountMinor: 100 }),
    house.issue({ ...long, challenge: { kind: 'postcode', postcode: 'SW1A 1AA' } }),
    house.issue(long),
    house.issue(long),
  ]);
  await expire(expired.reference);
  await house.api('POST', `/payment-links/${canceled.id}/cancel`);
  return [
    ['ready', ready.url],
    ['verification', asks.url],
    ['expired', expired.url],
    ['canceled', canceled.url],
    ['invalid', `${run.portalUrl}/pay/${'A'.repeat(58)}`],
    ['ready', part.url],
  ];
}

async function looksWhole(page: Page, state: string): Promise<void> {
  for (const details of await page.locator('details').all())
    await details.evaluate((one) => one.setAttribute('open', ''));
  expect([state, await cut(page)]).toEqual([state, []]);
  expect([state, await ringless(page)]).toEqual([state, []]);
  await page.setViewportSize({ width: 640, height: 800 });
  await enlarge(page);
  expect([state, 'enlarged', await cut(page)]).toEqual([state, 'enlarged', []]);
  await page.setViewportSize({ width: 320, height: 640 });
}

test('at 320 px, with text twice as large, in forced colours, offline too, nothing is cut and every focus is seen', async ({
  page,
  house,
}) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [state, url] of await everyState(house)) {
    await page.goto(url);
    await expectState(page, state);
    if (state === 'ready') await expect(cardForm(page).locator('#pay')).toBeEnabled();
    await looksWhole(page, state);
  }
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await cardForm(page).locator('#pay').click();
  await expect(cardForm(page).locator('#number-error')).toBeVisible();
  await looksWhole(page, 'offline, with mistakes');
  await page.context().setOffline(false);
  await pay(page, APPROVED);
  await expect(page.getByText('Visa ending in 4242')).toBeVisible();
  await looksWhole(page, 'paid');
});
