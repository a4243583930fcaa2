import { readFileSync } from 'node:fs';
import {
  type APIRequestContext,
  type APIResponse,
  test as base,
  expect,
  type FrameLocator,
  type Page,
} from '@playwright/test';
import { AnswerCheck, type OpenApiDocument } from '@/lib/openapi/testing';

type SignIn = { email: string; password: string };
export type FirstRun = {
  portalUrl: string;
  cardUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  owner: SignIn;
  admin: SignIn;
  agent: SignIn & { agentId: string };
  viewer: SignIn;
  apiKey: string;
  oauth: { clientId: string; clientSecret: string };
  webhookEndpoint: { id: string; url: string; secret: string };
  otherMerchant: { apiKey: string };
};

const file = process.env.CF_FIRST_RUN;
if (!file) throw new Error('CF_FIRST_RUN must name the first-run.json of a running installation');
export const run = JSON.parse(readFileSync(file, 'utf8')) as FirstRun;

export type Link = {
  id: string;
  url: string;
  status: string;
  reference: string;
  expiresAt: string;
  phrase: string;
};
export type LedgerEntry = { kind: string; status: string; amountMinor: number; last4: string };
export type Received = {
  verified: boolean;
  headers: Record<string, string>;
  body: { type: string; data: Link };
};
export type InboxMessage = {
  channel: string;
  to: string;
  subject: string;
  text: string;
  links: string[];
  status: string;
};

let checked: AnswerCheck | undefined;

/** The running installation, as a back end and the outside world see it. */
export class House {
  constructor(readonly request: APIRequestContext) {}

  /** One call of the API; its answer must be as the installation's own document says. */
  async api(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    data?: unknown,
    headers: Record<string, string> = {},
  ): Promise<APIResponse> {
    const answer = await this.request.fetch(`${run.portalUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${run.apiKey}`, ...headers },
      ...(data !== undefined && { data }),
    });
    const fault = (await this.document()).fault({
      method,
      path: `/api/v1${path}`,
      status: answer.status(),
      contentType: answer.headers()['content-type'] ?? null,
      body: await answer.text(),
    });
    expect(fault).toBeNull();
    return answer;
  }

  private async document(): Promise<AnswerCheck> {
    if (checked) return checked;
    const told = await this.request.get(`${run.portalUrl}/api/v1/openapi.json`);
    checked = new AnswerCheck((await told.json()) as OpenApiDocument);
    return checked;
  }

  /** Issues a link with a reference of its own, so that tests beside each other never meet. */
  async issue(more: Record<string, unknown> = {}): Promise<Link> {
    const answer = await this.api('POST', '/payment-links', {
      amountMinor: 1240,
      currency: 'GBP',
      description: 'Two walking sticks',
      reference: uniqueReference(),
      ...more,
    });
    expect(answer.status()).toBe(201);
    return (await answer.json()) as Link;
  }

  async link(id: string): Promise<Link & Record<string, unknown>> {
    return (await (await this.api('GET', `/payment-links/${id}`)).json()) as Link & Record<string, unknown>;
  }

  async control<T>(path: string): Promise<T[]> {
    const answer = await this.request.get(`${run.sandboxUrl}/control/${path}`);
    return ((await answer.json()) as { data: T[] }).data;
  }

  ledger = (link: string) => this.control<LedgerEntry>(`ledger?paymentLink=${link}`);

  /** What the merchant's receiver got about one link. */
  async received(link: string, type: string): Promise<Received[]> {
    const all = await this.control<Received>('receiver/demo');
    return all.filter(({ body }) => body.type === type && body.data.id === link);
  }
}

export const test = base.extend<{ house: House }>({
  house: async ({ request }, use) => use(new House(request)),
});
export { expect };

export const uniqueReference = (): string =>
  `R-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

export type Card = { number: string; expiry?: string; csc?: string; name?: string };
export const APPROVED: Card = { number: '4242424242424242' };
export const CHALLENGED: Card = { number: '4000002500003155' };

export const cardForm = (page: Page): FrameLocator => page.frameLocator('#card-frame');

/** Types a card into the form in its frame and presses Pay. */
export async function pay(page: Page, card: Card): Promise<void> {
  const form = cardForm(page);
  await form.getByLabel('Card number').pressSequentially(card.number);
  await form.getByLabel('Expiry date').pressSequentially(card.expiry ?? '1231');
  await form.getByLabel('Security code').pressSequentially(card.csc ?? '123');
  await form.getByLabel('Name on card').fill(card.name ?? 'Ada Lovelace');
  await form.getByRole('button', { name: /^Pay/ }).click();
}

/** A second try within two seconds is refused; a machine is fast enough for that. */
export const betweenTries = (page: Page): Promise<void> => page.waitForTimeout(2100);

/** The page of the issuer's bank, in its frame inside the card frame. */
export const bank = (page: Page): FrameLocator => cardForm(page).frameLocator('iframe');

/** Waits until the page, without being told to reload, shows this state. */
export const expectState = (page: Page, state: string, timeout = 20_000): Promise<void> =>
  expect(page.locator('main')).toHaveAttribute('data-state', state, { timeout });

export async function signIn(page: Page, who: SignIn): Promise<void> {
  await page.goto(`${run.portalUrl}/sign-in`);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/(admin|agent)/);
}
