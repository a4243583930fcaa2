import { getDocumentProxy } from 'unpdf';
import { faultsOf } from './axe';
import { freshProfile, switchProfile } from './crm';
import { as, looksRight } from './desk';
import { APPROVED, expect, expectState, type InboxMessage, pay, run, test, uniqueReference } from './support';

const pictures = process.env.CF_SCREENS;

test('what is paid is kept as a PDF, on paper and by e-mail; before that there is none', async ({
  page,
  house,
}) => {
  const email = `${uniqueReference()}@example.test`;
  const link = await house.issue({
    customer: { email },
    lineItems: [{ description: 'Walking stick', quantity: 2, unitAmountMinor: 500, taxMinor: 240 }],
  });
  const none = await page.request.get(`${link.url}/receipt.pdf`);
  expect([none.status(), none.headers()['cache-control']]).toEqual([404, 'no-store']);
  await page.goto(link.url);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
  const address = await page.getByRole('link', { name: 'Save as PDF' }).getAttribute('href');
  const file = await page.request.get(new URL(address ?? '', link.url).href);
  const { 'content-type': type, 'content-disposition': name, 'cache-control': cache } = file.headers();
  expect([file.status(), type, cache]).toEqual([200, 'application/pdf', 'no-store']);
  const number = /receipt-([\dA-Z-]{14})\.pdf/.exec(name ?? '')?.[1] ?? '';
  await expect(page.getByText(number)).toBeVisible();
  const sheet = await (await getDocumentProxy(Uint8Array.from(await file.body()))).getPage(1);
  const text = (await sheet.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('');
  for (const part of [number, '£12.40', 'Walking stick', 'Tax £2.40']) expect(text).toContain(part);
  const inbox = () => house.control<InboxMessage>(`inbox?to=${encodeURIComponent(email)}`);
  await expect.poll(async () => (await inbox()).length).toBe(1);
  const [mail] = await inbox();
  for (const part of [number, '£12.40', 'Visa ending in 4242']) expect(mail?.text).toContain(part);
  expect(mail?.links).toContain(link.url);
  await page.reload();
  await expect(page.getByText('The receipt goes to the e-mail address R•••')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faultsOf(page)).toEqual([]);
    if (pictures) await page.screenshot({ path: `${pictures}/receipt-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const what of ['button', 'link'] as const) await expect(page.getByRole(what)).toHaveCount(0);
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  if (pictures) await page.pdf({ path: `${pictures}/receipt-print.pdf`, format: 'A4' });
});

test('an admin says what stands on receipts and that none is sent by itself; a payer has it sent by a press', async ({
  page,
  browser,
  house,
}) => {
  const profile = uniqueReference();
  await freshProfile(profile);
  await switchProfile(profile, true);
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await page.getByRole('link', { name: profile }).click();
  const card = page.getByRole('region', { name: 'Receipts' });
  await card.getByLabel('Send it by e-mail after each payment').uncheck();
  await card.getByLabel('Your postal address').fill('5 Juniper Lane\nBristol');
  await card.getByLabel('Your tax number').fill('GB 123 4567 89');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Receipts say this from now on')).toBeVisible();
  await looksRight(page, 'receipts-profile', { alike: true });

  const email = `${uniqueReference()}@example.test`;
  const link = await house.issue({ profile: page.url().split('/').at(-1), customer: { email } });
  const payer = await browser.newPage();
  await payer.goto(link.url);
  await pay(payer, APPROVED);
  await expectState(payer, 'paid');
  for (const line of ['5 Juniper Lane', 'Bristol', 'GB 123 4567 89'])
    await expect(payer.getByText(line)).toBeVisible();
  const inbox = () => house.control<InboxMessage>(`inbox?to=${encodeURIComponent(email)}`);
  expect(await inbox()).toEqual([]);
  await payer.getByRole('button', { name: /^Send it to the e-mail address R/ }).click();
  await expect(payer.getByText('The receipt goes to the e-mail address R•••')).toBeVisible();
  await expect.poll(async () => (await inbox()).length).toBe(1);
  await payer.close();
  await switchProfile(profile, false);
});
