import type { Locator, Page } from '@playwright/test';
import { faultsOf } from './axe';
import { expire, withDatabase } from './database';
import {
  APPROVED,
  expect,
  expectState,
  type House,
  type InboxMessage,
  type Link,
  pay,
  run,
  signIn,
  test,
  uniqueReference,
} from './support';

const MONEY = `${run.portalUrl}/admin/money`;
const fault = async (house: House, data: object): Promise<string> => {
  const answer = await house.request.post(`${run.sandboxUrl}/control/faults`, {
    data: { times: 1000, ...data },
  });
  return ((await answer.json()) as { id: string }).id;
};
const tamper = (house: House, data: object) =>
  house.request.post(`${run.sandboxUrl}/control/gateway/tamper`, { data });
const expectNoViolation = async (page: Page) => expect(await faultsOf(page)).toEqual([]);

/** A payer in a browser window of their own pays; it ends as `state`. */
async function payIn(page: Page, link: Link, state: string): Promise<void> {
  const payer = await page.context().newPage();
  await payer.goto(link.url);
  await pay(payer, APPROVED);
  await expectState(payer, state);
  await payer.close();
}

/** Fills the open dialog's reason and confirms; without a reason it stays open. */
async function decide(item: Locator, label: string, confirm = label): Promise<void> {
  await item.getByRole('button', { name: label }).click();
  const dialog = item.getByRole('dialog');
  await dialog.getByRole('button', { name: confirm }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Reason').fill('Compared with the gateway.');
  await dialog.getByRole('button', { name: confirm }).click();
  await expect(dialog).toBeHidden();
}

test('an outcome that nobody knows stands in the list, is asked for at once, and goes when the gateway has told', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  const match = { paymentLink: link.id };
  await fault(house, { target: 'gateway', operation: 'authorize', kind: 'error_after', match });
  await fault(house, { target: 'gateway_webhooks', operation: 'payment', kind: 'lose', match });
  const silence = await fault(house, { target: 'gateway', operation: 'read', kind: 'refuse', match });
  await payIn(page, link, 'confirming');
  await signIn(page, run.admin);
  await page.goto(`${MONEY}/unknown`);
  const item = page.getByRole('listitem').filter({ hasText: link.reference });
  await expect(item.getByText('The gateway answered with the error 500.')).toBeVisible();
  await expectNoViolation(page);
  await house.request.delete(`${run.sandboxUrl}/control/faults/${silence}`);
  await item.getByRole('button', { name: 'Ask the gateway now' }).click();
  await expect(item).toBeHidden();
  expect((await house.link(link.id)).status).toBe('paid');
});

test('a notice for another currency says why it was set aside, is applied again once it is true, and dismissed with a reason', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await tamper(house, { paymentLink: link.id, currency: 'EUR' });
  await payIn(page, link, 'confirming');
  await signIn(page, run.owner);
  await page.goto(`${MONEY}/notices`);
  const items = page.getByRole('listitem').filter({ hasText: link.reference });
  const notice = items.filter({ hasText: 'payment.captured' });
  await expect(notice.getByText('A payment has another amount or currency than the try.')).toBeVisible();
  await expect(notice.getByText('It took €12.40')).toBeVisible();
  await expect(notice.getByText('£12.40')).toBeVisible();
  await expectNoViolation(page);
  await tamper(house, { paymentLink: link.id });
  const answer = items.filter({ hasText: 'answer.read' });
  await answer.getByRole('button', { name: 'Apply again' }).click();
  await answer.getByRole('dialog').getByRole('button', { name: 'Apply again' }).click();
  await expect(answer).toBeHidden();
  await expect.poll(async () => (await house.link(link.id)).status).toBe('paid');
  await decide(notice, 'Dismiss');
  await expect(notice).toBeHidden();
});

test('a difference of a day leads to its link; balanced again, the day agrees without a reload', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  const day = new Date(Date.now() - (30 + Math.floor(Math.random() * 300)) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  await withDatabase(
    (
      sql,
    ) => sql`insert into balance_reports (merchant_id, id, profile_id, day, currency, gateway_minor, ledger_minor,
      events_minor, gap_count, gaps) select merchant_id, gen_random_uuid(), profile_id, ${day}, 'GBP', 0, 1240, 1240, 1,
      ${sql.json([{ kind: 'link_total', entry: null, reference: link.id, hereMinor: 1240, gatewayMinor: null }])}
      from payment_links where reference = ${link.reference}`,
  );
  await signIn(page, run.admin);
  await page.goto(`${MONEY}/balance?gaps=1`);
  await expectNoViolation(page);
  const label = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
  await page.getByRole('link', { name: `${label.format(new Date(day))} · GBP` }).click();
  await expect(page.getByRole('link', { name: link.reference })).toHaveAttribute(
    'href',
    `/admin/links/${link.id}`,
  );
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'Balance this day again' }).click();
  await expect(page.getByText('Everything agrees')).toBeVisible({ timeout: 20_000 });
});

test('an alert is put away with a reason, and a customer who asked gets a new link at the address on file', async ({
  page,
  house,
}) => {
  const email = `${uniqueReference().toLowerCase()}@example.test`;
  const link = await house.issue({ customer: { email } });
  await expire(link.reference);
  await withDatabase(async (sql) => {
    await sql`insert into alerts (merchant_id, kind, subject, message, payment_link_id)
      select merchant_id, 'duplicate_charge', id::text, 'Charged twice.', id from payment_links where reference = ${link.reference}`;
    await sql`insert into link_requests (merchant_id, id, payment_link_id, state)
      select merchant_id, gen_random_uuid(), id, 'pending' from payment_links where reference = ${link.reference}`;
  });
  await signIn(page, run.admin);
  await page.getByRole('link', { name: 'Open alerts' }).click();
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible();
  await expectNoViolation(page);
  const alert = page.getByRole('listitem').filter({ hasText: link.reference });
  await decide(alert, 'Put away');
  await expect(alert).toBeHidden();
  await page.goto(`${MONEY}/requests`);
  await expectNoViolation(page);
  const wish = page.getByRole('listitem').filter({ hasText: link.reference });
  await wish.getByRole('button', { name: 'Send a new link' }).click();
  await expect(wish).toBeHidden();
  await expect.poll(async () => (await house.control<InboxMessage>(`inbox?to=${email}`)).length).toBe(1);
});

test('the ledger is narrowed to a link; a viewer may only look, and an agent sees no money', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await payIn(page, link, 'paid');
  await signIn(page, run.viewer);
  await page.goto(`${MONEY}/ledger?link=${link.id}`);
  await expect(page.getByRole('row').filter({ hasText: link.reference })).toContainText('£12.40');
  await expectNoViolation(page);
  for (const [part, act] of [
    ['alerts', 'Pause for 15 minutes'],
    ['balance', 'Balance this day'],
  ] as const) {
    await page.goto(`${MONEY}/${part}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: act })).toHaveCount(0);
  }
  await page.context().clearCookies();
  await signIn(page, run.agent);
  await page.goto(`${MONEY}/unknown`);
  await expect(page.getByText('Your role does not include looking after the money')).toBeVisible();
});
