import { as, looksRight } from './desk';
import { asked, Call, keyCard, openDesk, sessionOf, startKeypad, tile } from './phone';
import { APPROVED, expect, run, test, uniqueReference } from './support';

test('a card that is keyed on the telephone is paid; a wrong digit is asked again; agent, caller and admin see each step', async ({
  page,
  browser,
  house,
}) => {
  const call = await Call.dial(house);
  const caller = await browser.newPage();
  await caller.goto(`${run.sandboxUrl}/phone/${call.id}/customer`);
  await openDesk(page, call);
  const reference = uniqueReference();
  const id = await startKeypad(page, '12.40', reference);

  await asked(page, 'number');
  await expect(page.getByText('Recording is paused')).toBeVisible();
  await expect(page.getByText('Secured: the keys are masked')).toBeVisible();
  await expect(page.getByText('Please key the long number')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Take payment/ })).toBeDisabled();
  expect(await call.recordings()).toEqual(['suspended']);
  await looksRight(page, 'agent-asked');

  // The caller's own telephone: each key is a button.
  for (const key of '42424242')
    await caller
      .getByRole('button', { name: `Key ${key}` })
      .first()
      .click();
  await expect(tile(page, 'number')).toContainText(/8 digits/);
  await call.press('42424241#');
  await expect(tile(page, 'number')).toContainText('A digit is mistyped');
  await looksRight(page, 'agent-wrong-digit');
  await tile(page, 'number')
    .getByRole('button', { name: /Ask again/ })
    .click();
  await keyCard(page, call, APPROVED.number);
  await looksRight(page, 'agent-ready');
  expect(await sessionOf(house, id)).toMatchObject({ state: 'ready', recording: 'suspended', brand: 'visa' });

  await page.getByRole('button', { name: /^Take payment £12.40/ }).click();
  await expect(page.getByRole('heading', { name: '£12.40 is paid' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('with your Visa ending in 4242')).toBeVisible();
  await expect(page.getByText('Recording is on again').first()).toBeVisible();
  await looksRight(page, 'agent-paid');
  expect(await call.recordings()).toEqual(['recording']);
  expect((await call.read()).secured).toBeNull();
  const session = await sessionOf(house, id);
  expect(session).toMatchObject({ state: 'succeeded', recording: 'resumed', secured: null });

  const admin = await (await browser.newContext()).newPage();
  await as(admin, run.admin);
  await admin.goto(`${run.portalUrl}/admin/links/${session.paymentLink}`);
  await expect(admin.getByText('£12.40 is paid')).toBeVisible();
  await expect(admin.getByText(reference).first()).toBeVisible();
  const [payment] = await house.ledger(String(session.paymentLink));
  expect(payment).toMatchObject({ kind: 'payment', status: 'captured', amountMinor: 1240, last4: '4242' });
  await call.hangUp('agent');
});

test('a caller who hangs up while keying: the session says so, nothing was charged, and the link is sent at a press', async ({
  page,
  house,
}) => {
  const call = await Call.dial(house);
  await openDesk(page, call);
  const id = await startKeypad(page, '7.50', uniqueReference());
  await asked(page, 'number');
  await call.press('42424242');
  await call.hangUp('customer');
  await expect(page.getByRole('heading', { name: 'The caller hung up. Nothing was charged.' })).toBeVisible();
  await looksRight(page, 'agent-hung-up');
  await expect.poll(async () => (await sessionOf(house, id)).recording).toBe('resumed');
  expect(await sessionOf(house, id)).toMatchObject({ state: 'customer_hangup', paymentAttempt: null });
  await page.getByRole('button', { name: /Send the link now/ }).click();
  await expect(page.getByText('Link sent').first()).toBeVisible();
  const { paymentLink } = await sessionOf(house, id);
  expect((await house.control<{ links: string[] }>('inbox')).length).toBeGreaterThan(0);
  expect((await house.link(String(paymentLink))).status).toBe('active');
  await looksRight(page, 'agent-link-sent');
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
    await startKeypad(page, '3.00', uniqueReference());
    await asked(page, 'number');
    await call.press(`${APPROVED.number}#`);
    await expect(tile(page, 'number')).toContainText('Complete');
    expect((await call.keysHeard('agent')).includes(APPROVED.number)).toBe(hears);
    // A recording that is off hears nothing, whatever is not masked.
    expect(await call.keysHeard('recording')).toBe('');
    await call.hangUp('agent');
  }
});
