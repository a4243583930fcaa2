import type { Page } from '@playwright/test';
import { as, dialog, looksRight } from './desk';
import { expect, run, signIn, test, uniqueReference } from './support';

const at = (screen: string) => `${run.portalUrl}/admin/${screen}`;
const say = (page: Page, text: string) => expect(page.getByText(text).first()).toBeVisible();

test('a profile gets a gateway account, which is tried; another takes over, and no key is ever shown', async ({
  page,
}) => {
  const name = uniqueReference();
  await signIn(page, run.owner);
  await page.goto(at('gateways'));
  await looksRight(page, 'gateways');
  await page.getByRole('button', { name: 'New payment profile' }).click();
  const fill = async (key: string) => {
    await dialog(page).getByLabel('Address of its API').fill(`${run.sandboxUrl}/gateway`);
    await dialog(page).getByLabel('API key').fill(key);
  };
  await dialog(page).getByLabel('Name').fill(name);
  await fill('wrong-key-one');
  await looksRight(page, 'gateways-new', { alike: true });
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await expect(dialog(page)).toBeHidden();
  const card = page.getByRole('region', { name, exact: true });
  await card.getByRole('button', { name: 'Test' }).click();
  await expect(card).toContainText('It refuses the key.');
  await card.getByRole('button', { name: 'Add an account' }).click();
  await fill('wrong-key-two');
  await dialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(card.getByText('Earlier account')).toBeVisible();
  expect(await page.content()).not.toContain('wrong-key');
  await card.getByRole('button', { name: 'Edit profile' }).click();
  await dialog(page).getByLabel('New payment links may use it').uncheck();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(card.getByText('Off')).toBeVisible();
});

test('the audit log tells who did what, is narrowed and checked at a press; a file of it needs a fresh proof', async ({
  page,
}) => {
  await as(page, run.admin);
  await page.goto(at('audit'));
  await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await say(page, 'nothing wrong');
  await looksRight(page, 'audit');
  await page.getByLabel('What', { exact: true }).selectOption('people');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('link', { name: 'Signed in' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Signed in' })).toBeVisible();
  await looksRight(page, 'audit-entry');
  await page.goto(at('audit?kind=trail'));
  await expect(page.getByRole('link', { name: 'Without: This log' })).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  const file = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Export' }).click();
  expect((await file).suggestedFilename()).toBe('audit-log.csv');
});

test('the evidence shows the pages as they are served, and is taken as data', async ({ page }) => {
  await as(page, run.admin);
  await page.goto(at('evidence'));
  await expect(page.getByRole('region', { name: 'Pages as they are served' })).toContainText(
    'content-security-policy',
  );
  await looksRight(page, 'evidence');
  const read = await page.request.get(`${run.portalUrl}/api/staff/evidence`);
  const { pages } = (await read.json()) as { pages: { status: number }[] };
  expect([pages.at(0)?.status, pages.at(-1)?.status]).toEqual([200, 200]);
});

test('an agent is told who can', async ({ page }) => {
  await as(page, run.agent);
  for (const [screen, what] of [
    ['gateways', 'seeing gateways'],
    ['audit', 'seeing the audit log'],
    ['evidence', 'seeing the evidence'],
  ] as const) {
    await page.goto(at(screen));
    await say(page, `Your role does not include ${what}`);
  }
});
