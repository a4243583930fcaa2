import path from 'node:path';
import type { Page } from '@playwright/test';
import { faultsOf } from './axe';
import { as, dialog, looksRight } from './desk';
import { expect, run, test, uniqueReference } from './support';

const LIST = `${run.portalUrl}/admin`;
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** The same as `looksRight` of what closes when the window changes. */
async function isRight(page: Page, name: string): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  const folder = process.env.CF_SCREENS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

test('links are found by amount, counted by status, and listed in the orders that go with what is asked for', async ({
  page,
  house,
}) => {
  const { reference } = await house.issue({ amountMinor: 987_654 });
  await as(page, run.admin);
  await page.goto(LIST);
  await page.getByRole('searchbox').fill('9876.54');
  await button(page, 'Search').click();
  await expect(row(page, reference)).toBeVisible();
  await expect(page.getByLabel('Order').getByRole('option')).toHaveText(['Newest first']);
  await page.goto(`${LIST}?status=active&sort=expiring&channel=none`);
  await expect(page.getByRole('link', { name: /^Active\s*[\d,]+\+?$/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Payment links' })).toBeVisible();
  await looksRight(page, 'link-list');
});

test('filters are chips of the address, and what is on screen is kept as a view until it is deleted', async ({
  page,
  house,
}) => {
  const { reference } = await house.issue({ amountMinor: 765_432 });
  const name = uniqueReference();
  await as(page, run.admin);
  await page.goto(LIST);
  await button(page, 'Filter').click();
  await dialog(page).getByLabel('Created', { exact: true }).selectOption('Today');
  await dialog(page).getByLabel('How it was sent').selectOption('Not sent');
  await dialog(page).getByLabel('Currency').selectOption('GBP');
  await dialog(page).getByLabel('At least').fill('7654.32');
  await looksRight(page, 'link-filter');
  await dialog(page).getByLabel('At most').fill('7,654.321');
  await dialog(page).getByRole('button', { name: 'Show' }).click();
  await expect(dialog(page)).toContainText('GBP has two decimals');
  await dialog(page).getByLabel('At most').fill('7654.32');
  await dialog(page).getByRole('button', { name: 'Show' }).click();
  await page.getByRole('link', { name: 'Without: Not sent' }).click();
  await expect(page).toHaveURL(/\?period=today&currency=GBP&minAmountMinor=765432&maxAmountMinor=765432$/);
  await expect(row(page, reference)).toBeVisible();
  await button(page, 'Views').click();
  await button(page, 'Save as a view').click();
  await dialog(page).getByLabel('Name').fill(name);
  await dialog(page).getByLabel('For everybody who works here').check();
  await button(page, 'Save').click();
  await page.getByRole('link', { name: 'Reset' }).click();
  await expect(page).toHaveURL(LIST);
  await button(page, 'Views').click();
  await isRight(page, 'link-views');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('list', { name: 'Chosen' }).getByRole('listitem')).toHaveText([
    /Created: today/,
    /£7,654.32/,
  ]);
  await button(page, `Views: ${name}`).click();
  await button(page, `Change ${name}`).click();
  await button(page, 'Delete this view').click();
  await button(page, 'Delete').click();
  await expect(page.getByRole('button', { name: 'Views', exact: true })).toBeVisible();
});

test('columns, height of rows and keys are kept for a person; the list is walked by keys and prints as a table', async ({
  page,
  house,
}) => {
  const description = uniqueReference();
  await house.issue({ description });
  await house.issue({ description });
  await as(page, run.viewer);
  await page.goto(LIST);
  await button(page, 'Columns').click();
  const kept = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.getByLabel('Created by').uncheck();
  await isRight(page, 'link-columns');
  await kept;
  await page.goto(`${LIST}?q=${description}`);
  await expect(page.getByRole('columnheader')).toHaveText(
    ['Chosen', 'Amount', 'Customer', 'Reference', 'Status', 'Created', 'Pay by'].concat('What you can do'),
  );
  await expect(page.getByRole('row').nth(1).getByText('Pay by')).toBeHidden();
  const links = page.getByRole('row').getByRole('link');
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(links.first()).toBeFocused({ timeout: 300 });
  }).toPass();
  await page.keyboard.press('j');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(links.first()).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type('jk');
  await expect(page.getByRole('searchbox')).toHaveValue(/jk/);
  await button(page, 'Search').focus();
  await page.keyboard.press('?');
  await expect(dialog(page)).toContainText('Next link');
  await looksRight(page, 'link-keys');
  await dialog(page).getByLabel('Use these keys').uncheck();
  await button(page, 'Close').click();
  await page.keyboard.press('j');
  await expect(button(page, 'Search')).toBeFocused();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 720, height: 1000 });
  await expect(page.getByRole('columnheader', { name: 'Amount' })).toBeVisible();
  await expect(button(page, 'Filter')).toBeHidden();
  const width = async (name: string) =>
    (await page.getByRole('columnheader', { name }).boundingBox())?.width ?? 0;
  expect(await width('Reference')).toBeGreaterThan(80);
  await isRight(page, 'link-print');
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 1280, height: 720 });
  await button(page, 'Columns').click();
  await page.getByLabel('Created by').check();
});

test('a link is copied, sent and canceled in its row; the focus stays there', async ({
  page,
  house,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { reference, url } = await house.issue({ customer: { email: 'row@customer.example' } });
  await as(page, run.agent);
  await page.goto(`${LIST}?q=${reference}`);
  await button(page, /^Copy link: /).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  const more = button(page, /^More: /);
  await more.click();
  await expect(button(page, 'Cancel link')).toBeVisible();
  await isRight(page, 'link-row');
  await button(page, 'Send by e-mail').click();
  await expect(page.getByText('On its way to row@customer.example.')).toBeVisible();
  await more.click();
  await button(page, 'Cancel link').click();
  await dialog(page).getByRole('button', { name: 'Cancel link' }).click();
  await expect(row(page, reference)).toContainText('Canceled');
  await expect(more).toBeFocused();
});

test('the rows that the server wrote are those that the page goes on with', async ({ page, house }) => {
  const { reference } = await house.issue({});
  await as(page, run.admin);
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      const row = document.querySelector('tr[data-link]');
      if (row) Object.assign(window, { written: row });
      if (row) seen.disconnect();
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${LIST}?q=${reference}`);
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(row(page, reference).getByRole('link')).toBeFocused({ timeout: 300 });
  }).toPass();
  await page.keyboard.press('x');
  await expect(row(page, reference).getByRole('checkbox')).toBeChecked();
  const isKept = () => (window as { written?: unknown }).written === document.querySelector('tr[data-link]');
  expect(await page.evaluate(isKept)).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/links\/plink_/);
  expect(faults).toEqual([]);
});
