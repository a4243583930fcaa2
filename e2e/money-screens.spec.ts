import { expire, withDatabase } from './database';
import { act, as, detail, dialog, fault, looksRight, payer, standing } from './desk';
import {
  APPROVED,
  bank,
  CHALLENGED,
  expect,
  expectState,
  pay,
  run,
  signIn,
  test,
  uniqueReference,
} from './support';

test('a part and then the rest are refunded; an old sign-in is confirmed by password, and what was typed stays', async ({
  browser,
  house,
  contextOptions,
}) => {
  const link = await house.issue();
  await payer(browser, link, 'paid');
  const userAgent = uniqueReference();
  const page = await (await browser.newContext({ ...contextOptions, userAgent })).newPage();
  await signIn(page, run.owner);
  await withDatabase(
    (sql) =>
      sql`update sessions set verified_at = now() - interval '6 minutes' where user_agent = ${userAgent}`,
  );
  await page.goto(detail(link));
  await expect(standing(page)).toContainText('£12.40 is paid');
  await looksRight(page, 'paid');
  await act(page, 'Refund').press('Enter');
  await dialog(page).getByLabel('A part').check();
  await dialog(page).getByLabel('Amount to refund').fill('50');
  await dialog(page).getByRole('button', { name: 'Refund' }).click();
  await expect(dialog(page).getByRole('alert')).toHaveText('At most £12.40 is left.');
  await dialog(page).getByLabel('Amount to refund').fill('5.00');
  await dialog(page).getByLabel('Why').fill('One stick was broken');
  await dialog(page).getByRole('button', { name: 'Refund' }).click();
  await expect(dialog(page)).toContainText('Confirm that it is you. Nothing was done yet.');
  await expect(dialog(page).getByLabel('Your password')).toBeFocused();
  await expect(dialog(page).getByLabel('Why')).toHaveValue('One stick was broken');
  await looksRight(page, 'refund-step-up');
  expect((await house.ledger(link.id)).map(({ kind }) => kind)).not.toContain('refund');
  await dialog(page).getByLabel('Your password').fill(run.owner.password);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(standing(page)).toContainText('£5.00 of £12.40 is refunded');
  await expect(page.getByText('Why: One stick was broken')).toBeVisible();
  await looksRight(page, 'partly-refunded');
  await act(page, 'Refund').click();
  await expect(dialog(page).getByText('All that is left: £7.40')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Refund' }).click();
  await expect(standing(page)).toContainText('£12.40 of £12.40 is refunded');
  await expect(page.getByText('Refund: nothing of the money is left to give back.')).toBeVisible();
  const refunds = (await house.ledger(link.id)).filter(({ kind }) => kind === 'refund');
  expect(refunds.map(({ amountMinor }) => amountMinor)).toEqual([740, 500]);
  await page.context().close();
});

test('a refund under way and one that failed are told, and a dispute', async ({
  page,
  browser,
  house,
  request,
}) => {
  const link = await house.issue({ amountMinor: 2017 });
  const disputed = await house.issue();
  await Promise.all([
    payer(browser, link, 'paid'),
    payer(browser, disputed, 'paid', { card: { number: '4000000000000259' } }),
  ]);
  const mend = await fault(request, {
    target: 'gateway',
    operation: 'refund',
    kind: 'refuse',
    match: { paymentLink: link.id },
  });
  await as(page, run.admin);
  await page.goto(detail(link));
  await act(page, 'Refund').click();
  await dialog(page).getByRole('button', { name: 'Refund' }).click();
  await expect(standing(page)).toContainText('Do not refund it again');
  await looksRight(page, 'refund-under-way', { alike: true });
  await mend();
  await page.goto(detail(disputed));
  await expect(standing(page)).toContainText('Disputed: the customer’s bank took £12.40 back');
  await looksRight(page, 'disputed', { alike: true });
  await page.goto(detail(link));
  await expect(standing(page)).toContainText('A refund of £20.17 failed', { timeout: 20_000 });
  await looksRight(page, 'refund-failed');
});

test('money that is held is taken, or released and the link is open again', async ({
  page,
  browser,
  house,
}) => {
  const [taken, released] = [
    await house.issue({ profile: 'take later' }),
    await house.issue({ profile: 'take later' }),
  ];
  await Promise.all([
    payer(browser, taken, 'authorized', { look: 'payer-authorized' }),
    payer(browser, released, 'authorized'),
  ]);
  await as(page, run.agent);
  await page.goto(detail(taken));
  await expect(standing(page)).toContainText('£12.40 is held, not taken yet. Do not ask for payment again');
  await expect(
    page.getByText(
      'Take the held money or release the hold: your role does not include this. Owners and admins can.',
    ),
  ).toBeVisible();
  await looksRight(page, 'held-agent', { alike: true });
  await as(page, run.admin);
  await page.goto(detail(taken));
  await act(page, 'Take the money').click();
  await looksRight(page, 'held-take', { alike: true });
  await dialog(page).getByRole('button', { name: 'Take £12.40' }).click();
  await expect(standing(page)).toContainText('£12.40 is paid');
  await page.goto(detail(released));
  await act(page, 'Release the hold').click();
  await dialog(page).getByRole('button', { name: 'Release the hold' }).click();
  await expect(act(page, 'Cancel link')).toBeVisible();
  await expect(page.getByText('Hold released')).toBeVisible();
  expect((await house.ledger(released.id)).filter(({ status }) => status === 'captured')).toEqual([]);
});

test('at the bank check nothing is asked for again; canceled meanwhile, it is taken back', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue();
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link.url);
  await pay(other, CHALLENGED);
  await expect(bank(other).getByRole('button', { name: 'Accept' })).toBeVisible();
  await as(page, run.agent);
  await page.goto(`${run.portalUrl}/admin?q=${link.reference}`);
  await expect(page.getByRole('row', { name: link.reference })).toContainText('Bank check. Do not ask again');
  await looksRight(page, 'list');
  await page.goto(detail(link));
  await expect(standing(page)).toContainText('Bank check. Do not ask for payment again');
  await expect(page.getByText('issue anew: not while it is being paid.')).toBeVisible();
  await looksRight(page, 'bank-check');
  await act(page, 'Cancel link').click();
  await expect(dialog(page)).toContainText('The payment is taken back and nothing is charged.');
  await looksRight(page, 'cancel-while-paid', { alike: true });
  await dialog(page).getByRole('button', { name: 'Cancel link' }).click();
  await expect(standing(page)).toContainText('Canceled: nobody can pay with it', { timeout: 15_000 });
  await context.close();
});

