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

/** What a way to send an answer adds, and what is made anew for each. */
const OF_THE_WAY = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'vary'];
const NONCE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

test('a page is the same from the front and from the router, which an odd spelling goes to', async ({
  request,
  house,
}) => {
  const { url } = await house.issue();
  const odd = url.replace(/\/pay\/A/, '/pay/%41');
  expect(odd).not.toBe(url);
  const [front, router] = await Promise.all(
    [url, odd].map(async (address) => {
      const answer = await request.get(address);
      const kept = Object.entries(answer.headers()).filter(([name]) => !OF_THE_WAY.includes(name));
      const text = (await answer.text()).replace(NONCE, 'nonce');
      const told = { status: answer.status(), headers: Object.fromEntries(kept), text };
      return { isStream: 'transfer-encoding' in answer.headers(), told };
    }),
  );
  expect(front?.told).toEqual(router?.told);
  expect([front?.isStream, router?.isStream]).toEqual([false, true]);
});
