import type { BrowserContext, Page } from '@playwright/test';
import { withDatabase } from './database';
import { as, dialog, fault, looksRight } from './desk';
import { newAgent, retire, switchButton } from './newcomer';
import { asked, Call, keyCard, openDesk, sessionOf, startKeypad, tile } from './phone';
import { APPROVED, expect, type House, run, test, uniqueReference } from './support';

let who: typeof run.admin;
test.beforeAll(async () => {
  who = await newAgent();
});
test.afterAll(() => retire(who));

type Kept = { page: Page; call: Call; reference: string; id: string };

/** A call of its own and the desk on it, with the keypad begun once everything is `set`. */
async function keypad(
  context: BrowserContext,
  house: House,
  options: object = {},
  set: (call: Call) => Promise<unknown> = async () => undefined,
): Promise<Kept> {
  const page = await context.newPage();
  const call = await Call.dial(house, { agent: who.email, ...options });
  await set(call);
  await openDesk(page, call, who);
  const reference = uniqueReference();
  return { page, call, reference, id: await startKeypad(page, '12.40', reference) };
}

const ended = (page: Page, title: string) =>
  expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 40_000 });
/** A picture of an end, and away with page and call. */
async function looksEnded({ page, call }: Kept, title: string, name: string): Promise<void> {
  await ended(page, title);
  await looksRight(page, name);
  await page.close();
  await call.hangUp('agent');
}

/** Keeps what is asked of an address waiting; returns how it goes on. */
async function hold(page: Page, address: string): Promise<() => void> {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route(address, async (route) => {
    await held;
    await route.continue();
  });
  return go;
}

test('a link that is pressed while the desk still opens leads to its page', async ({ page }) => {
  const [open, answer] = [await hold(page, '**/api/agent/context'), await hold(page, '**/account?_rsc=*')];
  await as(page, who);
  await page.goto(`${run.portalUrl}/agent`);
  await page.getByText('Nora Keane', { exact: true }).first().click();
  const asked = page.waitForRequest('**/account?_rsc=*');
  await page.getByRole('link', { name: 'Your account' }).click();
  await asked;
  open();
  await expect(page.getByText('Nothing outstanding')).toBeVisible();
  answer();
  await expect(page).toHaveURL(/\/account$/);
});

test('a desk without a profile that takes payments says who sets one up', async ({ page }) => {
  // No merchant of the demo is without one: it is the portal's own answer, with none in it.
  await page.route('**/api/agent/context', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), profiles: [] } });
  });
  await as(page, who);
  await page.goto(`${run.portalUrl}/agent`);
  await expect(page.getByText('No payment profile can take payments yet.')).toBeVisible();
  await looksRight(page, 'agent-no-profile');
});

test('before a payment the desk looks right: while it opens, empty, on no call, refused, cut off, not for this person', async ({
  page,
}) => {
  const open = await hold(page, '**/api/agent/context');
  await as(page, who);
  await page.goto(`${run.portalUrl}/agent`);
  await expect(page.getByText('The desk is being opened…')).toBeVisible();
  await looksRight(page, 'agent-opening');
  open();
  await expect(page.getByText('Nothing outstanding')).toBeVisible();
  await expect(page.getByText('There is no active call')).toBeVisible();
  await looksRight(page, 'agent-board-empty');

  await page.getByRole('button', { name: /^Payment/ }).click();
  await expect(page.getByRole('radio', { name: 'Keypad' })).toBeDisabled();
  await looksRight(page, 'agent-form-no-call');
  await page.getByLabel('Reference').fill(APPROVED.number);
  await page.getByRole('button', { name: /^Send link/ }).click();
  await expect(page.locator('[aria-invalid]')).toHaveCount(3);
  await looksRight(page, 'agent-form-errors');
  await page.getByRole('button', { name: 'Your payments' }).click();

  await page.context().setOffline(true);
  await expect(page.getByText('The portal cannot be reached.')).toBeVisible();
  await looksRight(page, 'agent-board-cut-off');
  await page.context().setOffline(false);
  await expect(page.getByText('The portal cannot be reached.')).toBeHidden();

  await switchButton(who, false);
  await page.reload();
  await expect(page.getByText('This person takes no payments')).toBeVisible();
  await looksRight(page, 'agent-button-off');
  await switchButton(who, true);
  await as(page, run.viewer);
  await page.goto(`${run.portalUrl}/agent`);
  await expect(page.getByText('Your role does not include taking payments')).toBeVisible();
  await looksRight(page, 'agent-no-permission');
});

