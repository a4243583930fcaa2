import { faultsOf } from './axe';
import { APPROVED, betweenTries, cardForm, expect, expectState, pay, test } from './support';

type Shifting = Window & { shifted?: number };

/** Sums what moves on the page without anybody having touched it. */
function noteShifts(): void {
  type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
  const shifting = window as Shifting;
  shifting.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[])
      if (!entry.hadRecentInput) shifting.shifted = (shifting.shifted ?? 0) + entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

test('a total is paid in two parts on one link: balance, then the receipt of both', async ({
  page,
  house,
}) => {
  const link = await house.issue({ amountType: 'partial', amountMinor: 10_000, minAmountMinor: 1000 });
  await page.addInitScript(noteShifts);
  await page.goto(link.url);
  const amount = page.getByLabel('Amount to pay now');
  await expect(amount).toHaveValue('100.00');
  await expect(cardForm(page).getByRole('button', { name: 'Pay £100.00' })).toBeEnabled();
  await amount.fill('40');
  await expect(cardForm(page).getByRole('button', { name: 'Pay £40.00' })).toBeEnabled();
  expect(await page.evaluate(() => (window as Shifting).shifted)).toBeLessThanOrEqual(0.01);
  expect(await faultsOf(page)).toEqual([]);
  await pay(page, APPROVED);
  await expect(page.getByText('Remaining balance')).toBeVisible();
  await expectState(page, 'ready');
  await expect(page.getByText('£40.00 of £100.00 is paid.')).toBeVisible();
  await expect(page.getByText('Visa ending in 4242')).toBeVisible();
  expect((await house.link(link.id)).status).toBe('partially_paid');
  expect(await faultsOf(page)).toEqual([]);
  await betweenTries(page);
  await expect(cardForm(page).getByRole('button', { name: 'Pay £60.00' })).toBeEnabled();
  await pay(page, { number: '5555555555554444' });
  await expectState(page, 'paid');
  await expect(page.getByText('Paid in parts')).toBeVisible();
  await expect(page.getByText('Mastercard ending in 4444')).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  const money = (await house.ledger(link.id)).filter((entry) => entry.status === 'captured');
  expect(money.map((entry) => entry.amountMinor).sort()).toEqual([4000, 6000]);
  await expect.poll(async () => (await house.received(link.id, 'payment_link.paid')).length).toBe(1);
});

test('the payer says how much: a wrong amount is told beside the field, before anybody is asked', async ({
  page,
  house,
}) => {
  const link = await house.issue({
    amountType: 'open',
    amountMinor: undefined,
    minAmountMinor: 500,
    maxAmountMinor: 20_000,
    currency: 'EUR',
    locale: 'de',
  });
  const asked: string[] = [];
  page.on('request', (request) => request.url().endsWith('/attempts') && asked.push(request.url()));
  await page.goto(link.url);
  const amount = page.getByLabel('Jetzt zu zahlender Betrag');
  const button = cardForm(page).locator('#pay');
  await expect(button).toBeEnabled();
  const form = cardForm(page);
  await form.getByLabel('Kartennummer').fill(APPROVED.number);
  await form.getByLabel('Gültig bis').fill('1231');
  await form.getByLabel('Prüfnummer').fill('123');
  await form.getByLabel('Name auf der Karte').fill('Ada Lovelace');
  for (const [typed, told] of [
    ['', 'Geben Sie einen Betrag ein'],
    ['zwölf', 'Geben Sie einen Betrag ein'],
    ['1.234', 'Geben Sie einen Betrag ein'],
    ['4,99', 'Geben Sie mindestens 5,00'],
    ['200,01', 'Geben Sie höchstens 200,00'],
  ] as const) {
    await amount.fill(typed);
    await button.click();
    await expect(page.locator('#amount-error')).toContainText(told);
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
  }
  expect(asked).toEqual([]);
  await expect(form.getByLabel('Prüfnummer')).toHaveValue('123');
  await amount.fill('12,40');
  await expect(form.getByRole('button', { name: '12,40 € zahlen' })).toBeEnabled();
  await button.click();
  await expectState(page, 'paid');
  expect((await house.ledger(link.id)).map((entry) => entry.amountMinor)).toEqual([1240]);
});

test('an amount that this link does not take is refused by the server too, and so is what is no amount', async ({
  house,
  request,
}) => {
  const link = await house.issue({ amountType: 'partial', minAmountMinor: 500 });
  const headers = { origin: new URL(link.url).origin, 'content-type': 'application/json' };
  for (const data of [
    { amountMinor: 499 },
    { amountMinor: 1241 },
    { amountMinor: 5.5 },
    { amountMinor: '600' },
    { amountMinor: 600, more: true },
    [],
  ])
    expect((await request.post(`${link.url}/attempts`, { headers, data })).status()).toBe(422);
  const taken = await request.post(`${link.url}/attempts`, { headers, data: { amountMinor: 600 } });
  expect(taken.status()).toBe(201);
});
