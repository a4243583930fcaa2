import { faultsOf } from './axe';
import { expire } from './database';
import {
  APPROVED,
  bank,
  CHALLENGED,
  cardForm,
  expect,
  expectState,
  type InboxMessage,
  pay,
  run,
  test,
  uniqueReference,
} from './support';

test('a reissue makes the open old page say that it was replaced; the new address can be paid', async ({
  page,
  house,
  request,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await expect(cardForm(page).getByLabel('Card number')).toBeVisible();
  const answer = await house.api('POST', `/payment-links/${link.id}/reissue`, {});
  const { url } = (await answer.json()) as { url: string };
  await expectState(page, 'replaced', 4000);
  expect(await faultsOf(page)).toEqual([]);
  expect((await request.get(link.url)).status()).toBe(410);
  expect(await page.content()).not.toContain(url.slice(url.lastIndexOf('/')));
  const headers = { origin: run.portalUrl, 'content-type': 'application/json' };
  for (const act of ['attempts', 'opened', 'request-link'])
    expect((await request.post(`${link.url}/${act}`, { headers, data: {} })).status()).toBe(409);
  await page.goto(url);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
});

test('canceled while the payer is at the bank check: taken back at the gateway, and nothing is charged', async ({
  page,
  house,
}) => {
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, CHALLENGED);
  await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeVisible();
  expect((await house.api('POST', `/payment-links/${link.id}/cancel`)).status()).toBe(200);
  await expectState(page, 'canceled', 15_000);
  await expect.poll(async () => (await house.link(link.id)).status).toBe('canceled');
  expect((await house.ledger(link.id)).filter((entry) => entry.status === 'captured')).toEqual([]);
});

for (const javaScriptEnabled of [true, false]) {
  test(`an expired page sends a new link by e-mail when it is asked, ${javaScriptEnabled ? 'with' : 'without'} script; it is paid`, async ({
    browser,
    house,
  }) => {
    const email = `${uniqueReference().toLowerCase()}@example.test`;
    const link = await house.issue({ customer: { email } });
    await expire(link.reference);
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(link.url);
    await expectState(page, 'expired');
    await expect(page.getByText('r•••@e•••.test')).toBeVisible();
    if (javaScriptEnabled) expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ask for a new link' }).click();
    await expectState(page, 'replaced');
    expect(new URL(page.url()).pathname).toBe(new URL(link.url).pathname);
    await expect(page.getByText('The new one goes to the e-mail address r•••@e•••.test')).toBeVisible();
    await expect.poll(async () => (await house.control(`inbox?to=${email}`)).length).toBe(1);
    const [message] = await house.control<InboxMessage>(`inbox?to=${email}`);
    const fresh = message?.links[0] ?? '';
    expect(await page.content()).not.toContain(fresh.slice(fresh.lastIndexOf('/')));
    const payer = await browser.newPage();
    await payer.goto(fresh);
    await pay(payer, APPROVED);
    await expectState(payer, 'paid');
    await payer.close();
    await context.close();
  });
}

test('asking for a new link is refused to other origins, by GET, and to forms that are not ours', async ({
  house,
  request,
}) => {
  const link = await house.issue({ customer: { email: 'ada@example.test' } });
  await expire(link.reference);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const headers of [
    { ...form },
    { ...form, origin: 'null' },
    { ...form, origin: 'null', 'sec-fetch-site': 'cross-site' },
    { ...form, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { 'content-type': 'application/json', origin: 'null', 'sec-fetch-site': 'same-origin' },
  ])
    expect((await request.post(`${link.url}/request-link`, { headers, data: '' })).status()).toBe(403);
  expect((await request.get(`${link.url}/request-link`)).status()).toBe(405);
  expect((await house.link(link.id)).status).toBe('expired');
});

test('PATCH needs the version that was read, and says so', async ({ house, request }) => {
  const link = await house.issue();
  const patch = (headers: Record<string, string>) =>
    request.patch(`${run.portalUrl}/api/v1/payment-links/${link.id}`, {
      headers: { authorization: `Bearer ${run.apiKey}`, ...headers },
      data: { description: 'Three walking sticks' },
    });
  for (const [headers, status, code] of [
    [{}, 428, 'version_required'],
    [{ 'if-match': '"9"' }, 412, 'version_mismatch'],
    [{ 'if-match': '1' }, 412, 'version_mismatch'],
  ] as const) {
    const answer = await patch(headers);
    expect([answer.status(), ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  }
  const done = await patch({ 'if-match': '"1"' });
  expect(await done.json()).toMatchObject({ description: 'Three walking sticks', version: 2 });
  const events = await house.api('GET', `/payment-links/${link.id}/events?afterSequence=1`);
  expect(await events.json()).toMatchObject({
    data: [{ type: 'payment_link.updated', previous: { description: 'Two walking sticks' } }],
  });
});
