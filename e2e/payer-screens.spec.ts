import type { Page } from '@playwright/test';
import { fault, looksRight, showsWholeBank } from './desk';
import { APPROVED, bank, CHALLENGED, expect, expectState, pay, test } from './support';

test('the bank check is seen whole; who opens the link meanwhile is told what is being paid, and not to pay', async ({
  page,
  browser,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, CHALLENGED);
  await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeInViewport();
  await expect(bank(page).getByText('Visa •••• 3155')).toBeVisible();
  await showsWholeBank(page);
  await looksRight(page, 'payer-bank-check');
  const visitor = await browser.newPage();
  await visitor.goto(link.url);
  await expectState(visitor, 'challenge');
  await expect(visitor.getByText('£12.40')).toBeVisible();
  await expect(visitor.getByText(link.reference)).toBeVisible();
  await expect(visitor.getByRole('status')).toContainText('Do not pay again');
  await looksRight(visitor, 'payer-challenge');
  await bank(page).getByRole('button', { name: 'Accept' }).click();
  await Promise.all([page, visitor].map((each) => expectState(each, 'paid')));
  await visitor.close();
});

/** How much moves on a page and in its frames. */
async function turnings(page: Page): Promise<number> {
  const moving = page.frames().map((frame) => frame.evaluate(() => document.getAnimations().length));
  return (await Promise.all(moving)).reduce((sum, one) => sum + one, 0);
}

test('while the gateway thinks, who opens the link is told what is being paid, and not to pay; who wants no motion gets none', async ({
  page,
  browser,
  house,
  request,
}) => {
  const link = await house.issue();
  const mend = await fault(request, {
    target: 'gateway',
    operation: 'authorize',
    kind: 'delay',
    delayMs: 20_000,
    times: 1,
    match: { paymentLink: link.id },
  });
  await page.goto(link.url);
  await pay(page, APPROVED);
  const visitor = await browser.newPage();
  await expect
    .poll(async () => {
      await visitor.goto(link.url);
      return visitor.locator('main').getAttribute('data-state');
    })
    .toBe('processing');
  await expect(visitor.getByText('£12.40')).toBeVisible();
  await expect(visitor.getByRole('status')).toContainText('Do not pay again');
  await looksRight(visitor, 'payer-processing');
  for (const [reducedMotion, turning] of [
    ['reduce', 0],
    ['no-preference', 2],
  ] as const) {
    await Promise.all([page, visitor].map((each) => each.emulateMedia({ reducedMotion })));
    await expect.poll(async () => (await turnings(page)) + (await turnings(visitor))).toBe(turning);
  }
  await mend();
  await Promise.all([page, visitor].map((each) => expectState(each, 'paid', 30_000)));
  await visitor.close();
});
