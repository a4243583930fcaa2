import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { looksRight } from './desk';
import { newOwnerElsewhere } from './newcomer';
import { cardForm, expect, run, signIn, test } from './support';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="160"><path d="M40 120 80 30l40 90z" fill="#7c2d12"/><text x="150" y="112" font-size="88" font-family="sans-serif" fill="#7c2d12">Cedar</text></svg>';
const ACCENT = '#7c2d12';
const IN_RGB = 'rgb(124, 45, 18)';
const FOOTER = 'Cedar Clinic Ltd, company number 01234567';

const file = (buffer: Buffer) => ({ name: 'logo.png', mimeType: 'image/png', buffer });
const preview = (page: Page) => page.frameLocator('iframe[title^="Preview"]');

/** How far a page has shifted under its reader since it was opened. */
const shifted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const one of list.getEntries()) sum += 'value' in one ? Number(one.value) : 0;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );

test('an owner gives the pages a logo, a colour and a footer, and sees them before they are saved; what nobody could see, and what is no picture, is refused', async ({
  page,
  request,
  browser,
}) => {
  const owner = await newOwnerElsewhere();
  try {
    await signIn(page, owner);
    await page.goto(`${run.portalUrl}/admin/branding`);
    await page.getByLabel('Logo').setInputFiles(file(Buffer.from(SVG)));
    await expect(page.getByText('The file is not a PNG, JPEG or WebP picture')).toBeVisible();
    await page.getByLabel('Logo').setInputFiles(file(await sharp(Buffer.from(SVG)).png().toBuffer()));
    await expect(page.getByAltText('Your logo')).toBeVisible();
    const entries = await page.evaluate(() => history.length);
    const colour = page.getByLabel('Colour', { exact: true });
    await colour.fill('#ffff00');
    await expect(page.getByText('Too pale to be seen')).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('The nearest that is seen is #929200')).toBeVisible();
    await page.getByRole('button', { name: 'Use #929200' }).click();
    await expect(colour).toHaveValue('#929200');
    await colour.fill(ACCENT);
    await page.getByLabel('Footer').fill(FOOTER);
    await expect(preview(page).getByText(FOOTER)).toBeVisible();
    await expect(preview(page).locator('.logo img')).toHaveAttribute('src', /^data:image\/webp/);
    await expect(preview(page).locator('button.main')).toHaveCSS('background-color', IN_RGB);
    expect(await page.evaluate(() => history.length)).toBe(entries);
    await looksRight(page, 'branding');
    page.once('dialog', (question) => question.dismiss());
    await page.getByRole('link', { name: 'Webhooks' }).click();
    await expect(page).toHaveURL(/branding/);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('The branding is saved')).toBeVisible();

    const issued = await request.post(`${run.portalUrl}/api/v1/payment-links`, {
      headers: { authorization: `Bearer ${run.otherMerchant.apiKey}` },
      data: { amountMinor: 1240, currency: 'GBP', description: 'Two walking sticks' },
    });
    const { url } = (await issued.json()) as { url: string };
    const payer = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    payer.on('request', (one) => asked.push(new URL(one.url()).pathname));
    await payer.goto(url);
    await expect(cardForm(payer).getByRole('button', { name: /^Pay/ })).toHaveCSS('background-color', IN_RGB);
    const logo = payer.locator('.logo img');
    await expect(logo).toHaveAttribute('src', /^\/brand\/\d+\/[\w-]{43}$/);
    expect(await logo.evaluate((one: HTMLImageElement) => one.decode())).toBeUndefined();
    expect(asked.findIndex((path) => path.startsWith('/brand/'))).toBeGreaterThan(asked.indexOf('/form'));
    expect(await shifted(payer)).toBeLessThanOrEqual(0.01);
    await expect(payer.getByText(FOOTER)).toBeVisible();
    await looksRight(payer, 'branding-payer');
    const picture = await request.get(run.portalUrl + (await logo.getAttribute('src')));
    expect(picture.headers()).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    await payer.context().close();
  } finally {
    await owner.leave();
  }
});

test('who may not set the branding is told so, and gets no preview', async ({ page }) => {
  await signIn(page, run.viewer);
  await page.goto(`${run.portalUrl}/admin/branding`);
  await expect(page.getByRole('heading', { name: 'Your role does not include' })).toBeVisible();
  const answer = await page.request.post(`${run.portalUrl}/api/staff/branding/preview`, {
    headers: { origin: run.portalUrl },
    form: { name: 'Anybody' },
  });
  expect(answer.status()).toBe(403);
});
