import { brotliCompressSync } from 'node:zlib';
import { expect, test } from './support';

const KB = 1024;
const weight = (text: string): number => brotliCompressSync(text).length;

test('the page weighs at most 14 kB, its script 10 and the card form 15, compressed; the page is sent compressed', async ({
  page,
  request,
  house,
}) => {
  const link = await house.issue();
  const asked: string[] = [];
  page.on('request', (one) => asked.push(one.url()));
  const answer = await page.goto(link.url);
  expect((await answer?.allHeaders())?.['content-encoding']).toBe('gzip');
  const html = (await answer?.text()) ?? '';
  expect(weight(html)).toBeLessThanOrEqual(14 * KB);
  const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
  expect(script.length).toBeGreaterThan(1000);
  expect(weight(script)).toBeLessThanOrEqual(10 * KB);
  const form = asked.find((url) => url.includes('/form?')) ?? '';
  expect(weight(await (await request.get(form)).text())).toBeLessThanOrEqual(15 * KB);
  expect(asked.length).toBeLessThanOrEqual(4);
});
