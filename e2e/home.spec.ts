import { looksRight } from './desk';
import { newOwnerElsewhere } from './newcomer';
import { expect, run, signIn, test } from './support';

test('a new owner lands at home: what is to be set up, what is outstanding, how links do; a link that is issued shows by itself', async ({
  page,
  request,
}) => {
  const owner = await newOwnerElsewhere();
  try {
    await signIn(page, owner);
    await expect(page).toHaveURL(/\/admin\/home$/);
    await expect(page.getByRole('heading', { name: 'What needs you' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Set up your account' })).toContainText('Endpoint: to do');
    const outstanding = page.getByRole('region', { name: 'Outstanding' });
    const issued = await request.post(`${run.portalUrl}/api/v1/payment-links`, {
      headers: { authorization: `Bearer ${run.otherMerchant.apiKey}` },
      data: { amountMinor: 987_654, currency: 'CHF', expiresInSeconds: 3600 },
    });
    expect(issued.status()).toBe(201);
    await expect(outstanding).toContainText(/CHF\s?9,876\.54/, { timeout: 4000 });
    await expect(page.getByRole('link', { name: 'Ending within a day' })).toBeVisible();
    await page.getByRole('link', { name: '7 days' }).click();
    await expect(page).toHaveURL(/days=7/);
    await expect(page.getByRole('row', { name: /^\d+ \w+ \d{4} \d+ \d+$/ })).toHaveCount(7);
    await looksRight(page, 'home');
  } finally {
    await owner.leave();
  }
});
