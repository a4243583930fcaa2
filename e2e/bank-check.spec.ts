import type { Page } from '@playwright/test';
import { looksRight } from './desk';
import {
  APPROVED,
  bank,
  betweenTries,
  CHALLENGED,
  expect,
  expectState,
  type Link,
  pay,
  run,
  test,
} from './support';

/** The bank's page where it fills the window. */
const answer = (page: Page, name: 'Accept' | 'Refuse') =>
  page.getByRole('button', { name, exact: true }).click();

async function atBank(page: Page, link: Link): Promise<void> {
  await page.goto(`${link.url}?l=en`);
  await pay(page, CHALLENGED);
  await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeVisible();
}

/** What every address of a visit was, as the bank and the browser's history know it. */
function addressesOf(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) seen.push(request.url());
  });
  return seen;
}

test('a bank check that will not show in a frame fills the window and finds its way back, in the language chosen, without telling the bank the link', async ({
  page,
  house,
}) => {
  const link = await house.issue({ locale: 'de' });
  await atBank(page, link);
  const addresses = addressesOf(page);
  await page
    .frameLocator('#card-frame')
    .getByRole('link', { name: /in the whole window/ })
    .click();
  await page.waitForURL(/\/acs\//);
  expect(new URL(page.url()).origin).toBe(run.sandboxUrl);
  expect(await page.evaluate(() => document.referrer)).toBe('');
  await answer(page, 'Accept');
  await expectState(page, 'paid');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const token = new URL(link.url).pathname.split('/').at(-1) ?? '';
  const outside = addresses.filter((one) => !one.startsWith(run.portalUrl));
  expect(outside.length).toBeGreaterThanOrEqual(2);
  expect(outside.filter((one) => one.includes(token))).toEqual([]);
  expect((await house.ledger(link.id)).filter(({ status }) => status === 'captured')).toHaveLength(1);
});

test('whose link is opened again in the middle of a bank check goes on with it there; refused by the bank it says so, and can be paid', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue();
  await atBank(page, link);
  // A context of its own: what looks for faults in frames opens a page beside.
  const context = await browser.newContext();
  const other = await context.newPage();
  await page.close();
  await other.goto(link.url);
  await expectState(other, 'challenge');
  await other.getByRole('button', { name: 'Go on to the bank check' }).click();
  await other.waitForURL(/\/acs\//);
  await answer(other, 'Refuse');
  await expectState(other, 'ready');
  await expect(other.locator('#ended')).toContainText('bank');
  await looksRight(other, 'payer-back-from-bank');
  await betweenTries(other);
  await pay(other, APPROVED);
  await expectState(other, 'paid');
  await context.close();
});

test('a bank check is stopped from another window: the first one learns of it, and the link is paid once', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue();
  await atBank(page, link);
  const other = await browser.newPage();
  await other.goto(link.url);
  await other.getByRole('button', { name: 'Stop it and pay again' }).click();
  await expectState(other, 'ready');
  const frame = page.frameLocator('#card-frame');
  await expect(frame.getByRole('alert')).toContainText('stopped from another window', { timeout: 5_000 });
  await expect(frame.getByLabel('Card number')).toBeVisible();
  await betweenTries(other);
  await pay(other, APPROVED);
  await Promise.all([page, other].map((each) => expectState(each, 'paid')));
  const taken = (await house.ledger(link.id)).filter(({ status }) => status === 'captured');
  expect(taken.map(({ last4 }) => last4)).toEqual(['4242']);
  await other.close();
});
