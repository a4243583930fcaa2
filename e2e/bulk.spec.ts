import { readFile } from 'node:fs/promises';
import { withDatabase } from './database';
import { as, dialog, looksRight } from './desk';
import { expect, run, test, uniqueReference } from './support';

test('links are chosen by hand, keyboard and filter; they are exported, canceled in bulk, and a bulk act is undone', async ({
  page,
  house,
}) => {
  const customer = { name: `Bulk ${uniqueReference()}`, email: 'bulk@example.test' };
  const links = [];
  for (const amountMinor of [1_111, 2_222, 3_333]) links.push(await house.issue({ amountMinor, customer }));
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin?q=${encodeURIComponent(customer.name)}`);
  const boxes = page.getByRole('row').getByRole('checkbox');
  const bar = page.getByRole('region', { name: 'Do something to many' });
  await expect(boxes).toHaveCount(3);
  await boxes.nth(0).click();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await expect(bar.getByRole('status')).toHaveText('3 chosen');
  await page.keyboard.press('Escape');
  await expect(bar.getByRole('status')).toHaveText('None chosen');
  await page.getByRole('row').getByRole('link').nth(0).focus();
  await page.keyboard.press('x');
  await expect(bar.getByRole('status')).toHaveText('1 chosen');
  await looksRight(page, 'bulk-bar');

  await bar.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Export' }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  expect(text).toContain(links[2]?.id);

  await bar.getByRole('checkbox').check();
  await bar.getByRole('button', { name: 'Send again' }).click();
  await expect(dialog(page).getByRole('heading')).toHaveText('Send 3 links again?');
  await dialog(page).getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { name: 'Undone: nothing was done' })).toBeVisible();

  const query = `q=${encodeURIComponent(customer.name)}&period=7`;
  const all = await page.request.get(`${run.portalUrl}/api/staff/payment-links/export?${query}`);
  expect((await all.text()).trimEnd().split('\r\n')).toHaveLength(4);
  await page.goto(`${run.portalUrl}/admin?${query}`);
  await house.api('POST', `/payment-links/${links[0]?.id}/cancel`);
  await bar.getByRole('checkbox').check();
  await bar.getByRole('button', { name: 'Cancel links' }).click();
  await expect(dialog(page).getByRole('listitem')).toHaveText(['2 links in GBP£55.55']);
  await looksRight(page, 'bulk-dialog');
  await dialog(page).getByLabel('Why').fill('The sale is off');
  await dialog(page).getByRole('button', { name: 'Cancel links' }).click();
  await expect(page.getByRole('heading', { name: /^Begins/ })).toBeVisible();
  await looksRight(page, 'bulk-waiting', { alike: true });
  await endGrace();
  await expect(page.getByRole('heading', { name: 'Done, some were left' })).toBeVisible();
  const left = page.getByRole('table', { name: 'Links that were left as they were' });
  await expect(left.getByRole('row').nth(1)).toContainText('This link was canceled before.');
  await looksRight(page, 'bulk-done');
});

/** What waits begins now. */
const endGrace = () =>
  withDatabase(async (sql) => {
    await sql`update bulk_acts set starts_at = cf_now() where state = 'waiting'`;
    await sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where task_identifier =
      'run_bulk_act'), run_at := now())`;
  });
