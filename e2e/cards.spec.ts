import type { Page } from '@playwright/test';
import {
  APPROVED,
  bank,
  betweenTries,
  CHALLENGED,
  cardForm,
  expect,
  expectState,
  type House,
  type Link,
  pay,
  run,
  test,
} from './support';

const DECLINED = 'The card was declined. Nothing was charged.';

/** How the tries of a link ended, as staff and their systems read it; the payer reads one sentence for all declines. */
async function ends(house: House, link: Link): Promise<[string, string | null][]> {
  const answer = await house.api('GET', `/payment-links/${link.id}/attempts`);
  const { data } = (await answer.json()) as { data: { state: string; declineCode: string | null }[] };
  return data.map(({ state, declineCode }) => [state, declineCode]);
}
const captured = async (house: House, link: Link) =>
  (await house.ledger(link.id)).filter(({ status }) => status === 'captured');

/** After a refusal the same page takes a card that is approved. */
async function payWithAnother(page: Page): Promise<void> {
  await betweenTries(page);
  const form = cardForm(page);
  await form.getByLabel('Card number').fill(APPROVED.number);
  await form.getByLabel('Security code').fill('123');
  await form.getByRole('button', { name: /^Pay/ }).click();
  await expectState(page, 'paid');
}

for (const [number, text, end] of [
  ['4000000000000002', DECLINED, ['declined', 'do_not_honor']],
  ['4000000000009995', DECLINED, ['declined', 'insufficient_funds']],
  ['4000000000000069', DECLINED, ['declined', 'expired_card']],
  ['4000000000000127', DECLINED, ['declined', 'incorrect_cvc']],
  ['4000000000000119', 'The payment could not be made. Nothing was charged.', ['failed', null]],
] as const) {
  test(`card …${number.slice(-4)} is refused in words, and another card then pays the same link`, async ({
    page,
    house,
  }) => {
    const link = await house.issue();
    await page.goto(link.url);
    await pay(page, { number });
    await expect(cardForm(page).getByRole('alert').filter({ hasText: text })).toBeVisible();
    await payWithAnother(page);
    expect(await ends(house, link)).toEqual(expect.arrayContaining([end, ['succeeded', null]]));
    expect(await captured(house, link)).toHaveLength(1);
  });
}

for (const number of ['5555555555554444', '378282246310005']) {
  test(`card …${number.slice(-4)} is approved`, async ({ page, house }) => {
    const link = await house.issue();
    await page.goto(link.url);
    await pay(page, { number, csc: number.startsWith('37') ? '1234' : '123' });
    await expectState(page, 'paid');
    await expect(page.getByText(number.slice(-4))).toBeVisible();
    expect(await ends(house, link)).toEqual([['succeeded', null]]);
    expect(await captured(house, link)).toHaveLength(1);
  });
}

test('a bank check is shown in the frame; refused it declines, accepted it pays', async ({ page, house }) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, CHALLENGED);
  await bank(page).getByRole('button', { name: 'Refuse' }).click();
  await expect(cardForm(page).getByText('Your bank did not confirm that it was you.')).toBeVisible();
  await betweenTries(page);
  await cardForm(page).getByLabel('Security code').fill('123');
  await cardForm(page).getByLabel('Card number').fill(CHALLENGED.number);
  await cardForm(page).getByRole('button', { name: /^Pay/ }).click();
  await bank(page).getByRole('button', { name: 'Accept' }).click();
  await expectState(page, 'paid');
  const refused = ['declined', 'authentication_failed'];
  expect(await ends(house, link)).toEqual(expect.arrayContaining([refused, ['succeeded', null]]));
  expect(await captured(house, link)).toHaveLength(1);
});

test('a bank check that times out charges nothing and leaves the link open', async ({ page, house }) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, CHALLENGED);
  await bank(page).getByRole('button', { name: 'Time out' }).click();
  await expect(cardForm(page).getByText('Nothing was charged.')).toBeVisible();
  expect(await ends(house, link)).toEqual([['failed', null]]);
  expect(await captured(house, link)).toEqual([]);
  expect((await house.link(link.id)).status).toBe('active');
});

test('a card whose bank check leads to a decline says so, and another card then pays the same link', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, { number: '4000002760003184' });
  await bank(page).getByRole('button', { name: 'Accept' }).click();
  await expect(cardForm(page).getByText(DECLINED)).toBeVisible();
  expect(await ends(house, link)).toEqual([['declined', 'authentication_required']]);
  expect(await captured(house, link)).toEqual([]);
  expect((await house.link(link.id)).status).toBe('active');
  await payWithAnother(page);
  expect(await captured(house, link)).toHaveLength(1);
});

test('an answer that never arrives: "do not pay again", then paid, without a reload by hand, charged once', async ({
  page,
  house,
  request,
}) => {
  const link = await house.issue();
  // The gateway's own notices would tell at once; this is about what a read finds.
  const match = { paymentLink: link.id };
  const fault = { target: 'gateway_webhooks', kind: 'lose', times: 20, match };
  expect((await request.post(`${run.sandboxUrl}/control/faults`, { data: fault })).status()).toBe(201);
  await page.goto(link.url);
  await pay(page, { number: '4000000000000341' });
  await expectState(page, 'confirming');
  await expect(page.getByText('Do not pay again.')).toBeVisible();
  await expectState(page, 'paid', 60_000);
  expect(await ends(house, link)).toEqual([['succeeded', null]]);
  const payments = (await house.ledger(link.id)).filter((entry) => entry.kind === 'payment');
  expect(payments).toEqual([
    expect.objectContaining({ status: 'captured', amountMinor: 1240, last4: '0341' }),
  ]);
});

test('wrong input is told beside the field before anything is sent', async ({ page, house }) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, { number: '4242424242424241', expiry: '0120', csc: '1', name: ' ' });
  const form = cardForm(page);
  await expect(form.getByText('This card number is not right. Check the digits.')).toBeVisible();
  await expect(form.getByText('This card has expired. Use another card.')).toBeVisible();
  await expect(form.locator('#csc-error')).toBeVisible();
  await expect(form.getByText('Enter the name on the card.')).toBeVisible();
  await expect(form.getByLabel('Card number')).toBeFocused();
  expect(await house.ledger(link.id)).toEqual([]);
});
