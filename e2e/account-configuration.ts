import type { APIRequestContext, Page } from '@playwright/test';
import { freshProfile, switchProfile } from './crm';
import { withDatabase } from './database';
import { as, dialog, looksRight } from './desk';
import { expect, type House, type InboxMessage, run } from './support';
import type { Status } from './vonage-client';

const card = (page: Page) => page.getByRole('region', { name: 'Vonage-compatible API' });

/** An account configuration of this test alone, set up by an admin on its screen, with a receiver of its own. */
export async function accountConfiguration(
  page: Page,
  request: APIRequestContext,
  name: string,
): Promise<void> {
  await freshProfile(name);
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await page.getByRole('list', { name: 'Payment profiles' }).getByRole('link', { name }).click();
  await expect(card(page)).toContainText('None yet');
  await card(page).getByRole('button', { name: 'Switch on' }).click();
  await dialog(page).getByLabel('Account configuration').fill(name);
  await looksRight(page, 'compatible-switch', { alike: true });
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).toContainText(name);
  await card(page).getByRole('button', { name: 'Set up webhook' }).click();
  await dialog(page).getByLabel('Address', { exact: true }).fill(`${run.sandboxUrl}/receiver/${name}`);
  await looksRight(page, 'compatible-webhook', { alike: true });
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_\S{44}$/);
  const data = { mode: 'ok', secret: await page.getByTestId('secret').innerText() };
  await request.put(`${run.sandboxUrl}/control/receiver/${name}`, { data });
  await looksRight(page, 'compatible-card');
  // That telephone orders are taken is an owner's word.
  await withDatabase((sql) => sql`update payment_profiles set moto = true where name = ${name}`);
  await switchProfile(name, true);
}

/** The one webhook of a payment has come to the receiver, signed, with what a read of the session answers. */
export async function webhookTells(house: House, name: string, ended: Status): Promise<void> {
  const received = () => house.control<{ verified: boolean; body: Status }>(`receiver/${name}`);
  await expect.poll(async () => (await received()).length).toBe(1);
  // A call that is put back after it is news of its session, and no other result.
  const body = { ...ended, lastUpdatedOn: expect.any(String) };
  expect(await received()).toMatchObject([{ verified: true, body }]);
}

/** The address in the SMS that went to this number. */
export async function linkSentTo(house: House, number: string): Promise<string> {
  const find = () => house.control<InboxMessage>(`inbox?to=${encodeURIComponent(number)}`);
  await expect.poll(async () => (await find()).length).toBe(1);
  return (await find())[0]?.links[0] ?? '';
}

export const randomNumber = (): string =>
  `4477009${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`;
