import { looksRight } from './desk';
import { expect, run, test, uniqueReference } from './support';

// The last of them uses up what this machine's network may ask.
test.describe.configure({ mode: 'serial' });

test('“Check this request” tells genuine from not, by reference and phone ending, with and without script, and nothing else', async ({
  browser,
  house,
}) => {
  const reference = uniqueReference().toUpperCase();
  const link = await house.issue({ reference, customer: { phone: '+44 7700 900123' } });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link.url);
  await page.getByText('Who is this?').click();
  await page.getByRole('link', { name: 'Check a payment request' }).click();
  expect(page.url()).not.toContain(link.url.slice(-20));

  const check = async (what: string, ending: string) => {
    await page.getByLabel('Reference').fill(what);
    await page.getByLabel('The last 4 digits').fill(ending);
    await page.getByRole('button', { name: 'Check' }).click();
  };
  await page.getByLabel('Reference').evaluate((field) => field.removeAttribute('required'));
  await check(' ', '12');
  await expect(page.getByRole('alert')).toContainText('Enter the reference');
  await check(reference.toLowerCase(), '0123');
  await expect(page.getByRole('heading', { name: 'This request is genuine' })).toBeVisible();
  await expect(page.getByText(`${run.portalUrl}/pay/`)).toBeVisible();
  const told = await page.content();
  for (const hidden of ['12.40', 'Example', link.id]) expect(told).not.toContain(hidden);
  await page.getByRole('link', { name: 'Check another request' }).click();
  await check(reference, '0124');
  await expect(page.getByRole('heading', { name: 'No such request was made here' })).toBeVisible();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Zahlungsanforderung prüfen' })).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test('“Check this request” looks right, and answers only its own form', async ({ page, request, house }) => {
  await house.issue();
  await page.goto(`${run.portalUrl}/verify`);
  await looksRight(page, 'check-ask');
  const foreign = await request.post(`${run.portalUrl}/verify`, {
    form: { reference: 'INV-1', phone: '0123' },
  });
  expect(await foreign.text()).not.toContain('No such request');
  await page.getByLabel('Reference').fill('INV-UNKNOWN');
  await page.getByLabel('The last 4 digits').fill('0123');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('heading', { name: 'No such request was made here' })).toBeVisible();
  await looksRight(page, 'check-unknown');
});

test('who previews a link is told the merchant’s name and no more; who finds a weakness is told whom to tell', async ({
  request,
  house,
}) => {
  const page = await (await request.get((await house.issue()).url)).text();
  const shown = [...page.matchAll(/<meta property="og:(\w+)" content="([^"]*)"/g)].map(([, name, text]) => [
    name,
    text,
  ]);
  expect(shown.sort()).toEqual([
    ['description', 'Payment request'],
    ['title', 'Juniper Outfitters'],
  ]);
  const told = await request.get(`${run.portalUrl}/.well-known/security.txt`);
  expect(told.headers()['content-type']).toContain('text/plain');
  const text = await told.text();
  expect(text).toContain('Contact: mailto:security@example.test');
  expect(text).toMatch(/^Expires: \d{4}-\d\d-\d\dT00:00:00.000Z$/m);
  expect(text).toContain(`Canonical: ${run.portalUrl}/.well-known/security.txt`);
});

test('somebody who tries references is turned away after a while', async ({ house }) => {
  const reference = uniqueReference();
  const headers = { 'sec-fetch-site': 'same-origin', origin: run.portalUrl };
  const statuses: number[] = [];
  for (let i = 0; i < 22; i++) {
    const answer = await house.request.post(`${run.portalUrl}/verify`, {
      headers,
      form: { reference, phone: String(1000 + i) },
    });
    statuses.push(answer.status());
  }
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(20);
  expect(statuses.slice(-2)).toEqual([429, 429]);
});
