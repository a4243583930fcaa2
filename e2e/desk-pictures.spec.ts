import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { faultsOf } from './axe';
import { withDatabase } from './database';
import { as, dialog, tooWide } from './desk';
import { type Furnished, furnish } from './desk-house';
import { expect, run, test } from './support';

test.describe.configure({ mode: 'parallel', timeout: 1_200_000 });

/** All are kept where CF_SCREENS names a folder; else `npm run screens` keeps a few. */
const folder = process.env.CF_SCREENS ?? path.join(process.env.CF_PICTURES ?? '', 'desk');
/** And in which light axe looks there. */
const SIZES = [
  [{ width: 768, height: 1024 }, 'dark'],
  [{ width: 1440, height: 900 }, 'light'],
] as const;
const LOOKS = ['light', 'dark'] as const;
const DESK = path.join(import.meta.dirname, '..', 'app', '(staff)', '(desk)');

/** Every page of the desk, as the sources have them: one that is new is looked at without being named here. */
const pages = readdirSync(DESK, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith(`${path.sep}page.tsx`) && !file.includes('payment/'))
  .map((file) => `/${path.dirname(file).replaceAll(path.sep, '/')}`.replace(/\/\([^)]*\)/g, ''))
  .sort();

type Shot = { whole?: boolean };

/** In both widths, light and dark: nothing is wider than the window, and axe finds no fault in either light. */
async function looked(page: Page, name: string, { whole = true }: Shot = {}): Promise<void> {
  for (const [size, axed] of SIZES) {
    await page.setViewportSize(size);
    expect.soft(await tooWide(page), `${name} at ${size.width}`).toEqual([]);
    for (const colorScheme of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (colorScheme === axed) await isSound(page, `${name}, ${colorScheme}`);
      const file = path.join(folder, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: whole });
    }
  }
}

