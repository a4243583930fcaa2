import type { Browser, FrameLocator, Page } from '@playwright/test';
import { accountConfiguration, linkSentTo, randomNumber, webhookTells } from './account-configuration';
import { faultsOf } from './axe';
import { switchProfile } from './crm';
import { framed, servePage } from './frame';
import { Call } from './phone';
import { APPROVED, expect, expectState, type House, pay, run, test, uniqueReference } from './support';
import { VonageClient } from './vonage-client';

// One origin may frame the desk, and one page at a time stands there.
test.describe.configure({ mode: 'serial' });

const DATA = { FirstName: 'John', Surname: 'Smith', Postcode: '50-348', Amount: '12.40', Currency: 'GBP' };
const client = new VonageClient({ baseUrl: run.portalUrl, ...run.oauth });

async function launch(house: House, more: object = {}): Promise<string> {
  const answer = await house.api('POST', '/agent-launches', { agent: run.agent.email, ...more });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { url: string }).url;
}

/** Another system's page, with the desk in its frame, in a browser that was never here. */
async function openCrm(browser: Browser, html: string) {
  const { url, close } = await servePage(html);
  const page = await (await browser.newContext({ viewport: { width: 1300, height: 1000 } })).newPage();
  await page.goto(url);
  return { page, desk: page.frameLocator('iframe'), close };
}

/** The card is keyed as the desk in the frame asks for it, and taken. */
async function payInFrame(desk: FrameLocator, page: Page, call: Call): Promise<void> {
  for (const [name, keys] of [
    ['Card number', `${APPROVED.number}#`],
    ['Expiry date', '1231'],
    ['Security code', '123#'],
  ] as const) {
    await expect(desk.getByRole('region', { name })).toContainText('Waiting for the caller');
    await page.waitForTimeout(300);
    await call.press(keys);
  }
  await desk.getByRole('button', { name: /^Take payment/ }).click();
  await expect(desk.getByRole('heading', { name: /is paid$/ })).toBeVisible({ timeout: 20_000 });
}

test('the desk in a frame of a CRM takes a payment without a cookie, from an address that is good once', async ({
  browser,
  house,
}) => {
  const call = await Call.dial(house);
  const address = await launch(house, { call: call.id, reference: 'INV-2001' });
  const { page, desk, close } = await openCrm(browser, framed(address));
  await expect(desk.getByRole('heading', { name: 'New payment' })).toBeVisible();
  await expect(desk.getByLabel('Reference')).toHaveValue('INV-2001');
  expect(page.frames()[1]?.url()).not.toContain('launch');
  await desk.getByLabel('Amount', { exact: true }).fill('3.10');
  await desk.getByRole('button', { name: /^Start keypad/ }).click();
  await payInFrame(desk, page, call);
  expect(await faultsOf(page)).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
  await page.reload();
  await expect(desk.getByRole('main').getByRole('alert')).toContainText('Open it anew from your own system.');
  close();
  await call.hangUp('agent');
});

test('a page of an origin that is not listed cannot show the desk', async ({ browser, house }) => {
  const other = await servePage(framed(await launch(house)), 0);
  const page = await (await browser.newContext()).newPage();
  const refused = page.waitForEvent('console', (one) => one.text().includes('frame-ancestors'));
  await page.goto(other.url);
  await refused;
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveCount(0);
  other.close();
});

test('a client written for the Vonage Payment API runs a whole agent-assist payment in its own page', async ({
  page: admin,
  browser,
  house,
  request,
}) => {
  const name = uniqueReference();
  await accountConfiguration(admin, request, name);
  const call = await Call.dial(house);
  const session = await client.createSession({
    agentId: run.agent.email,
    accountConfigurationId: name,
    paymentData: {
      FirstName: 'John',
      Surname: 'Smith',
      Amount: '12.40',
      Currency: 'GBP',
      MerchantReferenceCode: name,
    },
  });
  const { page, desk, close } = await openCrm(browser, client.agentPage(session));
  await payInFrame(desk, page, call);
  await expect.poll(async () => (await client.status(session.sessionGuid)).sessionState).toBe('Finished');
  const ended = await client.status(session.sessionGuid);
  expect(ended.paymentResultData).toMatchObject({
    ...{ MerchantReferenceCode: name, Amount: '1240', decision: 'ACCEPT', reasonCode: '100' },
  });
  await webhookTells(house, name, ended);
  close();
  await call.hangUp('agent');
  await switchProfile(name, false);
});

test('a client written for the Vonage Payment API runs a whole digital payment, which its agent follows in the frame', async ({
  page: admin,
  browser,
  house,
  request,
}) => {
  const name = uniqueReference();
  await accountConfiguration(admin, request, name);
  const number = randomNumber();
  const paymentData = { ...DATA, CustomerPhoneNumber: number, MerchantReferenceCode: name };
  const session = await client.createDigitalSession({
    ...{ agentId: 'agent1234', paymentData, accountConfigurationId: name },
  });
  const begun = await client.status(session.sessionGuid);
  expect(begun).toMatchObject({
    sessionState: 'Created',
    paymentResultData: { ...paymentData, Amount: '1240' },
  });
  const { desk, close } = await openCrm(browser, client.agentPage(session));
  await expect(desk.getByRole('heading', { name: '£12.40' })).toBeVisible();
  const payer = await browser.newPage();
  await payer.goto(await linkSentTo(house, `+${number}`));
  await pay(payer, APPROVED);
  await expectState(payer, 'paid');
  await payer.close();
  await expect.poll(async () => (await client.status(session.sessionGuid)).sessionState).toBe('Finished');
  const ended = await client.status(session.sessionGuid);
  expect(ended.paymentResultData).toMatchObject({
    ...{ ...paymentData, Amount: '1240', decision: 'ACCEPT', reasonCode: '100', transactionType: 'Capture' },
  });
  await expect(desk.getByRole('heading', { name: '£12.40 is paid' })).toBeVisible({ timeout: 20_000 });
  await webhookTells(house, name, ended);
  close();
  await switchProfile(name, false);
});
