import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import postgres from 'postgres';
import { APPROVED, cardForm, expect, expectState, pay, run, test } from './support';

const AGENTS = readFileSync(path.join(import.meta.dirname, 'preview-agents.txt'), 'utf8')
  .trim()
  .split('\n');

test('the pay page is one small document: no framework script, no cookie, strict policy', async ({
  request,
  house,
}) => {
  const link = await house.issue();
  const answer = await request.get(link.url);
  const text = await answer.text();
  expect(answer.status()).toBe(200);
  expect(brotliCompressSync(text).length).toBeLessThanOrEqual(14 * 1024);
  expect(text).not.toMatch(/_next|<script[^>]+src=|<link/);
  const [script] = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  expect(brotliCompressSync(script ?? '').length).toBeLessThanOrEqual(10 * 1024);
  const headers = answer.headers();
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain(`frame-src ${run.cardUrl};`);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-robots-tag']).toContain('noindex');
});

test('the card form is another origin, in a frame, and breaks no policy', async ({ page, house }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const link = await house.issue();
  await page.goto(link.url);
  await expect(cardForm(page).getByLabel('Card number')).toBeVisible();
  const source = await page.locator('iframe').getAttribute('src');
  expect(new URL(source ?? '').origin).toBe(run.cardUrl);
  expect(run.cardUrl).not.toBe(run.portalUrl);
  expect(complaints).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});

test('every preview agent opening a link a hundred times changes no row', async ({ request, house }) => {
  const link = await house.issue();
  const before = await fingerprint(link.id);
  for (const agent of AGENTS) {
    const headers = { 'user-agent': agent };
    await Promise.all(Array.from({ length: 100 }, () => request.get(link.url, { headers })));
    await request.head(link.url, { headers });
  }
  expect(await fingerprint(link.id)).toEqual(before);
  await house.api('POST', `/payment-links/${link.id}/cancel`);
  expect(await fingerprint(link.id)).not.toEqual(before);
});

test('canceled, expired, forged and cut links have pages of their own', async ({ page, request, house }) => {
  const canceled = await house.issue();
  await house.api('POST', `/payment-links/${canceled.id}/cancel`);
  const expired = await house.issue();
  await expire(expired.reference);
  const cut = expired.url.slice(0, -1);
  for (const [url, status, state] of [
    [canceled.url, 410, 'canceled'],
    [expired.url, 410, 'expired'],
    [cut, 404, 'invalid'],
    [`${run.portalUrl}/pay/${'A'.repeat(58)}`, 404, 'invalid'],
  ] as const) {
    expect((await request.get(url)).status()).toBe(status);
    await page.goto(url);
    await expectState(page, state);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('iframe')).toHaveCount(0);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});

test('ready, frame and receipt are free of accessibility faults, in light and dark', async ({
  page,
  house,
}) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const link = await house.issue();
    await page.goto(link.url);
    await expect(cardForm(page).getByRole('button', { name: 'Pay £12.40' })).toBeEnabled();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await pay(page, APPROVED);
    await expectState(page, 'paid');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});

test('the page speaks the language of the link, and merchant text stays text', async ({ page, house }) => {
  const link = await house.issue({
    locale: 'de',
    currency: 'EUR',
    description: '<img src=x onerror=alert(1)>',
  });
  await page.goto(link.url);
  await expect(page.getByText('12,40 €')).toBeVisible();
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(cardForm(page).getByLabel('Kartennummer')).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
});

test('acts on a link are refused to other origins and to anything but our page', async ({
  request,
  house,
}) => {
  const link = await house.issue();
  for (const headers of [
    { origin: 'https://evil.example' },
    {},
    { origin: run.portalUrl, 'sec-fetch-site': 'cross-site' },
    { origin: run.portalUrl, 'content-type': 'text/plain' },
  ]) {
    const answer = await request.post(`${link.url}/attempts`, {
      headers: { 'content-type': 'application/json', ...headers },
      data: '{}',
    });
    expect(answer.status()).toBe(403);
  }
});

/** What every table holds about a link: its rows' versions. */
async function fingerprint(link: string): Promise<unknown> {
  return withDatabase(async (sql) => {
    const uuid = await sql<{ id: string }[]>`
      select payment_link_id as id from events where payload like ${`%"paymentLink":"${link}"%`} limit 1`;
    const id = uuid[0]?.id ?? '';
    return sql`
      select 'link' as what, xmin::text, sequence::text as n from payment_links where id = ${id}
      union all select 'token', xmin::text, '' from link_tokens where payment_link_id = ${id}
      union all select 'attempts', coalesce(max(xmin::text), ''), count(*)::text from payment_attempts where payment_link_id = ${id}
      union all select 'events', coalesce(max(xmin::text), ''), count(*)::text from events where payment_link_id = ${id}
      union all select 'messages', '', count(*)::text from messages where payment_link_id = ${id}`;
  });
}

/** Moves a link's end into the past. */
const expire = (reference: string) =>
  withDatabase(
    (sql) =>
      sql`update payment_links set expires_at = now() - interval '1 second' where reference = ${reference}`,
  );

async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(run.databaseUrl, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