test('an unknown outcome is never asked for again; canceled meanwhile and charged all the same, it is a late payment', async ({
  page,
  browser,
  house,
  request,
}) => {
  const link = await house.issue();
  const match = { paymentLink: link.id };
  await fault(request, { target: 'gateway', operation: 'authorize', kind: 'reset_after', match, times: 1 });
  const mend = await fault(request, { target: 'gateway', operation: 'read', kind: 'refuse', match });
  await fault(request, { target: 'gateway_webhooks', kind: 'lose', match });
  await payer(browser, link, 'confirming', { look: 'payer-confirming' });
  await as(page, run.agent);
  await page.goto(detail(link));
  await expect(standing(page)).toContainText('Outcome not known yet. Do not ask for payment again');
  await looksRight(page, 'unknown');
  await act(page, 'Cancel link').click();
  await dialog(page).getByRole('button', { name: 'Cancel link' }).click();
  await expect(standing(page)).toContainText('The link was canceled while it was being paid.');
  await looksRight(page, 'unknown-canceled', { alike: true });
  await mend();
  await expect(standing(page)).toContainText('Late payment: £12.40 came after the link had been canceled', {
    timeout: 40_000,
  });
  await expect(
    page.getByText('Refund: your role does not include this. Owners and admins can.'),
  ).toBeVisible();
  await looksRight(page, 'late', { alike: true });
});

