import { as, looksRight } from './desk';
import { expect, run, test } from './support';

test('links are found by amount, counted by status, and listed in the orders that go with what is asked for', async ({
  page,
  house,
}) => {
  const { reference } = await house.issue({ amountMinor: 987_654 });
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin`);
  const row = page.getByRole('row').filter({ hasText: reference });
  await page.getByRole('searchbox').fill('9876.54');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(row).toBeVisible();
  await expect(page.getByLabel('Order').getByRole('option')).toHaveText(['Newest first']);
  await page.goto(`${run.portalUrl}/admin?status=active&sort=expiring&channel=none`);
  await expect(page.getByRole('link', { name: /^Active\s*[\d,]+\+?$/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Payment links' })).toBeVisible();
  await looksRight(page, 'link-list');
});
