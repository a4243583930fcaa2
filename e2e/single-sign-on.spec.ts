import type { Page } from '@playwright/test';
import { withDatabase } from './database';
import { dialog, looksRight } from './desk';
import { newOwnerElsewhere, retire } from './newcomer';
import { atProvider, issuer, serveProvider } from './provider';
import { expect, run, signIn, test, uniqueReference } from './support';

const forget = (domain: string) =>
  withDatabase(async (sql) => {
    const people = sql`select id from users where email like ${`%@${domain}`}`;
    await sql`delete from identities where user_id in (${people})`;
    await sql`delete from sessions where user_id in (${people})`;
    await sql`update users set disabled_at = cf_now() where id in (${people})`;
    await sql`delete from sign_in_rounds`;
    await sql`delete from single_sign_on s using single_sign_on_domains d where d.merchant_id = s.merchant_id and d.domain = ${domain}`;
    await sql`delete from single_sign_on_domains where domain = ${domain}`;
  });

async function setUp(page: Page, domain: string, client: { client_id: string; client_secret: string }) {
  await page.goto(`${run.portalUrl}/admin/single-sign-on`);
  await expect(page.getByText('Everybody signs in with a password.')).toBeVisible();
  await looksRight(page, 'single-sign-on-empty', { alike: true });
  await page.getByRole('button', { name: 'Set up single sign-on' }).click();
  await page.getByLabel('Provider’s address').fill('https://169.254.169.254/');
  await page.getByLabel('Client ID').fill(client.client_id);
  await page.getByLabel('Client secret').fill(client.client_secret);
  await page.getByLabel('E-mail domains').fill(domain);
  await page.getByLabel('Group 1', { exact: true }).fill('cf-admins');
  await page.getByLabel('Role of group 1').selectOption('admin');
  await page.getByRole('button', { name: 'Add a group' }).click();
  await page.getByLabel('Group 2', { exact: true }).fill('cf-agents');
  await page.getByLabel('Make an account').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The provider’s address must name a host, not an IP address.')).toBeVisible();
  await looksRight(page, 'single-sign-on-dialog');
  await page.getByLabel('Provider’s address').fill(issuer);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Single sign-on is saved.')).toBeVisible();
}

async function comeIn(page: Page, email: string, next: string): Promise<void> {
  await page.context().clearCookies({ domain: 'localhost' });
  await page.goto(run.portalUrl + next);
  await page.getByRole('link', { name: 'Use single sign-on' }).click();
  await expect(page.getByRole('heading', { name: 'Single sign-on' })).toBeVisible();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('link', { name: 'Continue with single sign-on' }).click();
}

test('an owner sets up and tries a provider; its people come in where they were headed, with the role of their groups of today, and confirm there that it is them', async ({
  page,
  browser,
}) => {
  const owner = await newOwnerElsewhere();
  const domain = `${uniqueReference().toLowerCase()}.example`;
  const groups = new Map([['ada', ['cf-admins']]]);
  const provider = await serveProvider(domain, groups);
  try {
    await signIn(page, owner);
    await setUp(page, domain, provider);
    await page.getByRole('button', { name: 'Try it' }).click();
    await dialog(page).getByRole('button', { name: 'Try it' }).click();
    await atProvider(page, 'ada');
    await expect(page.getByText('This person would come in as admin.')).toBeVisible();
    await expect(page.getByText('An account would be made for them.')).toBeVisible();
    await expect(page.getByText('["cf-admins"]')).toBeVisible();
    await looksRight(page, 'single-sign-on');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Switched on').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Single sign-on is saved.')).toBeVisible();

    const person = await (await browser.newContext()).newPage();
    await comeIn(person, `anybody@${domain}`, '/admin/branding');
    await atProvider(person, 'ada');
    await person.waitForURL(`${run.portalUrl}/admin/branding`);
    await expect(person.getByRole('heading', { name: 'Branding', exact: true })).toBeVisible();

    await withDatabase(
      (sql) => sql`update sessions set verified_at = cf_now() - interval '10 minutes' from users
        where users.id = user_id and email = ${`ada@${domain}`}`,
    );
    await person.goto(`${run.portalUrl}/admin/developers`);
    await person.getByRole('button', { name: 'New API key' }).click();
    await dialog(person).getByLabel('Name', { exact: true }).fill('Proved at the provider');
    await dialog(person).getByRole('checkbox').first().check();
    await dialog(person).getByRole('button', { name: 'Create' }).click();
    const opened = person.waitForEvent('popup');
    await dialog(person).getByRole('link', { name: 'Confirm with single sign-on' }).click();
    const tab = await opened;
    await atProvider(tab, 'ada');
    await expect(tab.getByRole('heading', { name: 'Confirmed' })).toBeVisible();
    await tab.close();
    await dialog(person).getByRole('button', { name: 'Create' }).click();
    await expect(person.getByTestId('secret')).toBeVisible();

    groups.set('ada', ['cf-agents']);
    await comeIn(person, `anybody@${domain}`, '/admin/branding');
    await expect(person.getByRole('heading', { name: 'Your role does not include' })).toBeVisible();
    groups.set('ada', ['others']);
    await comeIn(person, `anybody@${domain}`, '/admin/branding');
    await expect(person.getByText('None of your groups may use Counterfoil.')).toBeVisible();
    await expect(person).toHaveURL(/next=%2Fadmin%2Fbranding/);
    await person.context().close();
  } finally {
    provider.close();
    await withDatabase((sql) => sql`delete from api_keys where name = 'Proved at the provider'`);
    await forget(domain);
    await retire(owner);
  }
});

test('an e-mail whose domain has no provider is told so, whoever it is; only an owner sets one up', async ({
  page,
}) => {
  await page.goto(`${run.portalUrl}/sign-in/single-sign-on`);
  for (const email of [run.owner.email, 'nobody@nowhere.example']) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByText('Single sign-on is not set up for this e-mail address.')).toBeVisible();
  }
  await looksRight(page, 'single-sign-on-sign-in');
  await signIn(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/single-sign-on`);
  await expect(page.getByRole('heading', { name: 'Your role does not include' })).toBeVisible();
});
