import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { expire, withDatabase } from './database';
import { act, as, detail, dialog, fault, looksRight, payer, standing } from './desk';
import {
  APPROVED,
  betweenTries,
  expect,
  expectState,
  type House,
  type Link,
  pay,
  run,
  signIn,
  test,
} from './support';

const MONEY = `${run.portalUrl}/admin/money`;
const gateway = (request: APIRequestContext, path: string, data: object) =>
  request.post(`${run.sandboxUrl}/control/gateway/${path}`, { data });

/** A payer pays one part of a link that is paid in parts, and leaves when it has been taken. */
async function payPart(browser: Browser, house: House, link: Link, amount: string): Promise<void> {
  const captured = async () => Number((await house.link(link.id)).capturedMinor);
  const before = await captured();
  const page = await browser.newPage();
  await page.goto(link.url);
  await page.getByLabel(/amount/i).fill(amount);
  await pay(page, APPROVED);
  await expect.poll(captured).toBe(before + Number(amount.replace('.', '')));
  await betweenTries(page);
  await page.close();
}

/** A payment whose answer was lost two days ago, and a gateway that can neither be read nor told to refuse it. */
async function lostForDays(browser: Browser, request: APIRequestContext, link: Link): Promise<void> {
  const match = { paymentLink: link.id };
  await fault(request, { target: 'gateway', operation: 'authorize', kind: 'reset_after', match, times: 1 });
  for (const operation of ['read', 'void_by_reference'])
    await fault(request, { target: 'gateway', operation, kind: 'refuse', match, times: 1000 });
  await fault(request, { target: 'gateway_webhooks', kind: 'lose', match, times: 1000 });
  await payer(browser, link, 'confirming');
  await withDatabase(
    (sql) => sql`update payment_attempts set submitted_at = submitted_at - interval '2 days',
      operator_since = now() - interval '1 day' where payment_link_id =
      (select id from payment_links where reference = ${link.reference}) and state in ('submitted', 'unknown')`,
  );
}
/** Signs in anew: who just did has proved who they are. */
const afresh = async (page: Page, who: typeof run.admin): Promise<void> => {
  await page.context().clearCookies();
  await signIn(page, who);
};

test('of several payments of one link the second is refunded, and only that one', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue({ amountType: 'partial' });
  await payPart(browser, house, link, '4.00');
  await payPart(browser, house, link, '8.40');
  expect((await house.link(link.id)).status).toBe('paid');
  await afresh(page, run.owner);
  await page.goto(detail(link));
  await act(page, 'Refund').click();
  await dialog(page)
    .getByLabel(/^£8.40/)
    .check();
  await expect(dialog(page).getByText('All of it: £8.40')).toBeVisible();
  await looksRight(page, 'refund-choose');
  await dialog(page).getByRole('button', { name: 'Refund' }).click();
  await expect(standing(page)).toContainText('£8.40 of £12.40 is refunded');
  const refunds = (await house.ledger(link.id)).filter(({ kind }) => kind === 'refund');
  expect(refunds.map(({ amountMinor }) => amountMinor)).toEqual([840]);
});

test('an agent sees only the requests of the money, refuses one, and the customer reads whom to ask', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue({ customer: { name: 'Ada Lovelace', email: 'ada@example.test' } });
  await expire(link.reference);
  await withDatabase(
    (sql) => sql`insert into link_requests (merchant_id, id, payment_link_id, state)
      select merchant_id, gen_random_uuid(), id, 'pending' from payment_links where reference = ${link.reference}`,
  );
  const customer = await browser.newPage();
  await customer.goto(link.url);
  await expect(customer.getByText('You have asked for a new link.')).toBeVisible();
  await as(page, run.agent);
  await page.goto(`${MONEY}/requests`);
  await expect(page.getByRole('navigation', { name: 'Money' })).toHaveCount(0);
  const wish = page.getByRole('listitem').filter({ hasText: link.reference });
  await looksRight(page, 'requests-agent');
  await wish.getByRole('button', { name: 'Refuse' }).click();
  await expect(wish.getByRole('dialog')).toContainText('Ada Lovelace gets no new link');
  await looksRight(page, 'request-refuse');
  await wish.getByRole('button', { name: 'Refuse it' }).click();
  await expect(wish).toBeHidden();
  await expect(customer.getByRole('button', { name: 'Ask for a new link' })).toHaveCount(0);
  await expect(customer.getByText(/^Ask .* for a new link:/)).toBeVisible();
  await customer.close();
});

