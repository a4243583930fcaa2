import { looksRight } from './desk';
import { APPROVED, cardForm, expect, expectState, pay, test } from './support';

const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 Instagram 350.0.0.20.95 (iPhone17,1; iOS 18_1)';

test('inside an app the page offers the device’s own browser and to copy its address, and can be paid all the same', async ({
  browser,
  house,
}) => {
  const link = await house.issue();
  const context = await browser.newContext({
    userAgent: INSTAGRAM,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.goto(link.url);
  await expect(page.getByText('This page is open inside an app.')).toBeVisible();
  const own = page.getByRole('link', { name: 'Open in my browser' });
  await expect(own).toHaveAttribute('href', `x-safari-${link.url}`);
  await page.getByRole('button', { name: 'Copy the address' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link.url);
  await looksRight(page, 'payer-in-app');
  await pay(page, APPROVED);
  await expectState(page, 'paid');
  await context.close();
});

test('from a desk the page goes to the telephone as a code, and shows what was done there', async ({
  page,
  browser,
  request,
  house,
}) => {
  const link = await house.issue();
  const asked: string[] = [];
  page.on('request', (one) => asked.push(new URL(one.url()).pathname));
  await page.goto(link.url);
  await expect(cardForm(page).getByLabel('Card number')).toBeVisible();
  expect(asked.filter((path) => path.endsWith('/qr'))).toEqual([]);
  await page.getByText('Pay on your phone').click();
  const code = page.getByRole('img', { name: 'Code that opens this page on a phone' });
  await expect
    .poll(() => code.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0))
    .toBe(true);
  await looksRight(page, 'payer-code');
  const phone = await (await browser.newContext({ hasTouch: true, isMobile: true })).newPage();
  await phone.goto(link.url);
  await expect(phone.getByText('Pay on your phone')).toBeHidden();
  await pay(phone, APPROVED);
  await expectState(phone, 'paid');
  await expectState(page, 'paid');
  for (const file of ['qr', 'deadline.ics'])
    expect((await request.get(`${link.url}/${file}`)).status()).toBe(404);
  await phone.context().close();
});

test('the deadline goes into a calendar; who is offline is told so, keeps what was typed, and goes on', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Add to calendar' }).click();
  expect((await download).suggestedFilename()).toBe('deadline.ics');
  await cardForm(page).getByLabel('Card number').fill('4242 4242');
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await looksRight(page, 'payer-offline');
  await page.context().setOffline(false);
  await expect(page.getByText('You are offline.')).toBeHidden();
  await expect(cardForm(page).getByLabel('Card number')).toHaveValue('4242 4242');
  await cardForm(page).getByLabel('Card number').clear();
  await pay(page, APPROVED);
  await expectState(page, 'paid');
});

test('the deadline is told in the zone of the device, where the customer’s is not known', async ({
  browser,
  house,
}) => {
  const [unknown, known] = await Promise.all([
    house.issue(),
    house.issue({ customer: { timeZone: 'Europe/Paris' } }),
  ]);
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  for (const [{ url }, zone] of [
    [unknown, 'GMT+9'],
    [known, /CES?T/],
  ] as const) {
    await page.goto(url);
    await expect(page.locator('time').first()).toContainText(zone);
  }
  await context.close();
});
