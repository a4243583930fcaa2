import { looksRight } from './desk';
import { asked, Call, keyCard, openDesk } from './phone';
import { APPROVED, bank, CHALLENGED, cardForm, expect, expectState, pay, test } from './support';
import { Windows } from './windows';

test('declined on the keypad, then paid by link without a word typed again', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await at.keypad('20.00');
  await keyCard(page, at.call, '4000000000009995');
  await page.getByRole('button', { name: /^Take payment/ }).click();
  await expect(page.getByRole('heading', { name: /^Declined: not enough money/ })).toBeVisible({
    timeout: 20_000,
  });
  await at.agentSees({
    badge: 'Declined',
    line: 'The call is as before',
    recording: 'Recording is on again',
  });
  await looksRight(page, 'agent-declined');
  await at.ends({ state: 'declined', reason: 'insufficient_funds', recording: 'resumed' });
  await at.telephoneShows('recording');
  await at.adminSees('Active', 'Declined');

  await page.getByRole('button', { name: /^Send a link/ }).click();
  await at.agentSees({ badge: 'Link sent', line: 'The card is entered on the customer’s own screen' });
  await at.openLink(browser);
  await expect(at.caller.getByText('£20.00').first()).toBeVisible();
  await cardForm(at.caller).getByLabel('Card number').pressSequentially('4242');
  await at.agentSees({ badge: 'Customer is on the page' });
  await expect(page.getByText(/Card number: typing/)).toBeVisible();
  await at.agentSeesSteps({ Sent: 'done', Opened: 'done', Card: 'now', Paid: 'not yet' });
  await looksRight(page, 'agent-link-typing');
  await cardForm(at.caller).getByLabel('Card number').fill('');
  await pay(at.caller, APPROVED);
  await expectState(at.caller, 'paid');
  await expect(page.getByRole('heading', { name: '£20.00 is paid' })).toBeVisible({ timeout: 20_000 });
  await at.agentSees({ badge: 'Paid' });
  await at.adminSees('£20.00 is paid');
  await at.ends({ state: 'succeeded', kind: 'digital' });
  expect(await at.charges()).toHaveLength(1);
  await at.call.hangUp('agent');
});

test('digital, sent in at most six acts and paid after the call has ended: sent, delivered, opened, card, bank check, paid', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await page.getByRole('button', { name: /^Payment/ }).click();
  const acts: (() => Promise<unknown>)[] = [
    () => page.getByLabel('Reference').fill(at.reference),
    () => page.getByLabel('Amount', { exact: true }).fill('9.99'),
    () => page.getByRole('radio', { name: /^Link/ }).check(),
    () => page.getByRole('button', { name: /^Send link/ }).click(),
  ];
  expect(acts.length).toBeLessThanOrEqual(6);
  const made = page.waitForResponse(
    (one) => one.url().endsWith('/api/agent/sessions') && one.status() === 201,
  );
  for (const act of acts) await act();
  at.session = ((await (await made).json()) as { session: { id: string } }).session.id;
  await at.follow();
  await at.agentSees({ badge: 'Link sent' });
  await at.agentSeesSteps({
    Sent: 'done',
    Delivered: 'done',
    Opened: 'not yet',
    Card: 'not yet',
    Paid: 'not yet',
  });
  await at.adminSees('Active', 'Message delivered');
  await at.call.hangUp('customer');
  await expect(page.getByRole('heading', { name: 'No call' })).toBeVisible();

  await at.openLink(browser);
  await pay(at.caller, CHALLENGED);
  await expect(bank(at.caller).getByRole('button', { name: 'Accept' })).toBeVisible();
  await at.agentSees({ badge: 'Being paid' });
  await at.agentSeesSteps({ Opened: 'done', Card: 'done', 'Bank check': 'now', Paid: 'not yet' });
  await at.adminSees('Bank check. Do not ask for payment again');
  await looksRight(page, 'agent-bank-check');
  await bank(at.caller).getByRole('button', { name: 'Accept' }).click();
  await expectState(at.caller, 'paid');
  await expect(page.getByRole('heading', { name: '£9.99 is paid' })).toBeVisible({ timeout: 20_000 });
  await at.agentSees({ badge: 'Paid' });
  await at.adminSees('£9.99 is paid');
  await at.ends({ state: 'succeeded' });
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
