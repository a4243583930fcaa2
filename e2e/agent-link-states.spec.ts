import type { BrowserContext, Page } from '@playwright/test';
import { expire, sweep } from './database';
import { dialog, looksRight } from './desk';
import { newAgent, retire } from './newcomer';
import { Call, openDesk, sessionOf, startKeypad } from './phone';
import { CHALLENGED, cardForm, expect, type House, pay, run, test, uniqueReference } from './support';

let who: typeof run.admin;
test.beforeAll(async () => {
  who = await newAgent();
});
test.afterAll(() => retire(who));

const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 Instagram 350.0.0.20.95 (iPhone17,1; iOS 18_1)';

/** A link that is sent during a call of its own. */
async function send(context: BrowserContext, house: House, to = '+447700900123') {
  const page = await context.newPage();
  const call = await Call.dial(house, { agent: who.email, customerPhone: to });
  await openDesk(page, call, who);
  const reference = uniqueReference();
  await page.getByRole('button', { name: /^Payment/ }).click();
  await page.getByLabel('Reference').fill(reference);
  await page.getByLabel('Amount', { exact: true }).fill('1250.00');
  await page.getByLabel('What it is for').fill('Guided glacier walk for two');
  await page.getByRole('radio', { name: /^Link/ }).check();
  const made = page.waitForResponse(
    (one) => one.url().endsWith('/api/agent/sessions') && one.status() === 201,
  );
  await page.getByRole('button', { name: /^Send link/ }).click();
  const { session } = (await (await made).json()) as { session: { id: string; paymentLink: string } };
  return { page, call, reference, link: await house.link(session.paymentLink) };
}

test('a link looks right at the desk wherever the customer is with it, and the board tells what comes next', async ({
  context,
  browser,
  house,
}) => {
  test.setTimeout(180_000);
  const over = await send(context, house);
  await expire(over.reference);
  await sweep();
  const gone = await send(context, house, '+447700900999');
  await expect(gone.page.getByText(/Did not arrive/).first()).toBeVisible();
  await looksRight(gone.page, 'agent-link-undelivered');
  await gone.page.getByRole('button', { name: 'Send to an e-mail address' }).click();
  await dialog(gone.page).getByLabel('E-mail').fill('+44 7700 900124');
  await dialog(gone.page).getByRole('button', { name: 'Send link' }).click();
  await expect(dialog(gone.page).getByText('Enter an e-mail address')).toBeVisible();
  const email = `${gone.reference.toLowerCase()}@favre.example`;
  await dialog(gone.page).getByLabel('E-mail').fill(email);
  await looksRight(gone.page, 'agent-address-other', { alike: true });
  await dialog(gone.page).getByRole('button', { name: 'Send link' }).click();
  await expect(gone.page.getByText(`· By e-mail to ${email}`)).toBeVisible();
  expect((await house.link(gone.link.id)).customer).toMatchObject({ phone: '+447700900999', email });

  const sent = await send(context, house);
  const app = await browser.newContext({ userAgent: INSTAGRAM });
  const payer = await app.newPage();
  await payer.goto(sent.link.url);
  await cardForm(payer).getByLabel('Card number').pressSequentially('4');
  await expect(sent.page.getByText('Opened inside Instagram')).toBeVisible();
  await looksRight(sent.page, 'agent-link-opened');
  await pay(payer, { number: '000000000009995' });
  await expect(sent.page.getByText(/Declined: /).first()).toBeVisible();
  await looksRight(sent.page, 'agent-link-declined');
  await app.close();

  const checked = await send(context, house);
  const other = await (await browser.newContext()).newPage();
  await other.goto(checked.link.url);
  await pay(other, CHALLENGED);
  await expect(checked.page.getByText('The customer confirms in their banking app').first()).toBeVisible();
  await looksRight(checked.page, 'agent-link-bank-check');
  await other.context().close();

  await expect(over.page.getByRole('heading', { name: 'Time is over. Nothing was charged.' })).toBeVisible({
    timeout: 60_000,
  });
  await looksRight(over.page, 'agent-link-over');

  await over.page.getByRole('button', { name: 'Your payments' }).click();
  await expect(over.page.getByRole('heading', { name: 'Your outstanding payments' })).toBeVisible();
  await expect(over.page.getByRole('listitem')).toHaveCount(4);
  await looksRight(over.page, 'agent-board');
  for (const { call } of [gone, sent, checked, over]) await call.hangUp('agent');
});

test('where no address is on file it is asked for; a desk whose time is over, or whose tokens are not right, says so', async ({
  page,
  house,
}) => {
  const call = await Call.dial(house, { agent: who.email, customerPhone: null });
  await openDesk(page, call, who);
  const id = await startKeypad(page, '5.00', uniqueReference());
  await page.getByRole('button', { name: /^Send a link instead/ }).click();
  await dialog(page).getByLabel('Mobile phone or e-mail').fill('0770');
  await dialog(page).getByRole('button', { name: 'Send link' }).click();
  await expect(dialog(page).getByText('Enter a phone number with its country code')).toBeVisible();
  await looksRight(page, 'agent-address');
  await call.hangUp('agent');
  expect(await sessionOf(house, id)).toMatchObject({ kind: 'agent_assist' });

  await page.goto(`${run.portalUrl}/agent-frame`);
  await expect(page.getByText('Open it anew from your own system.')).toBeVisible();
  await looksRight(page, 'agent-frame-over');
  await refusedFrame(page);
  await looksRight(page, 'agent-frame-refused');
});

/** Another system's page posts tokens that are nobody's. */
async function refusedFrame(page: Page): Promise<void> {
  const address = `${run.portalUrl}/agent-frame/session/${crypto.randomUUID()}`;
  await page.setContent(`<form method="post" action="${address}"><input name="X-BEARER-TOKEN" value="a">
    <input name="X-REFRESH-TOKEN" value="b"><button>Open</button></form>`);
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('heading', { name: 'The payment cannot be shown' })).toBeVisible();
}
