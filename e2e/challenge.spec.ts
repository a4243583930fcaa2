import type { Page } from '@playwright/test';
import { looksRight } from './desk';
import {
  APPROVED,
  expect,
  expectState,
  type House,
  type InboxMessage,
  type Link,
  pay,
  run,
  signIn,
  test,
} from './support';

const CUSTOMER = { name: 'Ada Lovelace', email: 'ada@example.test', phone: '+447700900123' };
const HIDDEN = ['12.40', 'Two walking sticks', 'Lovelace', 'ada@example.test'];

/** A phone number of this test alone. */
const freshPhone = (): string => `+4477009${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`;

async function codeFor(house: House, to: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const inbox = await house.control<InboxMessage>('inbox');
      code = /^(\d{6}) /.exec(inbox.find((one) => one.to === to)?.text ?? '')?.[1] ?? '';
      return code;
    })
    .not.toBe('');
  return code;
}

async function hidesAll(page: Page, link: Link): Promise<void> {
  await expectState(page, 'verification');
  const source = await page.content();
  for (const hidden of [...HIDDEN, link.reference]) expect(source).not.toContain(hidden);
}

test('a passcode opens the page, which stays open on reload, and whose address asks again where it is copied', async ({
  page,
  browser,
  house,
}) => {
  const phone = freshPhone();
  const link = await house.issue({ customer: { ...CUSTOMER, phone }, challenge: { kind: 'passcode' } });
  await page.goto(link.url);
  await hidesAll(page, link);
  await expect(page.getByText(link.phrase)).toBeVisible();
  await looksRight(page, 'challenge-offer');
  await page.getByRole('button', { name: 'Send the code' }).click();
  const field = page.getByLabel('Your code');
  await expect(field).toBeVisible();
  await looksRight(page, 'challenge-passcode');
  const code = await codeFor(house, phone);
  await page.getByRole('button', { name: 'Send another code' }).click();
  await expect(page.getByRole('alert')).toHaveText(/Wait half a minute/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toHaveText('Enter your answer.');
  await field.fill(code === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toHaveText('That is not right. 4 tries left.');
  await looksRight(page, 'challenge-wrong');
  // So late that the page has looked meanwhile, and seen that the code is spent.
  await page.route('**/verify', async (route) => {
    const response = await route.fetch();
    await page.waitForResponse(/\/status/);
    await route.fulfill({ response });
  });
  await field.fill(code);
  await field.press('Enter');
  await expectState(page, 'ready');
  await expect(page.getByText('£12.40').first()).toBeVisible();
  expect(page.url()).toBe(link.url);
  await page.reload();
  await expectState(page, 'ready');
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await expect(page.getByText('Zahlungsanforderung').first()).toBeVisible();
  await expectState(page, 'ready');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByText('Zahlungsanforderung')).toHaveCount(0);
  // The pass is in the address until the page's script has read it.
  await expect.poll(() => page.url()).not.toContain('p=');
  const copied = await browser.newPage();
  await copied.goto(page.url());
  await hidesAll(copied, link);
  await copied.close();
  await expectState(page, 'ready');
  await pay(page, APPROVED);
  await expectState(page, 'paid');
  expect(page.url()).not.toContain('p=');
});

test('without script a postcode opens the page, a wrong one is told, and the fifth locks the link', async ({
  browser,
  house,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const postcode = { kind: 'postcode', postcode: 'SW1A 1AA' };
  const [link, other] = [
    await house.issue({ challenge: postcode }),
    await house.issue({ challenge: postcode }),
  ];
  await page.goto(link.url);
  await hidesAll(page, link);
  const answer = async (text: string) => {
    await page.getByLabel('Your postcode').fill(text);
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  await answer('EC1A 1BB');
  await expect(page.getByRole('alert')).toHaveText('That is not right. 4 tries left.');
  await answer('sw1a1aa');
  await expectState(page, 'ready');
  await page.goto(other.url);
  for (let i = 0; i < 5; i++) await answer('EC1A 1BB');
  await expectState(page, 'locked');
  await expect(page.getByText('Paused for your safety')).toBeVisible();
  expect((await house.link(other.id)).status).toBe('locked');
  await context.close();
});

test('a forwarded link asks for reference and end of the number, one field after the other', async ({
  page,
  house,
}) => {
  const challenge = { kind: 'reference_phone_ending' };
  const link = await house.issue({ customer: CUSTOMER, challenge });
  await page.goto(link.url);
  await hidesAll(page, link);
  await looksRight(page, 'challenge-forwarded');
  const next = () => page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel(/last 4 digits/).fill('0123');
  await next();
  await expect(page.getByRole('alert')).toHaveText('Enter your answer.');
  await expect(page.getByLabel('The reference of the payment')).toBeFocused();
  await page.keyboard.type(link.reference.toLowerCase());
  await next();
  await expectState(page, 'ready');
});

test('nothing is paid, read or begun on a page whose question was not answered', async ({
  house,
  request,
}) => {
  const link = await house.issue({ customer: CUSTOMER, challenge: { kind: 'phone_ending' } });
  const headers = { origin: run.portalUrl, 'content-type': 'application/json' };
  for (const path of ['attempts', 'opened', 'continue']) {
    const answer = await request.post(`${link.url}/${path}`, { headers, data: {} });
    expect(answer.status(), path).toBe(403);
  }
  for (const pass of ['', 'x', 'A'.repeat(27)]) {
    const status = await request.get(`${link.url}/status?p=${pass}`);
    expect(await status.json()).toMatchObject({ state: 'verification' });
  }
  for (let i = 0; i < 5; i++) await request.get(`${link.url}?p=${'A'.repeat(27)}`);
  const right = await request.post(`${link.url}/verify`, { headers, data: { answer: '0123' } });
  const { pass } = (await right.json()) as { pass: string };
  const begun = await request.post(`${link.url}/attempts?p=${pass}`, { headers, data: {} });
  expect(begun.status()).toBe(201);
});

test('no passcode is sent for a link that asks for none, or that is over', async ({ house, request }) => {
  const headers = { origin: run.portalUrl, 'content-type': 'application/json' };
  const phone = freshPhone();
  const asked = { customer: { ...CUSTOMER, phone }, challenge: { kind: 'passcode' } };
  const [open, canceled] = [await house.issue({ customer: CUSTOMER }), await house.issue(asked)];
  await house.api('POST', `/payment-links/${canceled.id}/cancel`);
  for (const { url } of [open, canceled])
    expect((await request.post(`${url}/passcode`, { headers, data: {} })).status()).toBe(200);
  for (const { id } of [open, canceled]) {
    const told = await house.api('GET', `/payment-links/${id}/messages`);
    expect(((await told.json()) as { data: unknown[] }).data).toEqual([]);
  }
});

test('staff see what a link asks first, and that a passcode went', async ({ page, house }) => {
  const phone = freshPhone();
  const link = await house.issue({ customer: { ...CUSTOMER, phone }, challenge: { kind: 'passcode' } });
  await page.goto(link.url);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await codeFor(house, phone);
  await signIn(page, run.admin);
  await page.goto(`${run.portalUrl}/admin/links/${link.id}`);
  await expect(page.getByText('a passcode, by another channel')).toBeVisible();
  await expect(page.getByText(/SMS with a passcode/)).toBeVisible();
  await looksRight(page, 'challenge-desk');
  await page.goto(`${run.portalUrl}/admin/links/new`);
  await page.getByLabel('Amount', { exact: true }).fill('12.40');
  await page.getByLabel('Asked before the page').selectOption('reference_phone_ending');
  await page.getByRole('button', { name: 'Issue payment link' }).click();
  await expect(page.getByText('This is needed to ask for its last digits.')).toBeVisible();
  await page.getByLabel('Mobile phone').fill(phone);
  await page.getByLabel('Reference', { exact: true }).fill(link.reference);
  await page.getByRole('button', { name: 'Issue payment link' }).click();
  await expect(page.getByText('the reference and the end of the phone number')).toBeVisible();
});
