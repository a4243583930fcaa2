import type { Page } from '@playwright/test';
import { withDatabase } from './database';
import { act, as, dialog, looksRight } from './desk';
import { expect, run, test, uniqueReference } from './support';

const HOOKS = `${run.portalUrl}/admin/webhooks`;
const newest = (page: Page) => page.getByRole('region', { name: 'The newest deliveries' });

/** Opens an act's dialog, and confirms it; it closes once it is done. */
async function perform(page: Page, label: string): Promise<void> {
  await act(page, label).click();
  await dialog(page).getByRole('button', { name: label }).click();
  await expect(dialog(page)).toBeHidden();
}

/** Makes an endpoint on the screen, wanting `type` and with a header of its own, and opens it; its address. */
async function made(page: Page, type: string, look = async () => {}): Promise<string> {
  const name = uniqueReference();
  const url = `${run.sandboxUrl}/receiver/${name}`;
  await page.goto(HOOKS);
  await page.getByRole('button', { name: 'New endpoint' }).click();
  await dialog(page).getByLabel('Address').fill('https://10.0.0.1/');
  await dialog(page).getByLabel('What it is for').fill('A trial');
  await dialog(page).getByRole('radio', { name: 'Only some' }).check();
  await dialog(page).getByRole('checkbox', { name: type }).check();
  await dialog(page).getByLabel('Headers of your own').selectOption('These');
  await dialog(page).getByLabel('Name 1').fill('X-Desk');
  await dialog(page).getByLabel('Value 1').fill('hush-1234');
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('must name a host, not an IP address');
  await look();
  await dialog(page).getByLabel('Address').fill(url);
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_\S{44}$/);
  const data = { mode: 'ok', secret: await page.getByTestId('secret').innerText() };
  await page.request.put(`${run.sandboxUrl}/control/receiver/${name}`, { data });
  await page.getByRole('link', { name: url }).click();
  return url;
}

test('an endpoint is made, tried, rotated, switched off and deleted on its screens, and every request can be read', async ({
  page,
}) => {
  const look = (name: string) => looksRight(page, name);
  await as(page, run.owner);
  await page.goto(HOOKS);
  await look('webhooks');
  const url = await made(page, 'payment_link.paid', () => look('webhook-new'));
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await expect(newest(page)).toContainText('Delivered');
  await look('webhook-endpoint');
  await page.getByRole('link', { name: 'test.ping' }).click();
  await expect(page.getByRole('region', { name: 'Try 1' })).toContainText('webhook-signature: v1,');
  await expect(page.getByRole('region', { name: 'Try 1' })).toContainText('X-Desk: •••');
  await look('webhook-delivery');
  await page.getByRole('link', { name: 'Deliveries' }).click();
  await expect(page.getByRole('table')).toContainText('Delivered');
  await look('webhook-log');
  const filter = page.getByRole('search');
  await filter.getByLabel('State').selectOption('Given up');
  await filter.getByLabel('Event type').selectOption('test.ping');
  await filter.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('No delivery matches')).toBeVisible();
  expect(page.url()).toMatch(/\?status=exhausted&types=test\.ping&endpoint=we_/);
  await filter.getByLabel('State').selectOption('Delivered');
  await filter.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('link', { name: 'test.ping' }).click();
  await page.getByRole('link', { name: url }).click();
  await perform(page, 'New secret');
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_\S{44}$/);
  await expect(page.getByText('Old secret until')).toBeVisible();
  await perform(page, 'Switch off');
  await expect(page.getByText('switched off by hand')).toBeVisible();
  await perform(page, 'Switch on');
  await perform(page, 'Delete');
  await page.waitForURL(/\/admin\/webhooks$/);
  await expect(page.getByRole('link', { name: url })).toBeHidden();
});

test('an endpoint is edited beside somebody else, says by itself that it fails, and past events are sent again', async ({
  page,
  house,
}) => {
  const look = (name: string) => looksRight(page, name);
  await house.issue();
  await as(page, run.admin);
  const url = await made(page, 'payment_link.late_payment');
  await page.waitForURL(/\/we_\w+$/);
  const id = page.url().split('/').at(-1) ?? '';
  const facts = page.getByRole('region', { name: 'Endpoint' });
  await expect(facts).toContainText('X-Desk');

  await act(page, 'Edit').click();
  await dialog(page).getByLabel('Address').fill(`${url}/moved`);
  await dialog(page).getByLabel('Headers of your own').selectOption('Take them all away');
  const theirs = await house.api(
    'PATCH',
    `/webhook-endpoints/${id}`,
    { description: 'Theirs' },
    { 'if-match': '"1"' },
  );
  expect(theirs.status()).toBe(200);
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('What it is for: Theirs');
  await look('webhook-edit');
  await dialog(page).getByRole('button', { name: 'Save mine' }).click();
  await expect(page.getByRole('heading', { name: `${url}/moved` })).toBeVisible();
  await expect(facts).toContainText('Theirs');
  await expect(facts).not.toContainText('X-Desk');

  await withDatabase(
    (sql) => sql`update webhook_endpoints set failing_since = cf_now() - interval '61 hours'
    where url = ${`${url}/moved`}`,
  );
  await expect(page.getByText('50 % of the way is gone')).toBeVisible();
  await look('webhook-failing');
  await perform(page, 'Pause');
  await expect(page.getByText('once it goes on, it is judged anew')).toBeVisible();

  await act(page, 'Replay').click();
  await expect(dialog(page)).toContainText('Events of the last 30 days can be sent again');
  await dialog(page).getByLabel('What happened within').selectOption('days that I choose');
  await dialog(page).getByRole('radio', { name: 'Only some' }).check();
  await dialog(page).getByRole('button', { name: 'Replay' }).click();
  await expect(dialog(page).getByRole('alert')).toHaveText('Choose at least one event type, or all.');
  await dialog(page).getByRole('checkbox', { name: 'payment_link.created' }).check();
  await look('webhook-replay');
  await dialog(page).getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByText(/^\d+ events? from .* on the way again/)).toBeVisible();
  await expect(newest(page)).toContainText('payment_link.created');
  await perform(page, 'Delete');
});

test('a viewer sees webhooks and can do nothing with them; an agent is told who can', async ({ page }) => {
  await as(page, run.viewer);
  await page.goto(HOOKS);
  await expect(page.getByRole('list', { name: 'Endpoints' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New endpoint' })).toBeHidden();
  await page.goto(`${HOOKS}/${run.webhookEndpoint.id}`);
  await expect(newest(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'What you can do' })).toBeHidden();
  await as(page, run.agent);
  for (const path of ['', `/${run.webhookEndpoint.id}`, '/deliveries']) {
    await page.goto(HOOKS + path);
    await expect(page.getByText('Your role does not include seeing webhooks')).toBeVisible();
  }
});
