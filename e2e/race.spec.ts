import { expire } from './database';
import { fault } from './desk';
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
  await expect(second.getByText('Do not pay again')).toBeVisible();
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

test('expired while somebody types: the open page says so and offers what comes next, and nothing is charged', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await cardForm(page).getByLabel('Card number').fill(APPROVED.number);
  await expire(link.reference);
  await expectState(page, 'expired', 4_000);
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await house.ledger(link.id)).toEqual([]);
});

test('offline in the middle of a payment: nobody is told to pay again, and back on line it is paid once', async ({
  page,
  house,
  request,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  const slow = { operation: 'authorize', kind: 'delay', delayMs: 3_000, times: 1 };
  const mend = await fault(request, { target: 'gateway', ...slow, match: { paymentLink: link.id } });
  await pay(page, APPROVED);
  await expect.poll(async () => (await house.link(link.id)).status).toBe('processing');
  await page.context().setOffline(true);
  await expect(page.locator('#notice')).toContainText('You are offline');
  await expect.poll(async () => (await house.link(link.id)).status, { timeout: 15_000 }).toBe('paid');
  await page.context().setOffline(false);
  await expectState(page, 'paid');
  const taken = (await house.ledger(link.id)).filter(({ status }) => status === 'captured');
  expect(taken).toHaveLength(1);
  await mend();
});
