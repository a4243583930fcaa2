import { readFileSync } from 'node:fs';
import { as, looksRight } from './desk';
import { newOwnerElsewhere } from './newcomer';
import { expect, run, signIn, test, uniqueReference } from './support';

const ROWS = 10_000;
const WRONG = 37;

/** At the second merchant, which has no endpoint: ten thousand webhooks would be in the way of other tests. */
test('ten thousand rows with 37 bad ones: told before anything is made, the others made while one watches, and the 37 come back to be mended', async ({
  page,
}) => {
  const name = uniqueReference();
  const rows = Array.from({ length: ROWS }, (_, n) =>
    n % 270 === 13 && n < 270 * WRONG ? `0,GBP,${name}-${n}` : `${1000 + n},GBP,${name}-${n}`,
  );
  const csv = ['amountMinor,currency,reference', ...rows].join('\n');
  const owner = await newOwnerElsewhere();
  await signIn(page, owner);
  await page.goto(`${run.portalUrl}/admin/import`);
  await page.getByText('Paste rows instead').click();
  await page.getByLabel('Rows with their header').fill('amount;currency\n1;GBP');
  await page.getByRole('button', { name: 'Check these rows' }).click();
  await expect(page.getByText('parted by semicolons')).toBeVisible();
  await looksRight(page, 'import');
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'links.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByText('37 rows are wrong')).toBeVisible();
  await expect(
    page.getByRole('row', { name: '14 amountMinor must be at least 1', exact: true }),
  ).toBeVisible();
  await expect(
    page.getByRole('heading', { name: '10,000 rows checked. Nothing is made yet.' }),
  ).toBeVisible();
  await looksRight(page, 'import-preview');
  await page.getByRole('button', { name: 'Make 9,963 links' }).click();
  await page.waitForURL(/\/admin\/import\/plb_/);
  const bar = page.getByRole('progressbar', { name: 'Rows that are done' });
  await expect(bar).toBeVisible();
  await expect(page.getByText('9,963 links made, 37 rows wrong')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Done, with errors' })).toBeVisible();
  await looksRight(page, 'import-done', { alike: true });
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Get the wrong rows' }).click();
  const lines = readFileSync(await (await file).path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(1 + WRONG);
  expect(lines[1]).toContain(`${name}-13`);
  await page.getByRole('link', { name: 'See its links' }).click();
  await expect(page.getByText(`${name}-${ROWS - 1}`, { exact: true })).toBeVisible();
  await owner.leave();
});

test('a viewer looks at imports and makes none; a page of another site makes none either', async ({
  page,
}) => {
  const body = { headers: { 'content-type': 'text/csv' }, data: 'amountMinor,currency\n100,GBP' };
  const send = async (origin: string) =>
    (
      await page.request.post(`${run.portalUrl}/api/staff/imports`, {
        ...body,
        headers: { ...body.headers, origin },
      })
    ).status();
  await as(page, run.viewer);
  await page.goto(`${run.portalUrl}/admin/import`);
  await expect(page.getByText('Your role does not include making links')).toBeVisible();
  await expect(page.getByLabel('CSV file')).toHaveCount(0);
  expect(await send(run.portalUrl)).toBe(403);
  await as(page, run.admin);
  expect(await send('https://elsewhere.example')).toBe(403);
});
