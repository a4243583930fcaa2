import type { Page } from '@playwright/test';
import { as, detail, standing } from './desk';
import { expect, type Link, run, signIn, test } from './support';

const LIST = /\/api\/staff\/payment-links\?/;
/** The stream is there, and what was missed before it has been read. */
const live = (page: Page, read: RegExp) =>
  page.waitForResponse((answer) => read.test(answer.url()), { timeout: 5_000 });
/** As when its tab is left, or come back to. */
const turn = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((is) => {
    Object.defineProperty(document, 'visibilityState', { value: is, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('a row changes where it stands, without the list being read anew; a new link is told of, and shown when asked for', async ({
  page,
  house,
}) => {
  const { reference, id } = await house.issue();
  const another = () => house.issue({ reference: `${reference}-more` });
  const cancel = (link: Pick<Link, 'id'>) => house.api('POST', `/payment-links/${link.id}/cancel`);
  const row = (status: string) => page.getByRole('row').filter({ hasText: status });
  await as(page, run.admin);
  const ready = live(page, LIST);
  await page.goto(`${run.portalUrl}/admin?q=${reference}`);
  await ready;
  let lists = 0;
  page.on('request', (request) => {
    if (LIST.test(request.url())) lists += 1;
  });
  await cancel({ id });
  await expect(row('Canceled')).toBeVisible({ timeout: 2_000 });
  const { id: second } = await another();
  const show = page.getByRole('button', { name: '1 new link · Show' });
  await expect(show).toBeVisible({ timeout: 2_000 });
  await expect(row('Active')).toHaveCount(0);
  expect(lists).toBe(0);
  await show.click();
  await expect(row('Active')).toBeVisible();
  await expect(show).toBeHidden();

  await turn(page, 'hidden');
  await cancel({ id: second });
  await page.waitForTimeout(700);
  await expect(row('Active')).toBeVisible();
  await turn(page, 'visible');
  await expect(row('Active')).toHaveCount(0, { timeout: 2_000 });
});

test('the page of a link is read when that link changes, not when another does; who is signed out elsewhere is told', async ({
  page,
  house,
}) => {
  const [link, other] = [await house.issue(), await house.issue()];
  await signIn(page, run.viewer);
  const read = new RegExp(`/api/staff/payment-links/${link.id}`);
  const ready = live(page, read);
  await page.goto(detail(link));
  await ready;
  // Its webhook may be under way when it is opened.
  await expect(page.getByText('Delivered')).toBeVisible();
  await page.waitForTimeout(700);
  let reads = 0;
  page.on('request', (request) => {
    if (read.test(request.url())) reads += 1;
  });
  await house.api('POST', `/payment-links/${other.id}/cancel`);
  await page.waitForTimeout(1_000);
  expect(reads).toBe(0);
  await house.api('POST', `/payment-links/${link.id}/cancel`);
  await expect(standing(page)).toContainText('Canceled', { timeout: 2_000 });

  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`${run.portalUrl}/account`);
  await elsewhere.locator('header summary').click();
  await elsewhere.getByRole('button', { name: 'Sign out' }).click();
  await expect(elsewhere).toHaveURL(/signed-out/);
  await expect(page.getByText('You were signed out')).toBeVisible({ timeout: 4_000 });
});
