import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { withDatabase } from './database';
import { expect, run, test } from './support';

const AGENTS = readFileSync(path.join(import.meta.dirname, 'preview-agents.txt'), 'utf8')
  .trim()
  .split('\n');

test('the pay page is one small document: no framework script, no cookie, strict policy', async ({
  request,
  house,
}) => {
  const link = await house.issue({ amountType: 'partial', minAmountMinor: 100 });
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
