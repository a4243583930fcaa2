import type { Page } from '@playwright/test';
import { dtmfKeysIn } from '@/sandbox/phone/dtmf';
import { as } from './desk';
import { expect, type House, run } from './support';

type Told = { state: string; secured: string | null; recordings: { state: string }[] };

/** A call between the demo's agent and a customer, on the sandbox's telephone. */
export class Call {
  private constructor(
    private readonly house: House,
    readonly id: string,
  ) {}

  static async dial(house: House, options: object = {}): Promise<Call> {
    const answer = await house.request.post(`${run.sandboxUrl}/control/phone/calls`, {
      data: { agent: run.agent.email, ...options },
    });
    expect(answer.status()).toBe(201);
    return new Call(house, ((await answer.json()) as { id: string }).id);
  }

  private post = (path: string, data: object) =>
    this.house.request.post(`${run.sandboxUrl}/control/phone/calls/${this.id}/${path}`, { data });

  /** The customer presses keys one after the other. */
  press = (keys: string) => this.post('keys', { keys, gapMs: 40 });
  hangUp = (by: 'customer' | 'agent') => this.post('hang-up', { by });

  async read(): Promise<Told> {
    const answer = await this.house.request.get(`${run.sandboxUrl}/control/phone/calls/${this.id}`);
    return (await answer.json()) as Told;
  }

  /** The keys that can be told from what somebody hears. */
  async keysHeard(of: 'agent' | 'recording'): Promise<string> {
    const url = `${run.sandboxUrl}/control/phone/calls/${this.id}/audio?of=${of}`;
    return dtmfKeysIn(await (await this.house.request.get(url)).body());
  }

  recordings = async (): Promise<string[]> => (await this.read()).recordings.map(({ state }) => state);
}

/** The desk of the agent, on this call. */
export async function openDesk(page: Page, call?: Call, who: typeof run.admin = run.agent): Promise<void> {
  await as(page, who);
  await page.goto(`${run.portalUrl}/agent${call ? `?call=${call.id}` : ''}`);
  await expect(page.getByText(call ? 'On a call' : 'Your outstanding payments').first()).toBeVisible();
}

const NAMES = { number: 'Card number', expiry: 'Expiry date', code: 'Security code' } as const;
export const tile = (page: Page, field: keyof typeof NAMES) =>
  page.getByRole('region', { name: NAMES[field] });

/** Waits until the caller is asked for a field, and as long as a person takes to find the first key. */
export async function asked(page: Page, field: keyof typeof NAMES): Promise<void> {
  await expect(tile(page, field)).toContainText('Waiting for the caller');
  await page.waitForTimeout(300);
}

/** The customer keys a whole card as they are asked for it. */
export async function keyCard(page: Page, call: Call, number: string, keyed = 0): Promise<void> {
  if (keyed < 1) {
    await asked(page, 'number');
    await call.press(`${number}#`);
  }
  await asked(page, 'expiry');
  await call.press('1231');
  await asked(page, 'code');
  await call.press('123#');
  await expect(page.getByRole('button', { name: /^Take payment/ })).toBeEnabled();
}

/** Payment is pressed and a keypad session begun, by as little as it takes. */
export async function startKeypad(page: Page, amount: string, reference: string): Promise<string> {
  await page.getByRole('button', { name: /^Payment/ }).click();
  await page.getByLabel('Reference').fill(reference);
  await page.getByLabel('Amount', { exact: true }).fill(amount);
  const made = page.waitForResponse(
    (one) => one.url().endsWith('/api/agent/sessions') && one.status() === 201,
  );
  await page.getByRole('button', { name: /^Start keypad/ }).click();
  const { session } = (await (await made).json()) as { session: { id: string } };
  return session.id;
}

/** A session as the API tells it. */
export const sessionOf = async (house: House, id: string): Promise<Record<string, unknown>> =>
  (await (await house.api('GET', `/payment-sessions/${id}`)).json()) as Record<string, unknown>;
