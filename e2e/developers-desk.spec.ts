import type { Page } from '@playwright/test';
import { as, dialog, looksRight } from './desk';
import { expect, run, signIn, test, uniqueReference } from './support';

const DESK = `${run.portalUrl}/admin/developers`;
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function fillNew(page: Page, label: string, name: string, scopes: string[]): Promise<string> {
  await page.getByRole('button', { name: label }).click();
  await dialog(page).getByLabel('Name').fill(name);
  for (const scope of scopes) await dialog(page).getByLabel(scope).check();
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await expect(dialog(page)).toBeHidden();
  return (await page.getByTestId('secret').textContent()) ?? '';
}

test('a key is made with what it may do, shown once, used, replaced with an overlap and revoked; its requests can be read', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const name = uniqueReference();
  const call = (key: string, method = 'GET', data?: object) =>
    request.fetch(`${run.portalUrl}/api/v1/payment-links`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'user-agent': name },
      ...(data && { data }),
    });
  await signIn(page, run.owner);
  await page.goto(DESK);
  await page.getByRole('button', { name: 'New API key' }).click();
  await dialog(page).getByLabel('Name').fill(name);
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Choose what it may do.');
  await looksRight(page, 'developers-new-key', { alike: true });
  await dialog(page).getByRole('button', { name: 'Leave it' }).click();
  const key = await fillNew(page, 'New API key', name, ['Read payment links', 'Create payment links']);
  expect(key).toMatch(/^cf_test_/);
  expect((await call(key)).status()).toBe(200);
  expect(
    (await call(key, 'POST', { amountMinor: 1, currency: 'GBP', surprise: 'Ada Lovelace' })).status(),
  ).toBe(422);
  await page.reload();
  await expect(page.getByText(key)).toHaveCount(0);
  const item = panel(page, 'API keys').getByRole('listitem').filter({ hasText: name });
  await expect(item).toContainText('Read payment links, Create payment links');
  await expect(item).not.toContainText('Never');
  await looksRight(page, 'developers-desk');
  await item.getByRole('button', { name: `Replace: ${name}` }).click();
  await dialog(page).getByRole('button', { name: 'Replace' }).click();
  await expect(dialog(page)).toBeHidden();
  const next = (await page.getByTestId('secret').textContent()) ?? '';
  expect([(await call(key)).status(), (await call(next)).status()]).toEqual([200, 200]);
  await page.reload();
  await item
    .first()
    .getByRole('button', { name: `Revoke: ${name}` })
    .click();
  await dialog(page).getByRole('button', { name: 'Leave it' }).click();
  expect((await call(next)).status()).toBe(200);
  await item
    .first()
    .getByRole('button', { name: `Revoke: ${name}` })
    .click();
  await dialog(page).getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(async () => (await call(next)).status()).toBe(401);
  expect((await call(key)).status()).toBe(200);
  await item.last().getByRole('link', { name: 'Its requests' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Requests' })).toBeVisible();
  await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
  await looksRight(page, 'developers-requests');
  await page.getByRole('navigation', { name: 'Filter' }).getByRole('link', { name: 'Refused' }).click();
  await expect(page.getByText('422 invalid')).toHaveCount(1);
  await page.getByRole('link', { name: 'POST /api/v1/payment-links' }).click();
  await expect(panel(page, 'What was sent')).toContainText('"surprise": "•••"');
  await expect(page.getByRole('main')).not.toContainText('Ada Lovelace');
  await expect(panel(page, 'Why it was refused')).toContainText('is not a known field');
  await looksRight(page, 'developers-request');
  await page.getByRole('link', { name: 'What invalid means' }).click();
  await expect(page).toHaveURL(`${run.portalUrl}/developers/problems/invalid`);
});

test('an OAuth client is made, its secret opens a token, and revoked it opens none', async ({
  page,
  request,
}) => {
  const name = uniqueReference();
  await signIn(page, run.owner);
  await page.goto(DESK);
  const secret = await fillNew(page, 'New OAuth client', name, ['Read ledger']);
  const item = panel(page, 'OAuth clients').getByRole('listitem').filter({ hasText: name });
  const id = /oac_[0-9a-z]+/.exec((await item.textContent()) ?? '')?.[0]?.slice(0, 30) ?? '';
  const token = async () =>
    (
      await request.post(`${run.portalUrl}/oauth/token`, {
        form: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
      })
    ).status();
  expect(await token()).toBe(200);
  await item.getByRole('button', { name: `Revoke: ${name}` }).click();
  await dialog(page).getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(token).toBe(401);
});

test('a viewer and an agent are told who can; a filter that nothing fits and one that is wrong say so', async ({
  page,
}) => {
  for (const who of [run.viewer, run.agent]) {
    await as(page, who);
    await page.goto(DESK);
    await expect(page.getByText('Your role does not include seeing API keys')).toBeVisible();
    await page.goto(`${DESK}/requests`);
    await expect(page.getByText('Your role does not include seeing API requests')).toBeVisible();
  }
  await as(page, run.admin);
  await page.goto(`${DESK}/requests?client=key_none`);
  await expect(page.getByText('No request matches')).toBeVisible();
  await page.goto(`${DESK}/requests?cursor=nothing`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('is not one that this list gave');
});
