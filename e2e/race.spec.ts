import { APPROVED, bank, CHALLENGED, cardForm, expect, expectState, pay, test } from './support';

test('two browsers pressing Pay at once on one link: one charge, and the other learns of it', async ({
  browser,
  house,
}) => {
  const link = await house.issue();
  const pages = await Promise.all([1, 2].map(async () => (await browser.newContext()).newPage()));
  await Promise.all(pages.map((page) => page.goto(link.url)));
  await Promise.all(
    pages.map(async (page) => {
      const form = cardForm(page);
      await form.getByLabel('Card number').fill(APPROVED.number);
      await form.getByLabel('Expiry date').fill('1231');
      await form.getByLabel('Security code').fill('123');
      await form.getByLabel('Name on card').fill('Ada Lovelace');
    }),
  );
  await Promise.all(pages.map((page) => cardForm(page).getByRole('button', { name: /^Pay/ }).click()));
  await Promise.all(pages.map((page) => expectState(page, 'paid')));
  const money = (await house.ledger(link.id)).filter((entry) => entry.kind === 'payment');
  expect(money.map((entry) => entry.status)).toEqual(['captured']);
  await Promise.all(pages.map((page) => page.context().close()));
});

test('while one is at the bank check, another sees that the link is being paid, and cannot pay', async ({
  browser,
  house,
}) => {
  const link = await house.issue();
  const [first, second] = await Promise.all([1, 2].map(async () => (await browser.newContext()).newPage()));
  if (!first || !second) throw new Error('two pages');
  await first.goto(link.url);
  await second.goto(link.url);
  await pay(first, CHALLENGED);
  await expect(bank(first).getByRole('button', { name: 'Accept' })).toBeVisible();
  await expectState(second, 'challenge');
  await expect(second.getByText('Do not pay again.')).toBeVisible();
  await expect(second.locator('iframe')).toHaveCount(0);
  await bank(first).getByRole('button', { name: 'Accept' }).click();
  await Promise.all([first, second].map((page) => expectState(page, 'paid')));
  await Promise.all([first, second].map((page) => page.context().close()));
});

test('canceled under the hands of the payer: the open page says so, and nothing is charged', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await cardForm(page).getByLabel('Card number').fill(APPROVED.number);
  expect((await house.api('POST', `/payment-links/${link.id}/cancel`)).status()).toBe(200);
  await expectState(page, 'canceled');
  expect(await house.ledger(link.id)).toEqual([]);
});
