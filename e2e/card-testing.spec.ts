import postgres from 'postgres';
import { APPROVED, cardForm, expect, pay, run, test, uniqueReference } from './support';

test('while a merchant’s breaker is open a payer reads a calm sentence and learns nothing more; then the same page pays', async ({
  page,
  request,
}) => {
  const sql = postgres(run.databaseUrl, { max: 1 });
  try {
    const issued = await request.post(`${run.portalUrl}/api/v1/payment-links`, {
      headers: { authorization: `Bearer ${run.otherMerchant.apiKey}` },
      data: { amountMinor: 1240, currency: 'GBP', reference: uniqueReference() },
    });
    const { id, url } = await issued.json();
    const breaker = (until: string) =>
      sql`update merchants set breaker_until = cf_now() + ${until}::interval
        where id = (select max(merchant_id) from api_keys)`;
    await breaker('15 minutes');
    const answers: string[] = [];
    page.on('response', async (response) => {
      if (response.request().method() === 'POST') answers.push(await response.text().catch(() => ''));
    });
    await page.goto(url);
    await pay(page, APPROVED);
    const told = cardForm(page).getByText('Payments cannot be taken right now. Nothing was charged.');
    await expect(told).toBeVisible();
    await expect(page.locator('main')).toHaveAttribute('data-state', 'ready');
    expect(answers.join()).toContain('rate_limited');
    expect(answers.join()).not.toMatch(/card.?testing|breaker|declin|network/i);
    const [stopped] = await sql`select e.detail from events e join payment_attempts a
      on a.merchant_id = e.merchant_id and a.payment_link_id = e.payment_link_id and a.reason = 'card_testing'
      where e.payload::json ->> 'paymentLink' = ${id} and e.type = 'payment_attempt.abandoned'`;
    expect(stopped).toEqual({ detail: 'breaker' });
    await breaker('-1 second');
    await cardForm(page).getByLabel('Security code').fill('123');
    await cardForm(page).getByRole('button', { name: /^Pay/ }).click();
    await expect(page.locator('main')).toHaveAttribute('data-state', 'paid', { timeout: 20_000 });
  } finally {
    await sql.end();
  }
});
