import type { Page } from '@playwright/test';
import { faultsOf } from './axe';
import { looksRight } from './desk';
import { expect, run, test } from './support';

const PAGES = `${run.portalUrl}/developers`;

/** Nothing is refused by the page's own policy, nothing is loaded beside the page, nothing is wider than the screen. */
async function isLight(page: Page, path: string): Promise<void> {
  const loaded: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${PAGES}${path}`);
  expect(complaints).toEqual([]);
  expect(loaded.filter((one) => !one.startsWith('/developers') && !one.startsWith('/icon'))).toEqual([]);
  for (const width of [320, 768]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}

for (const [name, path, heading] of [
  ['start', '', 'First payment in five minutes'],
  ['webhooks', '/webhooks', 'Webhooks'],
  ['problems', '/problems', 'Errors'],
  ['problem', '/problems/link_paid', 'link_paid'],
  ['test-cards', '/test-cards', 'Test cards'],
  ['reference', '/reference', 'All operations'],
  ['operations', '/reference/payment-links', 'Payment links'],
  ['objects', '/reference/objects', 'Objects'],
] as const)
  test(`the developers' page ${name} is light, fits its screen, and axe finds nothing wrong with it`, async ({
    page,
  }) => {
    const size = page.viewportSize();
    await isLight(page, path);
    if (size) await page.setViewportSize(size);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await looksRight(page, `developers-${name}`);
  });

for (const width of [390, 1440])
  test(`by keyboard alone at ${width} px: past the list to the content, and by the list to an operation`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(PAGES);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    const nav = page.getByRole('navigation', { name: 'Developers' });
    if (width === 390) {
      await expect(nav.getByRole('link', { name: 'Webhooks' })).toBeHidden();
      await nav.getByText('All pages').focus();
      await page.keyboard.press('Enter');
    }
    await expect(nav.getByRole('link', { name: 'First payment in five minutes' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await nav.getByRole('link', { name: 'Refunds' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByRole('link', { name: 'Give money back' }).click();
    await expect(page).toHaveURL(`${PAGES}/reference/refunds#createRefund`);
    await page
      .getByRole('region', { name: 'Give money back' })
      .getByRole('link', { name: 'refund_too_large' })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('refund_too_large');
  });

test('control: axe finds a planted fault, on a page and in its frame', async ({ page }) => {
  const faulty = '<html lang="en"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>';
  const ids = async () => (await faultsOf(page)).map(({ id }) => id);
  await page.setContent(faulty);
  expect(await ids()).toContain('image-alt');
  await page.setContent(
    `<html lang="en"><title>x</title><main><h1>x</h1><iframe title="x" srcdoc='${faulty}'></iframe></main></html>`,
  );
  await page.frameLocator('iframe').locator('img').waitFor({ state: 'attached' });
  expect(await ids()).toContain('image-alt');
});
