import { faultsOf } from './axe';
import { APPROVED, betweenTries, cardForm, expect, expectState, pay, test } from './support';

const DECLINED = '4000000000000002';

/** Presses Pay again with a card, in a form that holds name and expiry already. */
async function again(page: Parameters<typeof cardForm>[0], number: string): Promise<void> {
  await betweenTries(page);
  const form = cardForm(page);
  await form.getByLabel('Card number').fill(number);
  await form.getByLabel('Security code').fill('123');
  await form.getByRole('button', { name: /^Pay/ }).click();
}

test('five declines pause the link; staff lift it, and the open page is ready again by itself', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, { number: DECLINED });
  for (let tries = 1; tries < 5; tries++) {
    await expect(cardForm(page).getByRole('alert').filter({ hasText: 'declined' })).toBeVisible();
    await again(page, DECLINED);
  }
  await expectState(page, 'locked');
  await expect(page.getByText('can open it again for you')).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  expect((await house.link(link.id)).status).toBe('locked');
  expect((await house.api('POST', `/payment-links/${link.id}/unlock`)).status()).toBe(200);
  await expectState(page, 'ready', 4000);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
});

test('a fourth card pauses the link, and nothing is sent for it', async ({ page, house }) => {
  const link = await house.issue();
  await page.goto(link.url);
  const cards = [DECLINED, '4000000000009995', '4000000000000069', APPROVED.number];
  for (const [i, number] of cards.entries()) {
    if (i === 0) await pay(page, { number });
    else await again(page, number);
    if (i < 3) await expect(cardForm(page).getByRole('alert').filter({ hasText: 'declined' })).toBeVisible();
  }
  await expectState(page, 'locked');
  const sent = (await house.ledger(link.id)).map((entry) => entry.last4);
  expect(sent).not.toContain('4242');
  await house.api('POST', `/payment-links/${link.id}/unlock`);
  await expectState(page, 'ready', 4000);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
});

test('two tries within two seconds: the second is asked to wait, and the third pays', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, { number: DECLINED });
  const form = cardForm(page);
  await expect(form.getByRole('alert').filter({ hasText: 'declined' })).toBeVisible();
  await form.getByLabel('Security code').fill('123');
  await form.getByRole('button', { name: /^Pay/ }).click();
  await expect(form.getByText(/wait a few seconds|declined/).first()).toBeVisible();
  await again(page, APPROVED.number);
  await expectState(page, 'paid');
});
