import { faultsOf } from './axe';
import { expire } from './database';
import { APPROVED, bank, CHALLENGED, cardForm, expect, expectState, pay, run, test } from './support';

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
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Dieser Link ist nicht gültig' })).toBeVisible();
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

test('another language is one press away and stays until the receipt, with and without script; the link keeps its own', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue();
  const before = await house.link(link.id);
  const plain = await browser.newPage({ javaScriptEnabled: false });
  for (const each of [page, plain]) {
    await each.goto(link.url);
    const languages = each.getByRole('navigation', { name: 'Language' });
    await expect(languages.getByText('English')).toHaveAttribute('aria-current', 'true');
    await languages.getByRole('link', { name: 'Deutsch' }).click();
    await expect(each.locator('html')).toHaveAttribute('lang', 'de');
    await expect(each.getByText('noch 2 Tage')).toBeVisible();
  }
  await plain.close();
  expect(await house.link(link.id)).toEqual(before);
  const form = cardForm(page);
  await form.getByLabel('Kartennummer').fill(CHALLENGED.number);
  await form.getByLabel('Gültig bis').fill('1231');
  await form.getByLabel('Prüfnummer').fill('123');
  await form.getByLabel('Name auf der Karte').fill('Ada Lovelace');
  await form.locator('#pay').click();
  await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeVisible();
  await expect(page.getByRole('navigation')).toBeHidden();
  await bank(page).getByRole('button', { name: 'Accept' }).click();
  await expectState(page, 'paid');
  await expect(page.getByRole('heading', { name: 'Bezahlt' })).toBeVisible();
  await page.goto(`${link.url}?l=xx`);
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
});
