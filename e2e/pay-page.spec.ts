import { faultsOf } from './axe';
import { expire } from './database';
import { APPROVED, cardForm, expect, expectState, pay, run, test } from './support';

test('the card form is another origin, in a frame, and breaks no policy', async ({ page, house }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const link = await house.issue();
  await page.goto(link.url);
  await expect(cardForm(page).getByLabel('Card number')).toBeVisible();
  const source = await page.locator('iframe').getAttribute('src');
  expect(new URL(source ?? '').origin).toBe(run.cardUrl);
  expect(run.cardUrl).not.toBe(run.portalUrl);
  expect(complaints).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});

test('canceled, expired, forged and cut links have pages of their own', async ({ page, request, house }) => {
  const canceled = await house.issue();
  await house.api('POST', `/payment-links/${canceled.id}/cancel`);
  const expired = await house.issue();
  await expire(expired.reference);
  const cut = expired.url.slice(0, -1);
  for (const [url, status, state] of [
    [canceled.url, 410, 'canceled'],
    [expired.url, 410, 'expired'],
    [cut, 404, 'invalid'],
    [`${run.portalUrl}/pay/${'A'.repeat(58)}`, 404, 'invalid'],
  ] as const) {
    expect((await request.get(url)).status()).toBe(status);
    await page.goto(url);
    await expectState(page, state);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('iframe')).toHaveCount(0);
    expect(await faultsOf(page)).toEqual([]);
  }
});

test('ready, frame and receipt are free of accessibility faults, in light and dark', async ({
  page,
  house,
}) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const link = await house.issue();
    await page.goto(link.url);
    await expect(cardForm(page).getByRole('button', { name: 'Pay £12.40' })).toBeEnabled();
    expect(await faultsOf(page)).toEqual([]);
    await pay(page, APPROVED);
    await expectState(page, 'paid');
    expect(await faultsOf(page)).toEqual([]);
  }
});

test('the page speaks the language of the link, and merchant text stays text', async ({ page, house }) => {
  const link = await house.issue({
    locale: 'de',
    currency: 'EUR',
    description: '<img src=x onerror=alert(1)>',
  });
  await page.goto(link.url);
  await expect(page.getByText('12,40 €')).toBeVisible();
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(cardForm(page).getByLabel('Kartennummer')).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
});