test('a refund of unknown outcome is never refunded again, and ends by itself when the gateway tells', async ({
  page,
  browser,
  house,
  request,
}) => {
  const link = await house.issue();
  await payer(browser, link, 'paid');
  const match = { paymentLink: link.id };
  await fault(request, { target: 'gateway', operation: 'refund', kind: 'reset_after', match, times: 1 });
  const mend = await fault(request, { target: 'gateway', operation: 'read_refund', kind: 'refuse', match });
  await fault(request, { target: 'gateway_webhooks', kind: 'lose', match, times: 1000 });
  await afresh(page, run.admin);
  await page.goto(detail(link));
  await act(page, 'Refund').click();
  await dialog(page).getByRole('button', { name: 'Refund' }).click();
  await expect(standing(page)).toContainText('Outcome of a refund of £12.40 not known yet', {
    timeout: 20_000,
  });
  await looksRight(page, 'refund-unknown');
  await page.goto(`${MONEY}/unknown`);
  const item = page.getByRole('listitem').filter({ hasText: link.reference });
  await expect(item).toContainText('Refund on');
  await expect(item.getByRole('button', { name: 'Decide by hand' })).toHaveCount(0);
  await looksRight(page, 'refund-unknown-list', { alike: true });
  await mend();
  await item.getByRole('button', { name: 'Ask the gateway now' }).click();
  await expect(item).toBeHidden({ timeout: 20_000 });
  const refunds = (await house.ledger(link.id)).filter(({ kind }) => kind === 'refund');
  expect(refunds.map(({ amountMinor }) => amountMinor)).toEqual([1240]);
});

test('a dispute that was won brings the money back, one that was lost keeps it, and the pages say so', async ({
  page,
  browser,
  house,
  request,
}) => {
  for (const [outcome, words] of [
    ['won', 'A dispute was won'],
    ['lost', 'Dispute lost: the customer’s bank keeps £12.40'],
  ] as const) {
    const link = await house.issue();
    await payer(browser, link, 'paid');
    const [attempt] = await withDatabase(
      (sql) => sql`select gateway_reference from payment_attempts where payment_link_id =
        (select id from payment_links where reference = ${link.reference})`,
    );
    const opened = await gateway(request, 'dispute', { payment: attempt?.gateway_reference });
    expect(opened.status()).toBe(200);
    const { id } = (await opened.json()) as { id: string };
    await as(page, run.admin);
    await page.goto(detail(link));
    await expect(standing(page)).toContainText('Disputed: the customer’s bank took £12.40 back');
    expect((await gateway(request, `dispute/${id}/close`, { outcome })).status()).toBe(200);
    await expect(standing(page)).toContainText(words, { timeout: 20_000 });
    await looksRight(page, `dispute-${outcome}`);
  }
});

test('a payment unknown for days is decided by hand: charged it is paid; not charged it needs the gateway’s word', async ({
  page,
  browser,
  house,
  request,
}) => {
  const [charged, free] = [await house.issue(), await house.issue()];
  await lostForDays(browser, request, charged);
  await lostForDays(browser, request, free);
  await as(page, run.agent);
  await page.goto(detail(charged));
  await expect(page.getByText(/Decide what became of it: your role does not include this/)).toBeVisible();
  await afresh(page, run.owner);
  await page.goto(detail(charged));
  await expect(standing(page)).toContainText('For a day the gateway has not said what became of £12.40');
  await looksRight(page, 'unknown-days');
  await act(page, 'Decide by hand').click();
  await dialog(page)
    .getByLabel(/^It was charged/)
    .check();
  await dialog(page).getByLabel('The gateway’s own reference').fill('gw_seen_there');
  await dialog(page).getByLabel('How you know').fill('Captured in their dashboard.');
  await looksRight(page, 'decide-charged');
  await dialog(page).getByRole('button', { name: 'It was charged' }).click();
  await expect(standing(page)).toContainText('£12.40 is paid', { timeout: 30_000 });
  await expect(page.getByText('Decided by hand: it was charged.')).toBeVisible();
  await looksRight(page, 'decided');

  await page.goto(`${MONEY}/unknown`);
  const item = page.getByRole('listitem').filter({ hasText: free.reference });
  await looksRight(page, 'unknown-list-days');
  await item.getByRole('button', { name: 'Decide by hand' }).click();
  await dialog(page)
    .getByLabel(/^It was not charged/)
    .check();
  await dialog(page).getByLabel('How you know').fill('It is not in their dashboard.');
  await dialog(page).getByRole('button', { name: 'It was not charged' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Get its word in writing', { timeout: 30_000 });
  await looksRight(page, 'decide-not-charged');
  await dialog(page).getByLabel('The gateway’s word in writing').fill('Their support, case 4711.');
  await dialog(page).getByRole('button', { name: 'It was not charged' }).click();
  await expect(item).toBeHidden({ timeout: 30_000 });
  expect((await house.link(free.id)).status).toBe('active');
  const again = await browser.newPage();
  await again.goto(free.url);
  await expectState(again, 'ready');
  await again.close();
});
