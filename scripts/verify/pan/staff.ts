/** Staff who type card numbers where none belong, in a browser. */
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { House } from './house';

const REFUSED = 'Card numbers must never be typed here';

/** Text fields of the form, by label; the e-mail is a whole address. */
const FIELDS = ['What it is for', 'Reference', 'Name', 'E-mail'] as const;

/** The browser itself refuses to send the form: it would keep what was sent. */
const isStopped = (field: Locator) =>
  expect.poll(() => field.evaluate((input: HTMLInputElement) => input.validationMessage)).toContain(REFUSED);

async function signIn(page: Page, house: House, cards: Cards, checks: Checks): Promise<void> {
  const { portalUrl, admin } = house.run;
  await page.goto(`${portalUrl}/sign-in`);
  const email = page.getByLabel('E-mail');
  const password = page.getByLabel('Password', { exact: true });
  const button = page.getByRole('button', { name: 'Sign in' });
  await checks.act('staff: a card number as e-mail of the sign-in is refused', async () => {
    await email.fill(`${cards.take('sign-in, e-mail', 'portal').number}@example.com`);
    await password.fill(cards.take('sign-in, password', 'portal').number);
    await button.click();
    await isStopped(email);
  });
  await email.fill(admin.email);
  await password.fill(admin.password);
  await button.click();
  await page.waitForURL(/\/admin/);
}

async function issueForm(page: Page, house: House, cards: Cards, label: string): Promise<void> {
  await page.goto(`${house.run.portalUrl}/admin/links/new`);
  const { number } = cards.take(`issue form, ${label}`, 'portal');
  const text = label === 'E-mail' ? `${number}@example.com` : number.replace(/(.{4})(?=.)/g, '$1 ');
  await page.getByLabel('Amount').first().fill('12.40');
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Issue payment link' }).click();
  await expect(page.getByText(REFUSED).first()).toBeVisible();
}

async function search(page: Page, house: House, cards: Cards): Promise<void> {
  await page.goto(`${house.run.portalUrl}/admin`);
  const { number } = cards.take('search of links', 'portal');
  const box = page.getByRole('searchbox');
  await box.fill(number);
  await box.press('Enter');
  await isStopped(box);
  expect(page.url()).not.toContain(number);
}

/** Sign-in, every text field of the issue form, and the search. */
export async function staffFlows(
  context: BrowserContext,
  house: House,
  cards: Cards,
  checks: Checks,
): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await signIn(page, house, cards, checks);
  for (const label of FIELDS)
    await checks.act(`staff: a card number as ${label} of a link is refused`, () =>
      issueForm(page, house, cards, label),
    );
  await checks.act('staff: a card number as search is refused, and is in no address', () =>
    search(page, house, cards),
  );
  return page;
}
