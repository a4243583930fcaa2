import { getDocumentProxy } from 'unpdf';
import { faultsOf } from './axe';
import { APPROVED, expect, expectState, type InboxMessage, pay, test, uniqueReference } from './support';

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
