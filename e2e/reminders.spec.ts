import type { Page } from '@playwright/test';
import { freshProfile, switchProfile } from './crm';
import { withDatabase } from './database';
import { as, detail, dialog, looksRight } from './desk';
import { expect, type House, type InboxMessage, type Link, run, test, uniqueReference } from './support';

/** Lets so many hours be over since the issue of a link, or be left until its end, and the worker look. */
const pass = (link: Link, { since, left }: { since: number; left: number }) =>
  withDatabase(async (sql) => {
    const [id] = await sql`select id from payment_links where reference = ${link.reference}`;
    await sql`update link_tokens set created_at = now() - make_interval(hours => ${since})
      where payment_link_id = ${id?.id}`;
    await sql`update payment_links set expires_at = now() + make_interval(hours => ${left}) where id = ${id?.id}`;
    await sql`select graphile_worker.add_job('sweep')`;
  });

const got = (house: House, to: string) => house.control<InboxMessage>(`inbox?to=${encodeURIComponent(to)}`);
const card = (page: Page) => page.getByRole('region', { name: 'Reminders' });

/** A profile of these tests alone. */
const profile = uniqueReference();

async function toProfile(page: Page): Promise<void> {
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await page.getByRole('link', { name: profile }).click();
  await expect(card(page)).toBeVisible();
}

test.describe.configure({ mode: 'serial' });

test('an admin switches reminders on; who answers STOP or unsubscribes gets no more, and staff see why', async ({
  page,
  request,
  house,
}) => {
  await freshProfile(profile);
  await switchProfile(profile, true);
  await toProfile(page);
  const id = page.url().split('/').at(-1);
  await card(page).getByRole('button', { name: 'Switch reminders on' }).click();
  await looksRight(page, 'reminders-dialog');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page).getByRole('listitem')).toHaveText([
    '1 day after the issue',
    '3 hours before the end',
  ]);
  await looksRight(page, 'reminders-profile');

  const mailbox = `${uniqueReference().toLowerCase()}@example.test`;
  const phone = `+4477009${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`;
  const customer = { name: 'Ada Lovelace', email: mailbox, phone };
  const link = await house.issue({ profile: id, customer, send: [{ channel: 'sms' }, { channel: 'email' }] });
  await pass(link, { since: 25, left: 47 });
  const reminder = async (to: string) =>
    (await got(house, to)).find(
      ({ text }) => text.includes('reminds you') || text.includes('Stop reminders'),
    );
  await expect.poll(() => reminder(phone)).toBeTruthy();
  await expect.poll(() => reminder(mailbox)).toBeTruthy();

  await page.goto(`${run.sandboxUrl}/inbox?to=${encodeURIComponent(phone)}`);
  await page.getByLabel('Answer to').first().fill('Stop');
  await page.getByRole('button', { name: 'Answer' }).first().click();
  await expect(page.getByRole('status')).toContainText('on its way');

  const address = (await reminder(mailbox))?.links.find((one) => one.includes('/unsubscribe/')) ?? '';
  for (const method of ['GET', 'HEAD']) await request.fetch(address, { method });
  const foreign = await request.post(address, { form: { act: 'stop' } });
  expect(foreign.status()).toBe(403);
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Stop reminders?' })).toBeVisible();
  await looksRight(page, 'unsubscribe-ask');
  await page.getByRole('button', { name: 'Stop reminders' }).click();
  await expect(page.getByRole('heading', { name: 'Reminders are stopped' })).toBeVisible();
  await looksRight(page, 'unsubscribe-stopped', { alike: true });
  await page.getByRole('button', { name: 'Changed your mind?' }).click();
  await expect(page.getByRole('heading', { name: 'Stop reminders?' })).toBeVisible();
  const oneClick = await request.post(address, { multipart: { 'List-Unsubscribe': 'One-Click' } });
  expect(oneClick.status()).toBe(200);

  await pass(link, { since: 25, left: 2 });
  await page.goto(detail(link));
  await expect(page.getByText('Reminder left out')).toBeVisible();
  await expect(card(page)).toContainText('Wants no SMS since');
  await expect(card(page)).toContainText('Wants no reminders since');
  await expect(card(page)).toContainText('None: the customer');
  await looksRight(page, 'reminders-link');
  expect((await got(house, phone)).filter(({ text }) => text.includes('reminds you'))).toHaveLength(1);
});

test('staff note what they are told and lift it, and an admin switches reminders off', async ({
  page,
  house,
}) => {
  const link = await house.issue({ customer: { email: `${uniqueReference()}@example.test` } });
  await as(page, run.admin);
  await page.goto(detail(link));
  await card(page).getByRole('button', { name: 'Wants no reminders' }).click();
  await looksRight(page, 'opt-out-dialog', { alike: true });
  await dialog(page).getByRole('button', { name: 'Send no more reminders' }).click();
  await expect(card(page)).toContainText('Wants no reminders since');
  await card(page).getByRole('button', { name: 'Allow reminders again' }).click();
  await dialog(page).getByRole('button', { name: 'Allow reminders again' }).click();
  await expect(card(page)).not.toContainText('Wants no reminders since');
  await toProfile(page);
  await card(page).getByRole('button', { name: 'Switch off' }).click();
  await expect(card(page)).toContainText('Nobody is reminded');
  await switchProfile(profile, false);
});
