import { looksRight } from './desk';
import { asked, Call, keyCard, openDesk, sessionOf, startKeypad } from './phone';
import { APPROVED, expect, expectState, pay, test, uniqueReference } from './support';

test('a card is declined on the keypad, and paid by link without a word typed again', async ({
  page,
  browser,
  house,
}) => {
  const call = await Call.dial(house);
  await openDesk(page, call);
  const reference = uniqueReference();
  const id = await startKeypad(page, '20.00', reference);
  await keyCard(page, call, '4000000000009995');
  await page.getByRole('button', { name: /^Take payment/ }).click();
  await expect(page.getByRole('heading', { name: /^Declined: not enough money/ })).toBeVisible({
    timeout: 20_000,
  });
  await looksRight(page, 'agent-declined');
  expect(await sessionOf(house, id)).toMatchObject({ state: 'declined', reason: 'insufficient_funds' });
  expect(await call.recordings()).toEqual(['recording']);

  await page.getByRole('button', { name: /^Send a link/ }).click();
  await expect(page.getByText('Link sent').first()).toBeVisible();
  const { paymentLink } = await sessionOf(house, id);
  const link = await house.link(String(paymentLink));
  expect(link).toMatchObject({ amountMinor: 2000, reference });
  const payer = await (await browser.newContext()).newPage();
  await payer.goto(link.url);
  await expect(payer.getByText('£20.00').first()).toBeVisible();
  await payer.frameLocator('#card-frame').getByLabel('Card number').pressSequentially('4242');
  await expect(page.getByText(/Card number: typing/)).toBeVisible();
  await looksRight(page, 'agent-link-typing');
  await payer.frameLocator('#card-frame').getByLabel('Card number').fill('');
  await pay(payer, APPROVED);
  await expectState(payer, 'paid');
  await expect(page.getByRole('heading', { name: '£20.00 is paid' })).toBeVisible({ timeout: 20_000 });
  expect(await sessionOf(house, id)).toMatchObject({ state: 'succeeded', kind: 'digital' });
  const charges = (await house.ledger(link.id)).filter(({ status }) => status === 'captured');
  expect(charges).toHaveLength(1);
  await call.hangUp('agent');
});

test('a link is sent during a call in at most six acts, and paid after the call has ended', async ({
  page,
  browser,
  house,
}) => {
  const call = await Call.dial(house);
  await openDesk(page, call);
  await page.getByRole('button', { name: /^Payment/ }).click();
  const acts: (() => Promise<unknown>)[] = [
    () => page.getByLabel('Amount', { exact: true }).fill('9.99'),
    () => page.getByRole('radio', { name: /^Link/ }).check(),
    () => page.getByRole('button', { name: /^Send link/ }).click(),
  ];
  expect(acts.length).toBeLessThanOrEqual(6);
  const made = page.waitForResponse(
    (one) => one.url().endsWith('/api/agent/sessions') && one.status() === 201,
  );
  for (const act of acts) await act();
  const { session } = (await (await made).json()) as { session: { id: string; paymentLink: string } };
  await expect(page.getByText('Link sent').first()).toBeVisible();
  await call.hangUp('customer');
  const link = await house.link(session.paymentLink);
  const payer = await (await browser.newContext()).newPage();
  await payer.goto(link.url);
  await pay(payer, APPROVED);
  await expect(page.getByRole('heading', { name: '£9.99 is paid' })).toBeVisible({ timeout: 20_000 });
  expect(await sessionOf(house, session.id)).toMatchObject({ state: 'succeeded' });
});

test('the keypad takes at most eight acts after Payment, all of them by the keyboard', async ({
  page,
  house,
}) => {
  const call = await Call.dial(house);
  await openDesk(page, call);
  let acts = 0;
  const act = async (work: () => Promise<unknown>) => {
    acts += 1;
    await work();
  };
  await page.keyboard.press('Alt+p');
  await expect(page.getByRole('heading', { name: 'New payment' })).toBeVisible();
  await act(() => page.keyboard.type('5.00'));
  await act(() => page.keyboard.press('Enter'));
  await asked(page, 'number');
  await keyCard(page, call, APPROVED.number);
  await act(() => page.keyboard.press('Alt+Enter'));
  await expect(page.getByRole('heading', { name: '£5.00 is paid' })).toBeVisible({ timeout: 20_000 });
  expect(acts).toBeLessThanOrEqual(8);
  await call.hangUp('agent');
});
