import { openFirefox } from './firefox';
import { APPROVED, bank, CHALLENGED, cardForm, expect, expectState, pay, test } from './support';
import { ENTER, TAB, WebKit } from './webkit';

/** In the frame of the card form, which here belongs to another site: what a third party tries to keep. */
const KEEPS = `((document.cookie = 'kept=yes'), document.cookie)`;

test('in Firefox, where third parties store nothing, a link is paid, also through the bank check', async ({
  house,
}) => {
  const browser = await openFirefox();
  const page = await browser.newPage();
  for (const card of [APPROVED, CHALLENGED]) {
    const link = await house.issue();
    await page.goto(link.url);
    expect(await cardForm(page).locator('body').evaluate(KEEPS)).toBe('');
    await pay(page, card);
    if (card === CHALLENGED) await bank(page).getByRole('button', { name: 'Accept' }).click();
    await expectState(page, 'paid');
    expect(await house.ledger(link.id)).toMatchObject([{ status: 'captured', amountMinor: 1240 }]);
  }
  await browser.close();
});

test('in WebKit, where third parties store nothing, a link is paid by keyboard, also through the bank check', async ({
  house,
}) => {
  const webkit = await WebKit.open();
  try {
    for (const card of [APPROVED, CHALLENGED]) {
      const link = await house.issue();
      await webkit.goto(link.url);
      await webkit.enter('#card-frame');
      expect(await webkit.evaluate(KEEPS)).toBe('');
      await expect.poll(() => webkit.evaluate(`document.querySelector('#pay').disabled`)).toBe(false);
      await webkit.click('#number');
      await webkit.press([card.number, '1231', '123', `Ada Lovelace${ENTER}`].join(TAB));
      if (card === CHALLENGED) {
        await expect(async () => {
          for (const frame of [undefined, '#card-frame', 'iframe']) await webkit.enter(frame);
          expect(await webkit.evaluate(`document.querySelector('button').textContent`)).toBe('Accept');
        }).toPass({ timeout: 20_000 });
        await webkit.press(TAB + ENTER);
      }
      await webkit.enter();
      const state = () => webkit.evaluate(`document.querySelector('main')?.dataset.state`);
      await expect.poll(state, { timeout: 20_000 }).toBe('paid');
      expect(await house.ledger(link.id)).toMatchObject([{ status: 'captured', amountMinor: 1240 }]);
    }
  } finally {
    await webkit.close();
  }
});
