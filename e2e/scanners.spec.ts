import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIRequestContext, Browser, Frame, Page } from '@playwright/test';
import { expire, sweep, withDatabase } from './database';
import {
  APPROVED,
  bank,
  CHALLENGED,
  cardForm,
  expect,
  expectState,
  type House,
  type Link,
  pay,
  test,
} from './support';

const AGENTS = readFileSync(path.join(import.meta.dirname, 'preview-agents.txt'), 'utf8')
  .trim()
  .split('\n');
/** What tells the links of this test from those of tests beside it, in whatever row of whatever table. */
type Traces = string[];
const CUSTOMER = { name: 'Ada Lovelace', email: 'ada@example.test', phone: '+447700900123' };

const COUNTED_BY_THE_WORKER = "(to_jsonb(t) - array['reads', 'last_read_at'])::text";

/** Every row of every table, of the queue too, that bears one of the traces: its text and the transaction that wrote it. */
async function rowsOf(traces: Traces): Promise<Record<string, string>> {
  return withDatabase(async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`;
    const rows: Record<string, string> = {};
    for (const { name } of tables) {
      // Where a bank is asking, the worker asks the gateway meanwhile, and counts that.
      const row = name === 'public.payment_attempts' ? COUNTED_BY_THE_WORKER : 't.xmin::text || t::text';
      const [found] = await sql<{ digest: string | null }[]>`
        select string_agg(md5(${sql.unsafe(row)}), ' ' order by t::text) as digest
        from ${sql.unsafe(name)} t where t::text ~ ${traces.join('|')}`;
      // Deliveries come of events alone, which are compared; a test beside this one has past events sent again.
      if (found?.digest && name !== 'public.webhook_deliveries') rows[name] = found.digest;
    }
    return rows;
  });
}

async function tracesOf(links: Link[]): Promise<Traces> {
  const references = links.map(({ reference }) => reference);
  return withDatabase(async (sql) => {
    const ids = await sql<{ id: string }[]>`
      with l as (select id from payment_links where reference = any(${references}))
      select id from l union all select a.id from payment_attempts a join l on l.id = a.payment_link_id`;
    return [...references, ...links.map(({ id }) => id), ...ids.map(({ id }) => id)];
  });
}

/** The rows once the worker is done with them: the same for longer than its slowest turn, the seal of the audit. */
async function settled(traces: Traces): Promise<Record<string, string>> {
  for (let before = await rowsOf(traces); ; ) {
    await sleep(6_000);
    const now = await rowsOf(traces);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

/** The pages that have something to press: of links that can be paid, and of those that were. The first can be canceled. */
const PAGES: [which: string, make: (page: Page, house: House) => Promise<Link[]>][] = [
  [
    'can be paid',
    async (_page, house) => [
      await house.issue(),
      await house.issue({ customer: CUSTOMER, challenge: { kind: 'passcode' } }),
      await house.issue({ challenge: { kind: 'postcode', postcode: 'SW1A 1AA' } }),
    ],
  ],
  [
    'is paid in part, at the bank, paid or expired',
    async (page, house) => {
      const [partly, paid] = [
        await house.issue({ amountType: 'partial', minAmountMinor: 100 }),
        await house.issue(),
      ];
      for (const link of [partly, paid]) {
        await page.goto(link.url);
        if (link === partly) await page.getByLabel('Amount').fill('5.00');
        await pay(page, APPROVED);
        await expect(page.getByText(link === partly ? '£7.40' : 'Paid').first()).toBeVisible({
          timeout: 20_000,
        });
      }
      const atBank = await house.issue();
      await page.goto(atBank.url);
      await pay(page, CHALLENGED);
      await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeVisible();
      const expired = await house.issue({ customer: CUSTOMER });
      await expire(expired.reference);
      await sweep();
      return [partly, paid, atBank, expired];
    },
  ],
];

/** Fetches as previews do: twice, by HEAD, ahead of need, and whatever else the page would get by GET. */
async function fetchAll(request: APIRequestContext, { url }: Link): Promise<void> {
  for (const agent of AGENTS) {
    const headers = { 'user-agent': agent };
    const early = { ...headers, purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' };
    await Promise.all([
      ...[
        '',
        '',
        '/status',
        '/qr',
        '/deadline.ics',
        '/request-link',
        '/verify',
        '/passcode',
        '/continue',
        '/take-over',
        '/bank-check',
      ].map((path) => request.get(url + path, { headers })),
      request.get(url, { headers: early }),
      request.head(url, { headers }),
    ]);
  }
}

/** What a scanner's script does to a document: fills, presses and sends all there is. */
const pressAll = (frame: Frame): Promise<void> =>
  frame.evaluate(() => {
    for (const input of document.querySelectorAll('input')) {
      input.value = '4';
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      input.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    }
    for (const one of document.querySelectorAll<HTMLElement>('button, summary')) one.click();
    for (const form of document.forms) form.requestSubmit();
  });

/** A browser without a person: scripts run, links are followed, everything is pressed by script, and it goes back and forth. */
async function visit(browser: Browser, { url }: Link): Promise<void> {
  const context = await browser.newContext({ userAgent: AGENTS[0] ?? '' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.print = () => undefined;
  });
  await page.goto(url);
  const state = await page.locator('main').getAttribute('data-state');
  if (state === 'ready') await expect(cardForm(page).locator('#pay')).toBeEnabled();
  for (const frame of page.frames()) await pressAll(frame);
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  for (const link of links) if (link.startsWith(new URL(url).origin)) await context.request.get(link);
  await page.goto('about:blank');
  await page.goBack();
  await expectState(page, state ?? '');
  // The way round what listens for a form's own event.
  for (let at = await page.locator('form').count(); at > 0; at--) {
    const loaded = page.waitForEvent('load');
    await page.evaluate((n) => document.forms[n]?.submit(), at - 1);
    await loaded;
    await page.goto(url);
  }
  await context.close();
}

test.describe.configure({ mode: 'parallel' });

for (const [which, make] of PAGES)
  test(`previews, prefetches and browsers without a person that press and send all there is change no row of what ${which}`, async ({
    page,
    browser,
    request,
    house,
  }) => {
    const links = await make(page, house);
    await page.close();
    const traces = await tracesOf(links);
    const before = await settled(traces);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['public.payment_links', 'public.events']));
    for (const link of links) {
      await fetchAll(request, link);
      await visit(browser, link);
    }
    await sleep(1_000);
    expect(await rowsOf(traces)).toEqual(before);
    await house.api('POST', `/payment-links/${links[0]?.id}/cancel`);
    expect(await rowsOf(traces)).not.toEqual(before);
  });

test('a person’s mouse that presses all there is on a page with nothing typed begins no payment', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await expect(cardForm(page).locator('#pay')).toBeEnabled();
  const before = await rowsOf(await tracesOf([link]));
  for (const summary of await page.locator('summary').all()) await summary.click();
  await cardForm(page).locator('#pay').click();
  await expect(cardForm(page).locator('#notice')).not.toBeEmpty();
  const { 'public.payment_links': row, 'public.payment_attempts': attempts } = await rowsOf(
    await tracesOf([link]),
  );
  expect([row, attempts]).toEqual([before['public.payment_links'], undefined]);
});
