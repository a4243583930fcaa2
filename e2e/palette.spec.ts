import type { Page } from '@playwright/test';
import { as, looksRight } from './desk';
import { expect, run, test } from './support';

const box = (page: Page) => page.getByRole('combobox', { name: 'Screen, act or payment link' });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

test('from any screen a link is found and a screen is reached by keys alone; the focus returns, and a card number is never sent', async ({
  page,
  house,
}) => {
  const { id, reference } = await house.issue({ amountMinor: 123_456 });
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/settings`);
  const button = page.getByRole('button', { name: 'Find or go to' });
  await button.click();
  await expect(box(page)).toBeFocused();
  await looksRight(page, 'palette');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();

  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('4242 4242 4242 4242');
  await expect(page.getByText('This holds a card number.')).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(0);
  await box(page).fill('?');
  await expect(page.getByRole('region', { name: 'In the workspace' })).toContainText('Alt+P');
  await looksRight(page, 'palette-keys');
  expect(asked.filter((url) => url.includes('4242'))).toEqual([]);

  await box(page).fill(reference);
  await expect(option(page, /£1,234\.56/)).toHaveAttribute('aria-selected', 'true');
  await looksRight(page, 'palette-found', { alike: true });
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/admin/links/${id}$`));
  // Enter while the links of what was typed before are there means those that come.
  const other = await house.issue({ amountMinor: 765_400 });
  await page.goto(`${run.portalUrl}/admin/settings`);
  await page.keyboard.press('Control+k');
  await expect(box(page)).toBeFocused();
  await box(page).fill(other.reference);
  await expect(option(page, /£7,654\.00/)).toHaveAttribute('aria-selected', 'true');
  await box(page).fill(reference);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/admin/links/${id}$`));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('led');
  await expect(option(page, /^Ledger\s*Money$/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/money\/ledger$/);
});

test('it leads nobody where their role does not', async ({ page }) => {
  await as(page, run.viewer);
  await page.goto(`${run.portalUrl}/admin`);
  await page.keyboard.press('Control+k');
  for (const name of ['New payment link', 'Take a payment', 'Team', 'Gateways'])
    await expect(option(page, name)).toHaveCount(0);
  await expect(option(page, 'Home')).toBeVisible();
});
