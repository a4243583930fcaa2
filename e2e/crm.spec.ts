import type { Page } from '@playwright/test';
import { freshProfile, invoice } from './crm';
import { as, fault, looksRight } from './desk';
import { APPROVED, cardForm, expect, expectState, run, test, uniqueReference } from './support';

type Written = { idempotencyKey: string; proof: string | null; body: Record<string, unknown> };

const bar = (page: Page) => page.getByRole('region', { name: 'From your own system' });
const lookUp = async (page: Page, reference: string) => {
  await bar(page).getByLabel('Reference or customer number').fill(reference);
  await bar(page).getByRole('button', { name: 'Look up' }).click();
};
/** The language that the lookup proposed is the page's. */
async function payInGerman(page: Page): Promise<void> {
  const form = cardForm(page);
  await form.getByLabel('Kartennummer').pressSequentially(APPROVED.number);
  await form.getByLabel('Gültig bis').pressSequentially('1231');
  await form.getByLabel('Prüfnummer').pressSequentially('123');
  await form.getByLabel('Name auf der Karte').fill('Nina Favre');
  await form.locator('#pay').click();
}
const profile = async (page: Page, name: string) => {
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await page.getByRole('list', { name: 'Payment profiles' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
};

test('an agent looks up a reference, checks and issues, the customer pays, and the merchant’s system knows', async ({
  page,
  browser,
  house,
}) => {
  test.setTimeout(120_000);
  const number = await invoice(house);
  await as(page, run.agent);
  await page.goto(`${run.portalUrl}/agent/payment?reference=${number}`);
  expect(await house.control('crm/lookups?reference=x')).toEqual([]);
  expect(await house.control(`crm/lookups?reference=${number}`)).toEqual([]);
  await expect(page.getByLabel('Reference')).toHaveValue(number);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('region', { name: 'What was found' })).toContainText('€86.50');
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('86.50');
  await expect(page.getByLabel('Currency')).toHaveValue('EUR');
  await expect(page.getByLabel('Name')).toHaveValue('Nina Favre');
  await looksRight(page, 'look-up-found');
  // The agent may be on a call of another test, where the keypad comes first.
  await page.getByRole('radio', { name: /^Link/ }).check();
  await page.getByRole('button', { name: /^Send link/ }).click();
  const about = await page.getByRole('link', { name: 'All about it' }).getAttribute('href');
  const id = /plink_[0-9a-z]+/.exec(about ?? '')?.[0] ?? '';
  const link = await house.link(id);
  expect(link).toMatchObject({
    amountMinor: 8_650,
    currency: 'EUR',
    reference: number,
    metadata: { invoice: number },
  });
  const payer = await browser.newPage();
  await payer.goto(link.url);
  await payInGerman(payer);
  await expectState(payer, 'paid');
  await payer.close();
  await expect.poll(() => house.control<Written>(`crm?reference=${number}`)).toHaveLength(1);
  const [written] = await house.control<Written>(`crm?reference=${number}`);
  expect(written).toMatchObject({
    idempotencyKey: expect.stringMatching(/^pay_/),
    proof: 'signature',
    body: { outcome: 'succeeded', amountMinor: 8_650, currency: 'EUR', metadata: { invoice: number } },
  });
  await page.goto(`${run.sandboxUrl}/crm`);
  await expect(page.getByRole('row', { name: number }).first()).toContainText('paid');
  await expect(page.getByRole('article').filter({ hasText: number })).toContainText('verified by signature');
});

test('a system that hangs, answers garbage or does not know leaves the form as it was typed, and says so', async ({
  page,
  house,
  request,
}) => {
  const number = await invoice(house);
  await as(page, run.agent);
  await page.goto(`${run.portalUrl}/admin/links/new`);
  await page.getByLabel('Name').fill('Typed by hand');
  await lookUp(page, `${number}-unknown`);
  await expect(bar(page)).toContainText('Your system does not know this. Fill the form in by hand.');
  for (const [kind, told] of [
    ['garble', 'The answer is not one JSON object.'],
    ['drop_answer', 'Your system did not answer within two seconds.'],
  ] as const) {
    const mend = await fault(request, {
      target: 'crm',
      operation: 'lookup',
      match: { reference: number },
      kind,
      times: 1,
      ...(kind === 'drop_answer' && { delayMs: 5_000 }),
    });
    await lookUp(page, number);
    await expect(bar(page)).toContainText(told);
    await mend();
  }
  await expect(page.getByLabel('Name')).toHaveValue('Typed by hand');
  await looksRight(page, 'look-up-failed');
  await lookUp(page, number);
  await expect(page.getByLabel('Name')).toHaveValue('Nina Favre');
});

test('a back end issues with a lookup; the answer says what it filled', async ({ house }) => {
  const number = await invoice(house);
  const wish = { amountMinor: 8_650, currency: 'EUR', reference: number, lookup: true };
  const answer = await house.api('POST', '/payment-links', wish);
  expect(await answer.json()).toMatchObject({
    customer: { name: 'Nina Favre', email: 'nina@favre.example' },
    description: 'Guided glacier walk',
    lookup: { outcome: 'found', amountMinor: 8_650, currency: 'EUR' },
  });
});

test('the profile’s screen tells in words what a try brought, and keeps a masked log', async ({
  page,
  house,
}) => {
  const number = await invoice(house);
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await looksRight(page, 'profiles');
  await profile(page, 'take later');
  const lookup = page.getByRole('region', { name: 'Form lookup' });
  await expect(lookup).toContainText('record.person.fullName');
  const ask = async (reference: string) => {
    await lookup.getByLabel('A reference that your system knows').fill(reference);
    await lookup.getByRole('button', { name: 'Ask your system' }).click();
  };
  const came = lookup.getByRole('region', { name: 'What came back' });
  await ask(`${number}-unknown`);
  await expect(came).toContainText('Your system does not know this.');
  await ask(number);
  await expect(came).toContainText('Nina Favre');
  await expect(came).toContainText('€86.50');
  const log = page.getByRole('region', { name: 'The newest lookups' });
  await expect(log).toContainText(number);
  await expect(log).not.toContainText('Nina Favre');
  await looksRight(page, 'profile-tried');
  await lookup.getByRole('button', { name: 'Change lookup' }).click();
  await looksRight(page, 'profile-lookup-dialog');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address', { exact: true }).fill('https://10.0.0.1/');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('must name a host, not an IP address');
  await dialog.getByRole('button', { name: 'Leave it' }).click();
});

test('a test of the write-back is sent and shows; a viewer sees and can do nothing, an agent is told who can', async ({
  page,
}) => {
  await as(page, run.owner);
  await profile(page, 'standard');
  const back = page.getByRole('region', { name: 'Write-back' });
  await back.getByRole('button', { name: 'Send a test' }).click();
  const log = page.getByRole('region', { name: 'The newest write-backs' });
  await expect(async () => {
    await back.getByRole('button', { name: 'Look again' }).click();
    await expect(log.getByRole('listitem').filter({ hasText: 'test.ping' }).first()).toContainText(
      'Delivered',
      {
        timeout: 500,
      },
    );
  }).toPass();
  await back.getByRole('button', { name: 'Change write-back' }).click();
  await looksRight(page, 'profile-write-back-dialog');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Template').fill('{"a": "{{link.url}}"}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('{{link.url}} is not known');
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await looksRight(page, 'profile');
  await as(page, run.viewer);
  await profile(page, 'standard');
  await expect(page.getByRole('button', { name: 'Change write-back' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Ask your system' })).toBeHidden();
  await as(page, run.agent);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await expect(page.getByText('Your role does not include seeing payment profiles')).toBeVisible();
});

test('a profile begins with neither; both are set up on its screen, proved in another way, tried and removed', async ({
  page,
  house,
}) => {
  const name = `Trial ${uniqueReference()}`;
  const number = await invoice(house);
  await freshProfile(name);
  await as(page, run.owner);
  await profile(page, name);
  await looksRight(page, 'profile-empty');
  const question = page.getByRole('radio', { name: /^The end of the phone number/ });
  // It is chosen once it is saved.
  await question.click();
  await expect(page.getByText('Set to “The end of the phone number”.')).toBeVisible();
  await page.reload();
  await expect(question).toBeChecked();
  const dialog = page.getByRole('dialog');
  const save = async () => {
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByTestId('secret').first()).toHaveText(/^whsec_\S{44}$/);
  };
  await page.getByRole('button', { name: 'Set up lookup' }).click();
  await dialog.getByLabel('Address', { exact: true }).fill(`${run.sandboxUrl}/crm/records`);
  await dialog.getByLabel('How we prove that it is us').selectOption('header');
  await dialog.getByLabel('Name of the header').fill('X-Crm-Key');
  await dialog.getByLabel('Value').fill('crm-header-key');
  await dialog.getByLabel('How your system answers').selectOption('own');
  await dialog.getByLabel('Customer’s name').fill('record.person.fullName');
  await dialog.getByLabel('Fields of your own').fill('customerKey = record.person.no');
  await save();
  const lookup = page.getByRole('region', { name: 'Form lookup' });
  await lookup.getByLabel('A reference that your system knows').fill(number);
  await lookup.getByRole('button', { name: 'Ask your system' }).click();
  const came = lookup.getByRole('region', { name: 'What came back' });
  await expect(came).toContainText('Your field “customerKey”');
  await page.reload();
  await page.getByRole('button', { name: 'Set up write-back' }).click();
  await dialog.getByLabel('Address', { exact: true }).fill(`${run.sandboxUrl}/crm/write-backs`);
  await dialog.getByLabel('How we prove that it is us').selectOption('oauth');
  await dialog.getByLabel('Address of the token').fill(`${run.sandboxUrl}/crm/token`);
  await dialog.getByLabel('Client id').fill('counterfoil');
  await dialog.getByLabel('Client secret').fill('crm-client-secret');
  await dialog.getByLabel('Method').selectOption('PUT');
  await dialog
    .getByLabel('Template')
    .fill(`{"reference": "${number}", "told": "{{outcome}} {{link.amount}}"}`);
  await save();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect.poll(() => house.control<Written>(`crm?reference=${number}`)).toHaveLength(1);
  expect((await house.control<Written>(`crm?reference=${number}`))[0]).toMatchObject({
    proof: 'oauth',
    body: { reference: number, told: 'test 12.40' },
  });
  await looksRight(page, 'profile-set-up');
  for (const what of ['lookup', 'write-back']) {
    await page.getByRole('button', { name: `Remove ${what}` }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('button', { name: `Set up ${what}` })).toBeVisible();
  }
});
