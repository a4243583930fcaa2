import { randomNumber } from './account-configuration';
import { expect, run, test } from './support';
import { VonageClient } from './vonage-client';

const client = new VonageClient({ baseUrl: run.portalUrl, ...run.oauth });
const DATA = { FirstName: 'John', Surname: 'Smith', Postcode: '50-348', Amount: '12.40', Currency: 'GBP' };

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