const isSound = async (page: Page, name: string) =>
  expect
    .soft(
      (await faultsOf(page)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      name,
    )
    .toEqual([]);

/** What opens over a page, and closes when the window is changed, in the wide one alone. */
async function opened(page: Page, name: string): Promise<void> {
  for (const colorScheme of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await isSound(page, `${name}, ${colorScheme}`);
    await page.screenshot({ path: path.join(folder, `${name}-1440-${colorScheme}.png`) });
  }
}

async function everyPage(page: Page, { name, who, ids }: Furnished): Promise<void> {
  await as(page, who);
  for (const one of pages) {
    const of = ids[one];
    await page.goto(run.portalUrl + (of ? one.replace('[id]', of) : one));
    await expect.soft(page.locator('main h1').first(), `${one} has a heading`).toBeVisible();
    await looked(page, `${name}${one.replace('[id]', 'one').replaceAll('/', '-')}`);
  }
}

for (const [name, size] of [
  ['none', 0],
  ['three', 3],
  ['many', 10_000],
] as const)
  test(`pictures of every page of the desk with ${size} links`, async ({ page }) => {
    await everyPage(page, await furnish(name, size));
  });

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

test('pictures of what opens over a page', async ({ page }) => {
  const { who, ids } = await furnish('over', 300);
  const at = (where: string) => page.goto(run.portalUrl + where);
  await as(page, who);
  await page.setViewportSize({ width: 1440, height: 900 });
  await at('/admin');
  await looked(page, 'over-list', { whole: false });
  await at('/admin?status=paid&period=30&channel=email&currency=GBP&minAmountMinor=1000');
  await looked(page, 'over-filtered');
  await at('/admin?q=nobody+has+this');
  await looked(page, 'over-none-found');
  await at('/admin');
  await page.setViewportSize({ width: 1440, height: 900 });
  await press(page, 'Views');
  await opened(page, 'over-views');
  await page.keyboard.press('Escape');
  await press(page, 'Columns');
  await opened(page, 'over-columns');
  await page.keyboard.press('Escape');
  await press(page, /^More: /);
  await opened(page, 'over-row');
  await page.keyboard.press('Escape');
  await press(page, 'Filter');
  await looked(page, 'over-filter', { whole: false });
  await press(page, 'Leave it');
  await page.getByRole('row').getByRole('checkbox').first().check();
  await looked(page, 'over-chosen', { whole: false });
  await page.getByRole('region', { name: 'Do something to many' }).getByRole('checkbox').check();
  await press(page, 'Cancel links');
  await expect(dialog(page).getByRole('heading')).toBeVisible();
  await looked(page, 'over-bulk', { whole: false });
  await at('/admin/home');
  await page.keyboard.press('Control+k');
  await looked(page, 'over-palette', { whole: false });
  await page.keyboard.type('zoe');
  await expect(page.getByRole('option', { name: /ORD-/ }).first()).toBeVisible();
  await looked(page, 'over-palette-found', { whole: false });
  await at(`/admin/links/${ids.open}`);
  await page.getByText('Show as a QR code').click();
  await looked(page, 'over-qr');
});

/** A page of a house with 300 links, a button there, and the name of the picture of the dialog that it opens. */
const DIALOGS = [
  ['/admin', 'Export', 'export'],
  ['/admin/links/[id]', 'Refund', 'refund'],
  ['/admin/links/[id]', 'Erase customer data', 'erase'],
  ['open', 'Edit', 'edit-link'],
  ['open', 'Move pay-by time', 'pay-by'],
  ['open', 'Issue anew', 'issue-anew'],
  ['open', 'Cancel link', 'cancel'],
  ['/admin/money/unknown', 'Decide by hand', 'decide'],
  ['/admin/money/notices', 'Dismiss', 'dismiss'],
  ['/admin/money/requests', 'Refuse', 'refuse'],
  ['/admin/profiles/[id]', 'Set up lookup', 'lookup'],
  ['/admin/profiles/[id]', 'Set up write-back', 'write-back'],
  ['/admin/profiles/[id]', 'Switch reminders on', 'reminders'],
  ['/admin/gateways', 'New payment profile', 'profile'],
  ['/admin/gateways', 'Replace key', 'gateway-key'],
  ['/admin/branding', 'Choose another', 'domain'],
  ['/admin/single-sign-on', 'Set up single sign-on', 'single-sign-on'],
  ['/admin/webhooks', 'New endpoint', 'endpoint'],
  ['/admin/webhooks/[id]', 'Replay', 'replay'],
  ['/admin/webhooks/[id]', 'New secret', 'new-secret'],
  ['/admin/developers', 'New OAuth client', 'client'],
  ['/admin/developers', 'Revoke: Web shop', 'revoke'],
  ['/admin/developers', 'New API key', 'api-key'],
  ['/admin/team', 'Invite', 'invitation'],
] as const;

test('pictures of the dialogs', async ({ page }) => {
  const { who, ids } = await furnish('dialogs', 300);
  const at = (where: string) => page.goto(run.portalUrl + where);
  await as(page, who);
  for (const [one, button, name] of DIALOGS) {
    const id = ids[one] ?? '';
    await at(one === 'open' ? `/admin/links/${id}` : one.replace('[id]', id));
    await press(page, button);
    await expect(dialog(page).getByRole('heading')).toBeVisible();
    await looked(page, `dialog-${name}`, { whole: false });
  }
  await withDatabase(
    (sql) =>
      sql`update sessions set verified_at = cf_now() - interval '1 hour'
          from users where users.id = sessions.user_id and users.email = ${who.email}`,
  );
  await dialog(page).getByLabel('Name').fill('Zoë Quirk');
  await dialog(page).getByLabel('E-mail').fill('zoe.quirk@example.test');
  await press(page, 'Send invitation');
  await expect(page.getByLabel('Your password')).toBeVisible();
  await looked(page, 'dialog-step-up', { whole: false });
  await at('/admin?status=paid');
  await page.setViewportSize({ width: 1440, height: 900 });
  await press(page, 'Views');
  await press(page, 'Save as a view');
  await expect(dialog(page).getByRole('heading')).toBeVisible();
  await looked(page, 'dialog-view', { whole: false });
  await at('/admin/import');
  await page.getByText('Paste rows instead').click();
  await page
    .getByLabel('Rows with their header')
    .fill('amountMinor,currency,reference\n4999,GBP,ORD-1\n0,GBP,ORD-2\n150,XXX,ORD-3');
  await press(page, 'Check these rows');
  await expect(page.getByRole('heading', { name: /rows checked/ })).toBeVisible();
  await looked(page, 'dialog-import');
});
