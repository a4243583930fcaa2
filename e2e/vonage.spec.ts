import type { APIRequestContext, Page } from '@playwright/test';
import { freshProfile, switchProfile } from './crm';
import { as, dialog, looksRight } from './desk';
import {
  APPROVED,
  expect,
  expectState,
  type House,
  type InboxMessage,
  pay,
  run,
  test,
  uniqueReference,
} from './support';
import { type Session, type Status, VonageClient } from './vonage-client';

const client = new VonageClient({ baseUrl: run.portalUrl, ...run.oauth });
const DATA = { FirstName: 'John', Surname: 'Smith', Postcode: '50-348', Amount: '12.40', Currency: 'GBP' };

const card = (page: Page) => page.getByRole('region', { name: 'Vonage-compatible API' });

/** An account configuration of this test alone, set up by an admin on its screen, with a receiver of its own. */
async function accountConfiguration(page: Page, request: APIRequestContext, name: string): Promise<void> {
  await freshProfile(name);
  await as(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/profiles`);
  await page.getByRole('list', { name: 'Payment profiles' }).getByRole('link', { name }).click();
  await expect(card(page)).toContainText('None yet');
  await card(page).getByRole('button', { name: 'Switch on' }).click();
  await dialog(page).getByLabel('Account configuration').fill(name);
  await looksRight(page, 'compatible-switch', { alike: true });
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).toContainText(name);
  await card(page).getByRole('button', { name: 'Set up webhook' }).click();
  await dialog(page).getByLabel('Address', { exact: true }).fill(`${run.sandboxUrl}/receiver/${name}`);
  await looksRight(page, 'compatible-webhook', { alike: true });
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_\S{44}$/);
  const data = { mode: 'ok', secret: await page.getByTestId('secret').innerText() };
  await request.put(`${run.sandboxUrl}/control/receiver/${name}`, { data });
  await looksRight(page, 'compatible-card');
  await switchProfile(name, true);
}

/** The address in the SMS that went to this number. */
async function linkSentTo(house: House, number: string): Promise<string> {
  const find = () => house.control<InboxMessage>(`inbox?to=${encodeURIComponent(number)}`);
  await expect.poll(async () => (await find()).length).toBe(1);
  return (await find())[0]?.links[0] ?? '';
}

/** What the form of the agent's page does: both tokens are posted, and go on in the fragment. */
async function opensTheDesk(request: APIRequestContext, session: Session): Promise<void> {
  const form = {
    ...{ 'X-BEARER-TOKEN': session.agentAccessToken, 'X-REFRESH-TOKEN': session.agentRefreshToken },
  };
  const opened = await request.post(session.iframeUrl, { form, maxRedirects: 0 });
  expect(opened.status()).toBe(303);
  const to = new URL(opened.headers().location ?? '');
  expect([to.origin, to.pathname]).toEqual([run.portalUrl, '/agent-frame']);
  expect(new URLSearchParams(to.hash.slice(1)).get('token')).toBe(session.agentAccessToken);
}

const randomNumber = (): string => `4477009${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`;

test('a client written for the Vonage Payment API runs a whole digital payment', async ({
  page,
  browser,
  house,
  request,
}) => {
  const name = uniqueReference();
  await accountConfiguration(page, request, name);
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
  await opensTheDesk(request, session);
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
  const received = () => house.control<{ verified: boolean; body: Status }>(`receiver/${name}`);
  await expect.poll(async () => (await received()).length).toBe(1);
  expect(await received()).toMatchObject([{ verified: true, body: ended }]);
  await switchProfile(name, false);
});

test('what the surface refuses is told in its own words, and the frame is only for who has the tokens', async ({
  request,
}) => {
  const paymentData = { ...DATA, CustomerPhoneNumber: randomNumber() };
  const refused = client.createDigitalSession({
    ...{ agentId: 'agent1234', paymentData, accountConfigurationId: 'none-such' },
  });
  await expect(refused).rejects.toMatchObject({
    ...{ status: 400, answer: { error: { code: 'ACCOUNT_CONFIGURATION_NOT_FOUND' } } },
  });
  const frame = `${run.portalUrl}/agent-frame/session/c97f86c0-4586-4ba6-adc7-e0072f7f1601`;
  expect((await request.get(frame)).status()).toBe(405);
  const form = { 'X-BEARER-TOKEN': 'cfa_wrong', 'X-REFRESH-TOKEN': 'cfr_wrong' };
  const opened = await request.post(frame, { form, maxRedirects: 0 });
  expect(opened.status()).toBe(401);
  expect(opened.headers()['content-security-policy']).toContain('frame-ancestors');
  expect(opened.headers()['x-frame-options']).toBeUndefined();
});
