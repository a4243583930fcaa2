import { keyCard, openDesk } from './phone';
import { APPROVED, expect, run, test } from './support';
import { Windows } from './windows';

test('a desk that is closed while a card is keyed goes on where it was when it is opened again, with the recording off', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await at.keypad('6.10');
  await at.call.press(`${APPROVED.number}#`);
  await expect(at.field('number')).toContainText('Complete');
  const url = page.url();
  const desk = await page.context().newPage();
  await page.close();
  await at.telephoneShows('suspended');
  await at.call.press('1231');
  // By the board, as somebody who only remembers where the desk is.
  await desk.goto(`${run.portalUrl}/agent?call=${at.call.id}`);
  await desk.getByRole('button', { name: /£6.10/ }).click();
  await expect(desk.getByRole('region', { name: 'Expiry date' })).toContainText('Complete');
  await expect(desk.getByLabel('Safety of this call')).toContainText('Recording is paused');
  // And by its own address, as a browser opens a tab again.
  await desk.goto(url);
  await expect(desk.getByRole('region', { name: 'Card number' })).toContainText('Complete');
  await at.call.press('123#');
  await desk.getByRole('button', { name: /^Take payment £6.10/ }).click();
  await expect(desk.getByRole('heading', { name: '£6.10 is paid' })).toBeVisible({ timeout: 20_000 });
  await at.telephoneShows('recording');
  expect(await at.charges()).toHaveLength(1);
  await at.call.hangUp('agent');
});

test('several payments in one call, by keypad twice and by link; each has its own result, and the recording is on between them', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  for (const amount of ['4.00', '5.00']) {
    await at.keypad(amount);
    await keyCard(page, at.call, APPROVED.number);
    await page.getByRole('button', { name: /^Take payment/ }).click();
    await expect(page.getByRole('heading', { name: `£${amount} is paid` })).toBeVisible({ timeout: 20_000 });
    await at.ends({ state: 'succeeded', recording: 'resumed' });
    expect(await at.call.recordings()).toEqual(['recording']);
    expect(await at.charges()).toHaveLength(1);
  }
  await page.getByRole('button', { name: 'Your payments' }).click();
  await expect(page.getByRole('heading', { name: 'Lately ended' })).toBeVisible();
  for (const amount of ['£4.00', '£5.00'])
    await expect(page.getByRole('listitem').filter({ hasText: amount }).first()).toContainText('Paid');
  await at.call.hangUp('agent');
});

test('a desk that was opened with a call and a reference, and is loaded anew before anything began, still knows both', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await openDesk(page);
  await page.goto(`${run.portalUrl}/agent?call=${at.call.id}&reference=${at.reference}`);
  for (const _ of ['opened', 'loaded anew']) {
    await expect(page.getByLabel('Reference')).toHaveValue(at.reference);
    await expect(page.getByText('named for this desk')).toBeVisible();
    expect(new URL(page.url()).searchParams.get('call')).toBe(at.call.id);
    await page.reload();
  }
  await page.getByLabel('Amount', { exact: true }).fill('2.00');
  await page.getByRole('button', { name: /^Start keypad/ }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('session')).toMatch(/_/);
  expect(new URL(page.url()).searchParams.get('call')).toBe(at.call.id);
  await at.call.hangUp('customer');
});

test('a payment whose answer is lost is begun once, however often its button is pressed', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  let lost = 2;
  await page.route('**/api/agent/sessions', async (route) => {
    if (lost-- <= 0) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: /^Payment/ }).click();
  await page.getByLabel('Reference').fill(at.reference);
  await page.getByLabel('Amount', { exact: true }).fill('5.50');
  for (const _ of ['lost', 'lost again']) {
    await page.getByRole('button', { name: /^Start keypad/ }).click();
    await expect(page.getByText('Try again: it is done once.')).toBeVisible();
  }
  // Another amount is another payment: what was begun is not begun again under it.
  await page.getByLabel('Amount', { exact: true }).fill('6.50');
  await page.getByRole('button', { name: /^Start keypad/ }).click();
  await expect(page.getByText('What you pressed before has begun after all')).toBeVisible();
  const found = await house.api('GET', `/payment-links?reference=${at.reference}`);
  expect(((await found.json()) as { data: object[] }).data).toMatchObject([{ amountMinor: 550 }]);
  await at.call.hangUp('agent');
});
