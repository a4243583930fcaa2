import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expire } from './database';
import { fault } from './desk';
import {
  APPROVED,
  bank,
  CHALLENGED,
  cardForm,
  expect,
  expectState,
  type House,
  type Link,
  pay,
  run,
  test,
} from './support';

/** `npm run screens` sets this, and makes small pictures of what is put there. */
const folder = path.join(process.env.CF_PICTURES ?? '', 'payer');
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];
const CUSTOMER = { name: 'Zoë Quirk', email: 'zoe.quirk@example.test', phone: '+447700900123' };

async function picture(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const browser = await page.context().newCDPSession(page);
  for (const size of SIZES) {
    // What is for a desk alone is not shown where fingers point.
    await browser.send('Emulation.setTouchEmulationEnabled', { enabled: size.width < 768 });
    // In a window as high as the page: a frame is not always painted anew for a picture beyond the window.
    for (const least of [size.height, 0]) {
      const whole = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ ...size, height: least || Math.max(size.height, whole) });
      await page.waitForTimeout(300);
    }
    await page.screenshot({ path: path.join(folder, `${name}-${size.width}.png`) });
  }
}

let count = 20_417;
const issue = (house: House, more: object = {}): Promise<Link> =>
  house.issue({
    amountMinor: 4999,
    description: 'Two-person tent',
    reference: `ORD-${count++}`,
    customer: CUSTOMER,
    ...more,
  });

async function opened(browser: Browser, { url }: Link): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES[0] ?? null });
  await page.goto(url);
  if (await page.locator('#card-frame').count()) await expect(cardForm(page).locator('#pay')).toBeEnabled();
  return page;
}

/** A page at a link, as it says it stands. */
async function pictureOf(browser: Browser, link: Link, state: string, name = state): Promise<void> {
  const page = await opened(browser, link);
  await expectState(page, state);
  await picture(page, name);
  await page.close();
}

test('pictures of the pages on which nobody pays', async ({ browser, house, request }) => {
  await pictureOf(browser, await issue(house), 'ready');
  await pictureOf(
    browser,
    await issue(house, { amountType: 'open', minAmountMinor: 500 }),
    'ready',
    'open-amount',
  );
  await pictureOf(browser, await issue(house, { challenge: { kind: 'passcode' } }), 'verification');
  const [canceled, expired, old, locked] = [
    await issue(house),
    await issue(house),
    await issue(house),
    await issue(house, { challenge: { kind: 'phone_ending' } }),
  ];
  await house.api('POST', `/payment-links/${canceled.id}/cancel`);
  await pictureOf(browser, canceled, 'canceled');
  await expire(expired.reference);
  await pictureOf(browser, expired, 'expired');
  await house.api('POST', `/payment-links/${old.id}/reissue`, {});
  await pictureOf(browser, old, 'replaced');
  const headers = { origin: run.portalUrl, 'content-type': 'application/json' };
  for (let i = 0; i < 5; i++)
    await request.post(`${locked.url}/verify`, { headers, data: { answer: '9999' } });
  await pictureOf(browser, locked, 'locked');
  await pictureOf(browser, { ...old, url: `${run.portalUrl}/pay/${'A'.repeat(58)}` }, 'invalid');
  // As from one who guesses addresses.
  for (let i = 0; i < 25; i++) await request.get(`${run.portalUrl}/pay/${'A'.repeat(58)}`);
  await pictureOf(browser, { ...old, url: `${run.portalUrl}/pay/${'A'.repeat(58)}` }, 'throttled');
  const offline = await opened(browser, await issue(house));
  await offline.context().setOffline(true);
  await expect(offline.getByText('You are offline.')).toBeVisible();
  await picture(offline, 'offline');
  await offline.close();
});

test('pictures of a payment: under way, at the bank, not known, refused, partly and wholly paid', async ({
  browser,
  house,
  request,
}) => {
  const [slow, checked, lost, refused, held, partly] = [
    await issue(house),
    await issue(house),
    await issue(house),
    await issue(house),
    await issue(house, { profile: 'take later' }),
    await issue(house, { amountType: 'partial', amountMinor: 10_000, minAmountMinor: 1000 }),
  ];
  const delay = { target: 'gateway', operation: 'authorize', kind: 'delay', delayMs: 20_000, times: 1 };
  const mend = await fault(request, { ...delay, match: { paymentLink: slow.id } });
  const paying = await opened(browser, slow);
  await pay(paying, APPROVED);
  await expect(cardForm(paying).getByRole('button')).toHaveText(/Paying/);
  await picture(paying, 'paying');
  await pictureOf(browser, slow, 'processing');
  await mend();

  const atBank = await opened(browser, checked);
  await pay(atBank, CHALLENGED);
  await expect(bank(atBank).getByRole('button', { name: 'Accept' })).toBeVisible();
  await picture(atBank, 'bank-check');
  await pictureOf(browser, checked, 'challenge');
  await bank(atBank).getByRole('button', { name: 'Accept' }).click();
  await expectState(atBank, 'paid');
  await picture(atBank, 'paid');

  const of = { match: { paymentLink: lost.id } };
  await fault(request, { target: 'gateway_webhooks', kind: 'lose', ...of });
  const found = await fault(request, { target: 'gateway', operation: 'read', kind: 'refuse', ...of });
  const unknown = await opened(browser, lost);
  await pay(unknown, { number: '4000000000000341' });
  await expectState(unknown, 'confirming');
  await picture(unknown, 'confirming');
  await found();

  const later = await opened(browser, held);
  await pay(later, APPROVED);
  await expectState(later, 'authorized');
  await picture(later, 'authorized');

  const declined = await opened(browser, refused);
  await pay(declined, { number: '4000000000000002' });
  await expect(cardForm(declined).getByRole('alert')).toHaveText(/declined/);
  await picture(declined, 'declined');

  const parts = await opened(browser, partly);
  await parts.getByLabel('Amount to pay now').fill('40');
  await pay(parts, APPROVED);
  await expect(parts.getByText('Remaining balance')).toBeVisible();
  await expect(cardForm(parts).locator('#pay')).toBeEnabled();
  await picture(parts, 'partly-paid');
});
