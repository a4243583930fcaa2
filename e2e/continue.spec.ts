import type { Page } from '@playwright/test';
import { freshProfile, invoice, switchProfile } from './crm';
import { withDatabase } from './database';
import { as, fault, looksRight } from './desk';
import {
  APPROVED,
  cardForm,
  expect,
  expectState,
  type House,
  type Link,
  pay,
  run,
  test,
  uniqueReference,
} from './support';

const name = `Continue ${uniqueReference()}`;
const asked = (house: House, reference: string) => house.control(`crm/lookups?reference=${reference}`);
const proceed = (page: Page, label = 'Continue') => page.getByRole('button', { name: label });
/** A link that says only how much, under which reference: by a back end that looks nothing up. */
const bare = (house: House, reference: string, more: object = {}): Promise<Link> =>
  house.issue({
    amountMinor: 8_650,
    currency: 'EUR',
    description: undefined,
    profile: name,
    reference,
    ...more,
  });

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => freshProfile(name));
test.afterAll(() => switchProfile(name, false));

test('the setting is on the profile’s screen, off until somebody switches it on', async ({ page }) => {
  await as(page, run.owner);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await page.getByRole('list', { name: 'Payment profiles' }).getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Set up lookup' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address', { exact: true }).fill(`${run.sandboxUrl}/crm/lookup`);
  await dialog.getByLabel('How we prove that it is us').selectOption('header');
  await dialog.getByLabel('Name of the header').fill('X-Crm-Key');
  await dialog.getByLabel('Value').fill('crm-header-key');
  const setting = dialog.getByLabel('Ask when the customer presses Continue');
  await expect(setting).not.toBeChecked();
  await setting.check();
  await looksRight(page, 'continue-setting');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const lookup = page.getByRole('region', { name: 'Form lookup' });
  await expect(lookup).toContainText('when the customer continues');
  await page.getByRole('button', { name: 'Change lookup' }).click();
  await expect(setting).toBeChecked();
  await switchProfile(name, true);
});

test('who opens the page sees merchant, amount and Continue; opening asks nothing, the press asks once', async ({
  page,
  browser,
  house,
  request,
}) => {
  const reference = await invoice(house);
  const link = await bare(house, reference);
  const headers = { 'user-agent': 'Slackbot-LinkExpanding 1.0' };
  for (let i = 0; i < 20; i++) await request.get(link.url, { headers });
  await request.head(link.url);
  expect((await request.get(`${link.url}/continue`)).status()).toBe(405);
  const other = await browser.newPage();
  for (const each of [page, other]) await each.goto(link.url);
  await expect(page.getByText('€86.50')).toBeVisible();
  await expect(page.getByText(/details of this payment are fetched from/)).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
  await looksRight(page, 'continue');
  expect(await asked(house, reference)).toEqual([]);
  await Promise.all([page, other].map((each) => proceed(each).click()));
  for (const each of [page, other]) {
    await expect(cardForm(each).getByLabel('Card number')).toBeVisible();
    await expect(each.getByText('Guided glacier walk')).toBeVisible();
  }
  await looksRight(page, 'continued');
  expect(await asked(house, reference)).toHaveLength(1);
  expect(await house.link(link.id)).toMatchObject({
    version: 2,
    amountMinor: 8_650,
    description: 'Guided glacier walk',
    customer: { name: 'Nina Favre', email: null, phone: null },
  });
  const { data } = await (await house.api('GET', `/payment-links/${link.id}/events?afterSequence=1`)).json();
  expect(data).toMatchObject([{ type: 'payment_link.updated', previous: { description: null } }]);
  await other.close();
  await pay(page, APPROVED);
  await expectState(page, 'paid');
});

test('without script Continue is a plain form that leads back to the page, with the details on it', async ({
  browser,
  house,
}, { project }) => {
  const reference = await invoice(house);
  const link = await bare(house, reference, { locale: 'de' });
  const context = await browser.newContext({
    javaScriptEnabled: false,
    ...(project.use.viewport && { viewport: project.use.viewport }),
  });
  const page = await context.newPage();
  await page.goto(link.url);
  await expect(page.locator('iframe')).toHaveCount(0);
  await proceed(page, 'Weiter').click();
  await expect(page.getByText('Guided glacier walk')).toBeVisible();
  expect(page.url()).toBe(link.url);
  await expect(page.locator('iframe')).toHaveCount(1);
  await page.reload();
  expect(await asked(house, reference)).toHaveLength(1);
  await context.close();
});

test('a system that hangs opens the card form all the same; the page says that the amount is right', async ({
  page,
  house,
  request,
}) => {
  const reference = await invoice(house);
  const link = await bare(house, reference, { locale: 'de' });
  const mend = await fault(request, {
    target: 'crm',
    operation: 'lookup',
    match: { reference },
    kind: 'drop_answer',
    times: 1,
    delayMs: 5_000,
  });
  await page.goto(link.url);
  await looksRight(page, 'continue-german');
  await proceed(page, 'Weiter').click();
  await expect(page.getByText(/Angaben werden bei .* abgerufen/)).toBeVisible();
  await expect(proceed(page, 'Weiter')).toBeDisabled();
  await expect(page.getByText(/konnten bei .* nicht abgerufen werden. Der Betrag stimmt/)).toBeVisible();
  await expect(cardForm(page).getByLabel('Kartennummer')).toBeVisible();
  await looksRight(page, 'continue-failed');
  await mend();
  await page.reload();
  await expect(cardForm(page).getByLabel('Kartennummer')).toBeVisible();
  await expect.poll(() => asked(house, reference)).toHaveLength(1);
  expect((await house.link(link.id)).description).toBeNull();
});

test('while somebody else has pressed Continue a page waits, and goes on by itself', async ({
  page,
  house,
}) => {
  const reference = await invoice(house);
  const link = await bare(house, reference);
  await withDatabase(
    (sql) => sql`update payment_links set looked_up_at = cf_now() + interval '1 minute'
      where reference = ${reference}`,
  );
  await page.goto(link.url);
  await expect(page.getByRole('status')).toContainText('The details are being fetched from');
  await expect(page.locator('iframe')).toHaveCount(0);
  await withDatabase(
    (sql) => sql`update payment_links set lookup_outcome = 'found' where reference = ${reference}`,
  );
  await expect(cardForm(page).getByLabel('Card number')).toBeVisible();
});

test('Continue is refused to other origins and to forms that are not ours; a canceled link asks nothing', async ({
  house,
  request,
}) => {
  const reference = await invoice(house);
  const link = await bare(house, reference);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { 'content-type': 'application/json' };
  const post = (headers: Record<string, string>, query = '') =>
    request.post(`${link.url}/continue${query}`, { headers, data: '', maxRedirects: 0 });
  for (const headers of [
    { ...form },
    { ...form, origin: 'null', 'sec-fetch-site': 'cross-site' },
    { ...form, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { ...json, origin: 'https://evil.example' },
    { ...json, origin: 'null', 'sec-fetch-site': 'same-origin' },
  ])
    expect((await post(headers)).status()).toBe(403);
  await house.api('POST', `/payment-links/${link.id}/cancel`);
  for (const query of ['', '?l=de']) {
    const ours = await post({ ...form, origin: 'null', 'sec-fetch-site': 'same-origin' }, query);
    expect([ours.status(), ours.headers().location]).toEqual([303, new URL(link.url).pathname + query]);
  }
  expect(await asked(house, reference)).toEqual([]);
});
