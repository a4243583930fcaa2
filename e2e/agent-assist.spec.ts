import { looksRight } from './desk';
import { asked, Call, keyCard, openDesk, startKeypad, tile } from './phone';
import { APPROVED, expect, expectState, pay, test } from './support';
import { Windows } from './windows';

const SECURED = { line: 'Secured: the keys are masked', recording: 'Recording is paused' };
const AS_BEFORE = { line: 'The call is as before', recording: 'Recording is on again' };

test('agent assist, paid: desk, telephone and the admin’s page tell each step in its words', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await at.telephoneShows('recording');
  await at.keypad('12.40');
  await at.agentSees({ badge: 'Card being keyed', ...SECURED });
  await expect(page.getByText('Please key the long number')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Take payment/ })).toBeDisabled();
  await at.telephoneShows('suspended');
  await expect(at.caller.locator('#tags')).toContainText('secured: tones are masked');
  await at.adminSees('Active', 'Agent began to take the payment', 'Recording off', 'Call secured');
  await looksRight(page, 'agent-asked');

  // The caller's own telephone: each key is a button.
  await at.key('42424242');
  await expect(at.field('number')).toContainText(/8 digits/);
  await at.call.press('42424242#');
  await expect(at.field('number')).toContainText('Complete');
  await asked(page, 'expiry');
  await at.call.press('1231');
  await expect(at.field('expiry')).toContainText('Complete');
  await asked(page, 'code');
  await at.call.press('123#');
  await at.agentSees({ badge: 'Ready', ...SECURED });
  await expect(page.getByText('Thank you, that is complete.')).toBeVisible();
  await at.adminSees('All fields keyed, ready to take the payment');
  await looksRight(page, 'agent-ready');
  expect(await at.told()).toMatchObject({ state: 'ready', recording: 'suspended', brand: 'visa' });

  await page.getByRole('button', { name: /^Take payment £12.40/ }).click();
  await expect(page.getByRole('heading', { name: '£12.40 is paid' })).toBeVisible({ timeout: 20_000 });
  await at.agentSees({ badge: 'Paid', ...AS_BEFORE });
  await expect(page.getByText('with your Visa ending in 4242')).toBeVisible();
  await looksRight(page, 'agent-paid');
  await at.telephoneShows('recording');
  expect((await at.call.read()).secured).toBeNull();
  await at.adminSees('£12.40 is paid', 'Recording on again', 'Payment session ended');
  expect(await at.told()).toMatchObject({ state: 'succeeded', recording: 'resumed', secured: null });
  expect(await at.charges()).toMatchObject([{ amountMinor: 1240, last4: '4242' }]);
  await at.call.hangUp('agent');
});

test('agent assist with a wrong digit: the field says so, is asked again, and the payment is made', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await at.keypad('8.20');
  await at.call.press('4242424242424241#');
  await expect(at.field('number')).toContainText('A digit is mistyped');
  await at.agentSees({ badge: 'Card being keyed', ...SECURED });
  await expect(page.getByText('That did not come through.')).toBeVisible();
  await at.telephoneShows('suspended');
  await at.adminSees('Field keyed wrongly, or not in time');
  await looksRight(page, 'agent-wrong-digit');
  await at
    .field('number')
    .getByRole('button', { name: /Ask again/ })
    .click();
  await keyCard(page, at.call, APPROVED.number);
  await at.agentSees({ badge: 'Ready', ...SECURED });
  await page.getByRole('button', { name: /^Take payment £8.20/ }).click();
  await at.agentSees({ badge: 'Paid', ...AS_BEFORE });
  await at.telephoneShows('recording');
  await at.adminSees('£8.20 is paid');
  expect(await at.charges()).toHaveLength(1);
  await at.call.hangUp('agent');
});

test('a caller who hangs up while keying: customer_hangup, recording as it was, the link is offered and pays', async ({
  page,
  browser,
  house,
}) => {
  const at = await Windows.open(house, browser, page);
  await at.keypad('7.50');
  await at.key('42424242');
  await at.telephoneShows('suspended');
  await at.caller.getByRole('button', { name: 'Hang up, customer' }).click();
  await expect(page.getByRole('heading', { name: 'The caller hung up. Nothing was charged.' })).toBeVisible();
  await at.agentSees({
    badge: 'Caller hung up',
    line: 'The call is over',
    recording: 'The recording ended with the call',
  });
  await expect(page.getByText('What was keyed is wiped. Send the link now')).toBeVisible();
  await looksRight(page, 'agent-hung-up');
  await at.ends({ state: 'customer_hangup', paymentAttempt: null, recording: 'resumed' });
  await at.telephoneIsOver();
  await at.adminSees('Active', 'Payment session ended');
  await page.getByRole('button', { name: /Send the link now/ }).click();
  await at.agentSees({ badge: 'Link sent' });
  await at.agentSeesSteps({ Sent: 'done', Opened: 'not yet', Paid: 'not yet' });
  await looksRight(page, 'agent-link-sent');
  await pay(await at.openLink(browser), APPROVED);
  await expectState(at.caller, 'paid');
  await at.agentSees({ badge: 'Paid' });
  await at.adminSees('£7.50 is paid');
  expect(await at.charges()).toHaveLength(1);
});

test('a call whose tones would be heard is found by the detector, one that is masked is not', async ({
  page,
  house,
}) => {
  for (const [securing, hears] of [
    ['masked', false],
    ['off', true],
  ] as const) {
    const call = await Call.dial(house, { securing });
    await openDesk(page, call);
    await startKeypad(page, '3.00', '');
    await asked(page, 'number');
    await call.press(`${APPROVED.number}#`);
    await expect(tile(page, 'number')).toContainText('Complete');
    expect((await call.keysHeard('agent')).includes(APPROVED.number)).toBe(hears);
    // A recording that is off hears nothing, whatever is not masked.
    expect(await call.keysHeard('recording')).toBe('');
    await call.hangUp('agent');
  }
});
