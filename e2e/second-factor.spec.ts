import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { withDatabase } from './database';
import { dialog, looksRight } from './desk';
import { newAgent, retire } from './newcomer';
import { expect, run, signIn, test } from './support';

/** An agent of one test, without a second factor. */
const withAgent = test.extend<{ agent: { email: string; password: string } }>({
  agent: async ({ baseURL: _ }, use) => {
    const agent = await newAgent();
    await use(agent);
    await withDatabase(async (sql) => {
      for (const table of ['authenticator_apps', 'passkeys', 'recovery_codes', 'pending_sign_ins'])
        await sql`delete from ${sql(table)} where user_id = (select id from users where email = ${agent.email})`;
    });
    await retire(agent);
  },
});

const security = `${run.portalUrl}/account/security`;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const confirm = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();
const recoveryCodes = (page: Page) => page.getByTestId('recovery-codes').getByRole('listitem');

/** The code of the app whose key is on the page, of now or `steps` later: none counts twice. */
async function appOn(page: Page): Promise<(steps?: number) => string> {
  const key = (await page.getByTestId('app-key').innerText()).replace(/\s/g, '');
  const [totp, at] = [new TOTP({ secret: Secret.fromBase32(key) }), Date.now()];
  return (steps = 0) => totp.generate({ timestamp: at + steps * 30_000 });
}

async function password(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto(`${run.portalUrl}/sign-in?next=${encodeURIComponent('/account/security')}`);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await press(page, 'Sign in');
  await page.waitForURL(/second-step/);
}

withAgent(
  'an authenticator app is set up and signs in; a recovery code does so without script',
  async ({ page, agent, browser }) => {
    await signIn(page, agent);
    await page.goto(`${run.portalUrl}/account`);
    await page.getByRole('link', { name: 'Security' }).click();
    await expect(page.getByText('offered, not required')).toBeVisible();
    await looksRight(page, 'security-none');
    await press(page, 'Set up');
    await confirm(page, 'Show the QR code');
    const code = await appOn(page);
    await page.getByLabel('Code that the app shows').fill('000000');
    await press(page, 'Set up');
    await expect(page.getByText('That code is not right.').first()).toBeVisible();
    await looksRight(page, 'security-scan');
    await page.getByLabel('Code that the app shows').fill(code());
    await press(page, 'Set up');
    await expect(recoveryCodes(page)).toHaveCount(10);
    const spare = await recoveryCodes(page).first().innerText();
    await expect(page.getByText('On', { exact: true })).toBeVisible();
    await looksRight(page, 'security-codes');

    await page.context().clearCookies();
    await password(page, agent);
    await looksRight(page, 'second-step');
    await page.goto(`${run.portalUrl}/agent`);
    await expect(page).toHaveURL(/sign-in/);
    await page.goto(`${run.portalUrl}/sign-in/second-step?next=/account/security`);
    await page.getByLabel('Code', { exact: true }).fill(code());
    await press(page, 'Sign in');
    await expect(page.getByText('was used before')).toBeVisible();
    await page.getByLabel('Code', { exact: true }).fill(code(1));
    await press(page, 'Sign in');
    await page.waitForURL(security);

    const scriptless = await browser.newContext({ javaScriptEnabled: false });
    const plain = await scriptless.newPage();
    await password(plain, agent);
    await plain.getByRole('link', { name: 'Use a recovery code' }).click();
    await plain.getByLabel('Recovery code').fill(spare);
    await press(plain, 'Sign in');
    await plain.waitForURL(security);
    await expect(plain.getByText('9 of 10 are left')).toBeVisible();
    await scriptless.close();
  },
);

withAgent(
  'a passkey signs in alone and after the password, and confirms; it has a name and can go',
  async ({ page, agent }) => {
    const device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await signIn(page, agent);
    await page.goto(security);
    await press(page, 'Add a passkey');
    await dialog(page).getByLabel('Name').fill('Blue laptop');
    await confirm(page, 'Add');
    await expect(recoveryCodes(page)).toHaveCount(10);
    await expect(page.getByText('not used yet')).toBeVisible();

    await page.context().clearCookies();
    await page.goto(`${run.portalUrl}/sign-in?next=/account/security`);
    await press(page, 'Use a passkey');
    await page.waitForURL(security);
    await page.context().clearCookies();
    await password(page, agent);
    await press(page, 'Use a passkey');
    await page.waitForURL(security);

    await withDatabase(
      (sql) => sql`update sessions set verified_at = cf_now() - interval '6 minutes'
      where user_id = (select id from users where email = ${agent.email})`,
    );
    await press(page, 'Make new codes');
    await confirm(page, 'Make new codes');
    await expect(dialog(page).getByLabel('Your password')).toHaveCount(0);
    await expect(dialog(page).getByRole('button', { name: 'Use a passkey' })).toBeVisible();
    await looksRight(page, 'step-up-passkey');
    await confirm(page, 'Use a passkey');
    await expect(recoveryCodes(page)).toHaveCount(10);
    await press(page, 'Rename: Blue laptop');
    await dialog(page).getByLabel('Name').fill('Red laptop');
    await confirm(page, 'Save');
    await looksRight(page, 'security-passkey');
    await press(page, 'Remove: Red laptop');
    await confirm(page, 'Remove');
    await expect(page.getByText('offered, not required')).toBeVisible();
  },
);

withAgent('who must have a second factor sets it up before anything else', async ({ page, agent }) => {
  const secret = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(secret).digest('base64url');
  await withDatabase(
    (sql) => sql`insert into pending_sign_ins (hash, merchant_id, user_id)
      select ${hash}, merchant_id, id from users where email = ${agent.email}`,
  );
  await page.context().addCookies([{ name: 'counterfoil.second-step', value: secret, url: run.portalUrl }]);
  await page.goto(`${run.portalUrl}/agent`);
  await expect(page).toHaveURL(/sign-in/);
  await page.goto(`${run.portalUrl}/sign-in/second-step`);
  const code = await appOn(page);
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await press(page, 'Set up');
  await expect(page.getByText('That code is not right.')).toBeVisible();
  await looksRight(page, 'set-up');
  await page.getByLabel('Code', { exact: true }).fill(code());
  await press(page, 'Set up');
  await expect(recoveryCodes(page)).toHaveCount(10);
  await looksRight(page, 'set-up-codes');
  await press(page, 'I have kept them: go on');
  await page.waitForURL(/agent/);
});