test('the keypad looks right in each of its states and ends, those of time and of faults too', async ({
  context,
  house,
}) => {
  test.setTimeout(240_000);
  // Both wait for their time to be over while the others are looked at.
  const promised = await keypad(context, house, { recordingConfirms: 'never' });
  await expect(promised.page.getByText('Securing the call').first()).toBeVisible();
  await looksRight(promised.page, 'agent-securing');
  const silent = await keypad(context, house);
  await asked(silent.page, 'number');

  const leg = await keypad(context, house, { securing: 'secured_leg' });
  await asked(leg.page, 'number');
  await expect(leg.page.getByText('Secured: the caller is on the secured line')).toBeVisible();
  await looksRight(leg.page, 'agent-secured-leg');
  await leg.page.getByRole('button', { name: /^Cancel payment/ }).click();
  await expect(dialog(leg.page)).toBeVisible();
  await looksRight(leg.page, 'agent-cancel');
  await dialog(leg.page).getByRole('button', { name: 'Cancel payment' }).click();
  await looksEnded(leg, 'Canceled', 'agent-canceled');

  const left = await keypad(context, house, { recorded: false });
  await asked(left.page, 'number');
  await expect(left.page.getByText('This call is not recorded', { exact: true })).toBeVisible();
  await looksRight(left.page, 'agent-not-recorded', { alike: true });
  await left.call.hangUp('agent');
  await looksEnded(left, 'The call left this desk. Nothing was charged.', 'agent-left');

  const unsecured = await keypad(context, house, {}, ({ id }) =>
    fault(house.request, {
      target: 'telephony',
      operation: 'secure',
      kind: 'refuse',
      status: 422,
      match: { reference: id },
    }),
  );
  await looksEnded(unsecured, 'It did not work. Nothing was charged.', 'agent-failed');

  const late = await keypad(context, house, {}, ({ id }) =>
    fault(house.request, {
      target: 'telephony',
      operation: 'resume',
      kind: 'refuse',
      match: { reference: id },
    }),
  );
  await asked(late.page, 'number');
  await withDatabase(
    (sql) => sql`update payment_sessions set capture_at = capture_at - interval '6 minutes'
      from payment_links l where l.id = payment_link_id and l.reference = ${late.reference}`,
  );
  await ended(late.page, 'Time is over. Nothing was charged.');
  await expect(late.page.getByText('Recording is still off').first()).toBeVisible();
  await looksEnded(late, 'Time is over. Nothing was charged.', 'agent-timed-out');

  await ended(promised.page, 'It did not work. Nothing was charged.');
  await expect(promised.page.getByText('nobody confirmed that the recording is off').first()).toBeVisible();
  await looksEnded(promised, 'It did not work. Nothing was charged.', 'agent-not-confirmed');

  await expect(tile(silent.page, 'number')).toContainText('Not keyed in 30 seconds', { timeout: 40_000 });
  await looksRight(silent.page, 'agent-field-timed-out');
  await silent.page.route('**/live', (route) => route.abort());
  await silent.page.reload();
  await expect(silent.page.getByText('Asking every 2 s')).toBeVisible();
  await looksRight(silent.page, 'agent-asking');
  await silent.page.context().setOffline(true);
  await expect(silent.page.getByText('No connection: trying again')).toBeVisible();
  await looksRight(silent.page, 'agent-cut-off');
  await silent.page.context().setOffline(false);
  await silent.call.hangUp('agent');
});

test('a card on its way to the bank, and one whose outcome nobody knows, look right', async ({
  context,
  house,
}) => {
  const slow = await keypad(context, house);
  const lost = await keypad(context, house);
  const gateway = async ({ id }: Kept, data: object) => {
    const match = { paymentLink: (await sessionOf(house, id)).paymentLink };
    return fault(house.request, { target: 'gateway', match, ...data });
  };
  await gateway(slow, { operation: 'authorize', kind: 'delay', delayMs: 6_000, times: 1 });
  await gateway(lost, { operation: 'authorize', kind: 'reset_after', times: 1 });
  const mend = await gateway(lost, { operation: 'read', kind: 'refuse' });
  await gateway(lost, { target: 'gateway_webhooks', kind: 'lose' });
  for (const { page, call } of [slow, lost]) {
    await keyCard(page, call, APPROVED.number);
    await page.getByRole('button', { name: /^Take payment/ }).click();
    if (page === slow.page) {
      await expect(page.getByRole('button', { name: /^Being paid/ })).toBeVisible();
      await looksRight(page, 'agent-submitting');
    }
  }
  await ended(lost.page, 'Outcome not known yet. Do not ask for payment again');
  await looksRight(lost.page, 'agent-unknown');
  await mend();
  await ended(slow.page, '£12.40 is paid');
  await ended(lost.page, '£12.40 is paid');
  for (const { call } of [slow, lost]) await call.hangUp('agent');
});
