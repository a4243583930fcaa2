import { brotliCompressSync } from 'node:zlib';
import { expect, run, test } from './support';

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
