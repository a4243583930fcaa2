import type { Browser, Page } from '@playwright/test';
import { withDatabase } from './database';
import { dialog, looksRight } from './desk';
import { newAgent, newOwnerElsewhere, retire } from './newcomer';
import { expect, type House, type InboxMessage, run, signIn, test, uniqueReference } from './support';

const PASSWORD = 'glass otter under nine stairs';
const at = (path: string) => `${run.portalUrl}${path}`;
const newEmail = () => `${uniqueReference().toLowerCase()}@cedar.example`;
const fresh = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

/** The link in the newest letter with this subject. */
async function linkIn(house: House, to: string, subject: string): Promise<string> {
  let link: string | undefined;
  await expect(async () => {
    const inbox = await house.control<InboxMessage>(`inbox?to=${encodeURIComponent(to)}`);
    link = inbox.find((one) => one.subject.includes(subject))?.links[0];
    expect(link).toContain('/set-password#');
  }).toPass();
  return link ?? '';
}

async function setPassword(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('Your password is set.')).toBeVisible();
}

/** What an owner does with a person, to the end. */
async function manage(page: Page, act: string, done: string, choose?: () => Promise<void>): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`^${act}: `) });
  if (!(await button.isVisible())) await page.getByText('Manage', { exact: true }).click();
  await button.click();
  await choose?.();
  await dialog(page).getByRole('button', { name: act }).click();
  await expect(page.getByText(done)).toBeVisible();
}

/** A stream of a payment session, opened in this page, that is still open; `ended` of the window resolves to when it ends. */
const openStream = (page: Page) =>
  page.evaluate(async () => {
    const link = { amountMinor: 1240, currency: 'GBP', customer: { email: 'ada@example.com' } };
    const body = JSON.stringify({ kind: 'digital', ...link });
    const headers = { 'content-type': 'application/json' };
    const made = await fetch('/api/agent/sessions', { method: 'POST', headers, body });
    const { session } = (await made.json()) as { session: { id: string } };
    const stream = await fetch(`/api/agent/sessions/${session.id}/live`);
    const reader = stream.body?.getReader();
    await reader?.read();
    const ended = (async () => {
      while (!(await reader?.read())?.done);
      return Date.now();
    })();
    Object.assign(window, { ended });
    return stream.status;
  });

test('somebody is invited, joins by the letter, gets another role, is signed out elsewhere and disabled: each at once', async ({
  page,
  browser,
  house,
}) => {
  const owner = await newOwnerElsewhere();
  const email = newEmail();
  try {
    await signIn(page, owner);
    await page.goto(at('/admin/team'));
    await page.getByRole('button', { name: 'Invite' }).click();
    await dialog(page).getByLabel('Name').fill('Ida New');
    await dialog(page).getByLabel('E-mail').fill(owner.email);
    await dialog(page).getByRole('button', { name: 'Send invitation' }).click();
    await expect(dialog(page).getByText('is on your team already')).toBeVisible();
    await dialog(page).getByLabel('E-mail').fill(email);
    await looksRight(page, 'team-invite');
    await dialog(page).getByRole('button', { name: 'Send invitation' }).click();
    const link = await linkIn(house, email, 'Join');
    await page.goto(at(`/admin/team?text=${email}`));
    await expect(page.getByText('The e-mail is sent.')).toBeVisible();
    await page.getByText('Manage', { exact: true }).click();
    await looksRight(page, 'team');

    const theirs = await fresh(browser);
    expect((await theirs.request.get(link)).status()).toBe(200);
    await setPassword(theirs, link, PASSWORD);
    await signIn(theirs, { email, password: PASSWORD });
    await expect(theirs).toHaveURL(/\/agent/);
    expect(await openStream(theirs)).toBe(200);

    await page.reload();
    const toViewer = () =>
      dialog(page)
        .getByRole('radio', { name: /^Viewer/ })
        .check();
    await manage(page, 'Change role', 'The role is changed.', toViewer);
    await theirs.goto(at('/agent'));
    await expect(theirs.getByText('Your role does not include')).toBeVisible();
    await theirs.goto(at('/admin/team'));
    await expect(theirs.getByText('Your role does not include seeing the team')).toBeVisible();

    const elsewhere = await fresh(browser);
    await signIn(elsewhere, { email, password: PASSWORD });
    await theirs.goto(at('/account/sessions'));
    await expect(theirs.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(2);
    await looksRight(theirs, 'account-sessions');
    await theirs.getByRole('button', { name: 'Sign out: Chrome' }).click();
    await expect(theirs.getByText('It is signed out.')).toBeVisible();
    await elsewhere.goto(at('/admin'));
    await expect(elsewhere).toHaveURL(/\/sign-in/);

    await manage(page, 'Disable', 'They are disabled.');
    await theirs.goto(at('/admin'));
    await expect(theirs).toHaveURL(/\/sign-in/);
  } finally {
    await retire({ email, password: '' });
    await owner.leave();
  }
});

test('a live stream ends within a second of its person’s access', async ({ page }) => {
  const agent = await newAgent();
  try {
    await signIn(page, agent);
    expect(await openStream(page)).toBe(200);
    const [row] = await withDatabase(
      (sql) => sql<{ at: Date }[]>`update users set disabled_at = cf_now() where email = ${agent.email}
        returning clock_timestamp() as at`,
    );
    const ended = await page.evaluate(() => (window as unknown as { ended: Promise<number> }).ended);
    expect(ended - (row?.at.getTime() ?? 0)).toBeLessThan(1_000);
  } finally {
    await retire(agent);
  }
});

test('a forgotten password is set anew by a letter; times follow the chosen zone; the password is changed', async ({
  page,
  house,
}) => {
  const agent = await newAgent();
  try {
    await page.goto(at('/sign-in'));
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await expect(page.getByRole('heading', { name: 'Forgot your password' })).toBeVisible();
    await page.getByLabel('E-mail').fill(agent.email);
    await looksRight(page, 'forgot-password', { alike: true });
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByText('Look into your mailbox.')).toBeVisible();
    await setPassword(page, await linkIn(house, agent.email, 'Set a new password'), PASSWORD);
    await signIn(page, { email: agent.email, password: PASSWORD });
    await page.getByText('Nora Keane', { exact: true }).first().click();
    const menu = page.getByRole('link', { name: 'Your account' });
    await menu.click();
    await expect(page.getByLabel('Show times in')).toBeVisible();
    await expect(menu).toBeHidden();
    await page.getByLabel('Show times in').selectOption('Asia/Tokyo');
    await page.getByRole('region', { name: 'Time zone' }).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('The time zone is saved.')).toBeVisible();
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password').fill('seven brass kettles sing');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('This password is not right.')).toBeVisible();
    await looksRight(page, 'account');
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('Your password is changed.')).toBeVisible();
    await page.getByRole('link', { name: 'Sessions' }).click();
    await expect(page.locator('time').first()).toHaveAttribute('title', /GMT\+9|JST/);
  } finally {
    await retire(agent);
  }
});
