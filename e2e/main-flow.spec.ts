import path from 'node:path';
import type { Page } from '@playwright/test';
import {
  APPROVED,
  bank,
  CHALLENGED,
  cardForm,
  expect,
  expectState,
  type House,
  type InboxMessage,
  pay,
  run,
  signIn,
  test,
  uniqueReference,
} from './support';

/** CF_PICTURES names the folder of the documents' pictures; without it none is taken. */
const folder = process.env.CF_PICTURES;
const picture = async (page: Page, name: string, wanted: boolean): Promise<void> => {
  if (folder && wanted) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

/** What a back office looks at: links of several customers, currencies and states. */
async function pictureOfTheList(admin: Page, house: House): Promise<void> {
  const wanted: [amountMinor: number, currency: string, description: string, name: string][] = [
    [12_900, 'EUR', 'Trekking boots', 'Jonas Weber'],
    [2_480, 'GBP', 'Camping stove', 'Amara Okafor'],
    [18_600, 'CHF', 'Guided glacier walk', 'Nina Favre'],
    [5_400, 'GBP', 'Repair of a rucksack', 'Tom Haverford'],
    [9_800, 'JPY', 'Rain jacket', 'Yuki Tanaka'],
  ];
  for (const [index, [amountMinor, currency, description, name]] of wanted.entries()) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@example.test`;
    const send = { channel: 'email' };
    const reference = `ORD-${20_418 + index}`;
    const asked = { amountMinor, currency, description, reference, customer: { name, email }, send };
    const link = await house.issue(asked);
    if (name === 'Tom Haverford') await house.api('POST', `/payment-links/${link.id}/cancel`);
  }
  await admin.goto(`${run.portalUrl}/admin`);
  await expect(admin.getByText('Yuki Tanaka').first()).toBeVisible();
  await picture(admin, 'admin-links', true);
}

for (const [what, card] of [
  ['4242…', APPROVED],
  ['the 3-D Secure card', CHALLENGED],
] as const) {
  test(`a link is issued, opened from the inbox and paid with ${what}; admin and receiver learn of it`, async ({
    page: admin,
    context,
    house,
  }, { project }) => {
    const pictures = project.name === 'desktop' && card === APPROVED;
    const shown = folder !== undefined && pictures;
    const reference = shown ? 'ORD-20417' : uniqueReference();
    const email = shown ? 'zoe.quirk@example.test' : `${reference.toLowerCase()}@example.test`;
    await signIn(admin, run.admin);
    await admin.goto(`${run.portalUrl}/admin/links/new`);
    await admin.getByLabel('Amount').fill('49.99');
    await admin.getByLabel('What it is for').fill('Two-person tent');
    await admin.getByLabel('Reference', { exact: true }).fill(reference);
    await admin.getByLabel('Name').fill('Zoë Quirk');
    await admin.getByLabel('E-mail', { exact: true }).fill(email);
    await admin.getByLabel('By e-mail').check();
    await picture(admin, 'first-payment-1-issue', pictures);
    await admin.getByRole('button', { name: 'Issue payment link' }).click();
    await admin.waitForURL(/\/admin\/links\/plink_/);
    const id = /plink_[a-z0-9]+/.exec(admin.url())?.[0] ?? '';

    await expect.poll(async () => (await house.control(`inbox?to=${email}`)).length).toBe(1);
    const inbox = await context.newPage();
    await inbox.goto(`${run.sandboxUrl}/inbox?to=${encodeURIComponent(email)}`);
    await picture(inbox, 'first-payment-2-inbox', pictures);
    const [message] = await house.control<InboxMessage>(`inbox?to=${email}`);
    const payer = await (await context.browser()?.newContext({ viewport: admin.viewportSize() }))?.newPage();
    if (!payer || !message?.links[0]) throw new Error('no message with a link');
    await payer.goto(message.links[0]);
    await expect(cardForm(payer).getByRole('button', { name: 'Pay £49.99' })).toBeEnabled();
    await picture(payer, 'first-payment-3-pay-page', pictures);
    await pay(payer, card);
    if (card === CHALLENGED) await bank(payer).getByRole('button', { name: 'Accept' }).click();
    await expectState(payer, 'paid');
    await expect(payer.getByText('Two-person tent')).toBeVisible();
    await picture(payer, 'first-payment-4-receipt', pictures);

    await expect(admin.getByText('Paid', { exact: true }).first()).toBeVisible();
    await expect.poll(async () => (await house.received(id, 'payment_link.paid')).length).toBe(1);
    const [told] = await house.received(id, 'payment_link.paid');
    expect(told).toMatchObject({ verified: true, body: { data: { id, status: 'paid' } } });
    await picture(admin, 'first-payment-5-admin', pictures);
    await payer.context().close();
    if (shown) await pictureOfTheList(admin, house);
  });
}
