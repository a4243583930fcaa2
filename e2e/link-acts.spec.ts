import { renderSVG } from 'uqr';
import { act, as, detail, looksRight } from './desk';
import { expect, type InboxMessage, run, test, uniqueReference } from './support';

/** The acts on a link with money or time in them are in money-screens, money-by-hand and erasure. */
test('the address of a link is copied, scanned from the screen, and sent again by SMS and by e-mail: once a minute each', async ({
  page,
  context,
  house,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const email = `${uniqueReference().toLowerCase()}@example.test`;
  const phone = '+447700900417';
  const link = await house.issue({ customer: { email, phone } });
  const sentTo = async (to: string) =>
    (await house.control<InboxMessage>(`inbox?to=${encodeURIComponent(to)}`)).filter(({ links }) =>
      links.includes(link.url),
    ).length;
  await as(page, run.agent);
  await page.goto(detail(link));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link.url);

  await page.getByText('Show as a QR code').click();
  const code = page.getByRole('img', { name: 'QR code of the payment link' });
  await expect(code).toBeVisible();
  const drawn = await code.evaluate(({ src }: HTMLImageElement) => decodeURIComponent(src));
  expect(drawn).toContain(renderSVG(link.url, { ecc: 'M' }));
  await looksRight(page, 'link-code');

  for (const [name, to] of [
    ['Send by SMS', phone],
    ['Send by e-mail', email],
  ] as const) {
    await act(page, name).click();
    await expect(page.getByText(`On its way to ${to}.`)).toBeVisible();
    await expect.poll(() => sentTo(to)).toBe(1);
    const answer = page.waitForResponse((one) => one.request().method() === 'POST');
    await act(page, name).click();
    expect((await answer).ok()).toBe(true);
  }
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages.getByText('Delivered')).toHaveCount(2);
  await expect(messages.getByRole('listitem')).toHaveCount(2);
  expect([await sentTo(phone), await sentTo(email)]).toEqual([1, 1]);
});
