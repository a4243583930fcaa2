import { withDatabase } from './database';
import { as, dialog, looksRight } from './desk';
import { CHALLENGED, expect, expectState, type Link, pay, run, test } from './support';

const domain = process.env.CF_PAY_ORIGIN ?? '';
const setDomain = (origin: string | null) =>
  withDatabase((sql) => sql`update merchants set pay_origin = ${origin} where name = 'Cedar Clinic'`);

test('a merchant’s payers stay at its own domain, from the link to the receipt, and find nothing else there', async ({
  page,
  request,
}) => {
  await setDomain(domain);
  const made = await request.post(`${run.portalUrl}/api/v1/payment-links`, {
    headers: { authorization: `Bearer ${run.otherMerchant.apiKey}` },
    data: { amountMinor: 4000, currency: 'GBP', description: 'Consultation' },
  });
  const { url } = (await made.json()) as Link;
  expect(new URL(url).origin).toBe(domain);
  await page.goto(url.replace(domain, run.portalUrl));
  expect(new URL(page.url()).origin).toBe(domain);
  await expect(page.getByText(new URL(domain).host)).toBeVisible();
  await pay(page, CHALLENGED);
  await page
    .frameLocator('#card-frame')
    .getByRole('link', { name: /in the whole window/ })
    .click();
  await page.waitForURL(/\/acs\//);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expectState(page, 'paid');
  expect(new URL(page.url()).origin).toBe(domain);
  await page.goto(domain);
  await expect(page.getByRole('heading', { name: 'Check a payment request' })).toBeVisible();
  for (const path of ['/sign-in', '/admin', '/agent']) {
    const answer = await page.goto(domain + path);
    expect(answer?.status(), path).toBe(404);
  }
  await setDomain(null);
});

test('an owner sees where customers are led, and could choose the domain; an admin is told who can', async ({
  page,
}) => {
  await as(page, run.owner);
  await page.goto(`${run.portalUrl}/admin/branding`);
  const card = page.getByRole('region', { name: 'Domain' });
  await expect(card).toContainText(`New links lead customers to ${new URL(run.portalUrl).host}.`);
  await card.getByRole('button', { name: 'Choose another' }).click();
  await expect(dialog(page).getByRole('radio', { name: new URL(domain).host })).toBeVisible();
  await looksRight(page, 'branding-domain', { alike: true });
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/branding`);
  await expect(card).toContainText('Only an owner can change this.');
});