test('somebody else’s change is told before it is overwritten, and what was typed stays', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await as(page, run.agent);
  await page.goto(detail(link));
  await act(page, 'Edit').click();
  await dialog(page).getByLabel('What it is for').fill('Two walking sticks, oak');
  const theirs = { description: 'Two walking sticks, beech' };
  const changed = await house.api('PATCH', `/payment-links/${link.id}`, theirs, { 'if-match': '"1"' });
  expect(changed.status()).toBe(200);
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('It now says “Two walking sticks, beech”');
  await expect(dialog(page).getByLabel('What it is for')).toHaveValue('Two walking sticks, oak');
  await looksRight(page, 'edit-conflict');
  await dialog(page).getByRole('button', { name: 'Save mine' }).click();
  await expect(dialog(page)).toBeHidden();
  expect(await house.link(link.id)).toMatchObject({ description: 'Two walking sticks, oak' });
  await act(page, 'Move pay-by time').click();
  await dialog(page).getByLabel('In 24 hours').check();
  await looksRight(page, 'move-end');
  await dialog(page).getByRole('button', { name: 'Move it' }).click();
  await expect(dialog(page)).toBeHidden();
  const { expiresAt } = await house.link(link.id);
  expect(Math.abs(Date.parse(expiresAt) - Date.now() - 86_400_000)).toBeLessThan(60_000);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The pay-by time is as it was.')).toBeVisible();
  expect((await house.link(link.id)).expiresAt).toBe(link.expiresAt);
});

test('locked is lifted, expired is issued anew, a part shows the rest; a viewer reads why nothing can be done', async ({
  page,
  browser,
  house,
}) => {
  const locked = await house.issue();
  const email = `${uniqueReference().toLowerCase()}@example.test`;
  const over = await house.issue({ customer: { email }, send: { channel: 'email' } });
  const parts = await house.issue({ amountType: 'partial', minAmountMinor: 300 });
  const open = await house.issue({ amountMinor: undefined, amountType: 'open', minAmountMinor: 500 });
  // That five declines lock a link is held elsewhere; declines here would add up to the merchant's breaker.
  await withDatabase(
    (sql) => sql`update payment_links set access = 'locked' where reference = ${locked.reference}`,
  );
  await expire(over.reference);
  const part = await browser.newPage();
  await part.goto(parts.url);
  await part.getByLabel(/amount/i).fill('4.00');
  await pay(part, APPROVED);
  await expect(part.getByText('£8.40').first()).toBeVisible();
  await part.close();
  await as(page, run.viewer);
  await page.goto(detail(locked));
  await expect(
    page.getByText('unlock or cancel: your role does not include this. Owners, admins and agents can.'),
  ).toBeVisible();
  await looksRight(page, 'locked-viewer');
  await as(page, run.agent);
  await page.goto(detail(locked));
  await act(page, 'Unlock').click();
  await dialog(page).getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('Unlocked. The customer can try again.')).toBeVisible();
  expect((await house.link(locked.id)).status).toBe('active');
  await page.goto(detail(over));
  await looksRight(page, 'expired', { alike: true });
  await act(page, 'Issue anew').click();
  await expect(dialog(page).getByLabel(/By e-mail to/)).toBeChecked();
  await looksRight(page, 'reissue');
  await dialog(page).getByRole('button', { name: 'Issue anew' }).click();
  await expect(standing(page)).toContainText('Only the newest address works.');
  await looksRight(page, 'reissued', { alike: true });
  await expect.poll(async () => (await house.control(`inbox?to=${email}`)).length).toBe(2);
  await page.goto(detail(parts));
  await expect(standing(page)).toContainText(
    '£8.40 is still to pay, with the same link in parts of at least £3.00',
  );
  await looksRight(page, 'partly-paid', { alike: true });
  await page.goto(detail(open));
  await expect(standing(page)).toContainText('They pay once: at least £5.00.');
  await looksRight(page, 'payer-chooses', { alike: true });
});

test('a customer’s wish for a new link is granted at the link, and the new one goes to the address on file', async ({
  page,
  browser,
  house,
}) => {
  const profile = 'take later';
  const email = `${uniqueReference().toLowerCase()}@example.test`;
  await withDatabase(
    (sql) => sql`update payment_profiles set new_link_rule = 'approval' where name = ${profile}`,
  );
  const link = await house.issue({ profile, customer: { email } });
  await expire(link.reference);
  const customer = await browser.newPage();
  await customer.goto(link.url);
  await customer.getByRole('button', { name: 'Ask for a new link' }).click();
  await as(page, run.agent);
  await page.goto(detail(link));
  await expect(standing(page)).toContainText('The customer asks for a new link');
  await looksRight(page, 'asked-for-anew', { alike: true });
  await act(page, 'Send the new link').click();
  await expect(standing(page)).toContainText('Only the newest address works.');
  await expect.poll(async () => (await house.control(`inbox?to=${email}`)).length).toBe(1);
  await expectState(customer, 'replaced');
  await customer.close();
});
