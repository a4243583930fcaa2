import type { Page } from '@playwright/test';
import { fault } from './desk';
import { bank, CHALLENGED, cardForm, expect, expectState, run, test } from './support';

/** What has the focus, in whatever frame, and whether a ring shows it. */
async function focused(page: Page): Promise<string> {
  for (const frame of page.frames().reverse()) {
    const found = await frame.evaluate(() => {
      const at = document.activeElement;
      if (!document.hasFocus() || !at || at === document.body || at.tagName === 'IFRAME') return '';
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const isSeen = outlineStyle !== 'none' && Number.parseInt(outlineWidth, 10) >= 2;
      return `${at.id || at.textContent?.trim()}${isSeen ? '' : ', not seen'}`;
    });
    if (found) return found;
  }
  return '';
}

async function tab(page: Page): Promise<string> {
  await page.keyboard.press('Tab');
  return focused(page);
}

const READY = `
  - main "Payment request":
    - region "Payment request":
      - heading "Payment request" [level=1]
      - paragraph: £12.40
    - region "Card details":
      - heading "Card details" [level=2]
      - iframe
    - navigation "Language"`;
const FORM = `
  - main "Card details, secure form":
    - textbox "Card number"
    - textbox "Expiry date"
    - paragraph: MM / YY
    - textbox "Security code"
    - paragraph: 3 digits on the back of the card
    - textbox "Name on card"
    - button "Pay £12.40"
    - status`;
const MISTAKES = `
  - main "Card details, secure form":
    - textbox "Card number" [invalid]
    - paragraph: Enter the full card number.
    - textbox "Expiry date" [invalid]
    - paragraph: Enter the month and year the card expires.
    - textbox "Security code" [invalid]
    - paragraph: Enter the security code.
    - textbox "Name on card" [invalid]
    - paragraph: Enter the name on the card.
    - alert: Please correct the marked fields.
    - button "Pay £12.40"`;
const PAYING = `
  - button "Paying…" [disabled]
  - status: Paying…`;
const AT_BANK = `
  - paragraph: Your bank wants to check that it is you.
  - iframe
  - status: Your bank wants to check that it is you.`;
const PAID = `
  - main "Payment request":
    - region "Paid":
      - heading "Paid" [level=1]
      - paragraph: £12.40
      - term: Card
      - definition: Visa ending in 3155
      - button "Print"`;

test('a payment needs neither mouse nor sight: every step by keyboard, told by roles, names and live regions', async ({
  page,
  house,
  request,
}) => {
  const link = await house.issue();
  const slow = { target: 'gateway', operation: 'authorize', kind: 'delay', delayMs: 3_000, times: 1 };
  await fault(request, { ...slow, match: { paymentLink: link.id } });
  await page.goto(link.url);
  const form = cardForm(page).locator('body');
  await expect(form.getByRole('button')).toBeEnabled();
  await expect(page.locator('body')).toMatchAriaSnapshot(READY);
  await expect(form).toMatchAriaSnapshot(FORM);

  expect([await tab(page), await tab(page)]).toEqual(['Add to calendar', 'number']);
  await page.keyboard.press('Enter');
  await expect(form).toMatchAriaSnapshot(MISTAKES);
  expect(await focused(page)).toBe('number');
  for (const [text, next] of [
    [CHALLENGED.number, 'expiry'],
    ['1231', 'csc'],
    ['123', 'name'],
    ['Ada Lovelace', 'pay'],
  ] as const) {
    await page.keyboard.type(text);
    expect(await tab(page)).toBe(next);
  }
  const posted = page.waitForRequest(`${run.cardUrl}/authorize`);
  await page.keyboard.press('Enter');
  await expect(form).toMatchAriaSnapshot(PAYING);
  // Without this, browsers other than Chromium name no origin, and the card is refused.
  expect((await (await posted).allHeaders()).referer).toBe(`${run.cardUrl}/`);

  await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeVisible();
  await expect(form).toMatchAriaSnapshot(AT_BANK);
  await expect(form.locator('iframe')).toHaveAttribute('title', 'Bank check');
  expect(await tab(page)).toBe('Accept');
  await page.keyboard.press('Enter');
  await expectState(page, 'paid');
  await expect(page.locator('body')).toMatchAriaSnapshot(PAID);
  expect(await tab(page)).toBe('print');
});
