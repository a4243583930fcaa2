import type { Browser, Page } from '@playwright/test';
import { as, detail } from './desk';
import { asked, Call, openDesk, sessionOf, startKeypad, tile } from './phone';
import { expect, type House, type Link, run, uniqueReference } from './support';

/** What the agent's desk says at a step: its badge, and where a call is keyed on, padlock and recording. */
type Seen = { badge: string; line?: string; recording?: string };

/** The steps of a link on the agent's desk, each with what a screen reader is told of it. */
type Steps = Partial<Record<'Sent' | 'Delivered' | 'Opened' | 'Card' | 'Bank check' | 'Paid', string>>;

const TAGS = { recording: '● recording', suspended: '❚❚ recording suspended' };

/** One payment seen from three windows: the agent's desk, the caller's telephone or page, and the admin's page of the link. */
export class Windows {
  readonly reference = uniqueReference();
  session = '';
  caller: Page;
  private link: Link | null = null;

  private constructor(
    private readonly house: House,
    readonly call: Call,
    readonly agent: Page,
    telephone: Page,
    readonly admin: Page,
  ) {
    this.caller = telephone;
  }

  static async open(house: House, browser: Browser, agent: Page): Promise<Windows> {
    const call = await Call.dial(house);
    const telephone = await browser.newPage();
    await telephone.goto(`${run.sandboxUrl}/phone/${call.id}`);
    const admin = await (await browser.newContext()).newPage();
    await as(admin, run.admin);
    await openDesk(agent, call);
    return new Windows(house, call, agent, telephone, admin);
  }

  /** The agent begins on the keypad, and the admin opens the link. */
  async keypad(amount: string): Promise<void> {
    this.session = await startKeypad(this.agent, amount, this.reference);
    await this.follow();
    await asked(this.agent, 'number');
  }

  /** The admin's window opens the link of the session. */
  async follow(): Promise<void> {
    const { paymentLink } = await this.told();
    this.link = await this.house.link(String(paymentLink));
    await this.admin.goto(detail(this.link));
    await expect(this.admin.getByText(this.reference).first()).toBeVisible();
  }

  get url(): string {
    return this.link?.url ?? '';
  }

  told = (): Promise<Record<string, unknown>> => sessionOf(this.house, this.session);

  /** The session as it is told, when nothing of it moves any more. */
  ends = (facts: Record<string, unknown>): Promise<void> =>
    expect.poll(() => this.told()).toMatchObject(facts);

  async agentSees({ badge, line, recording }: Seen): Promise<void> {
    const header = this.agent.locator('header').filter({ has: this.agent.getByLabel('Safety of this call') });
    await expect(header.getByText(badge, { exact: true })).toBeVisible({ timeout: 20_000 });
    const safety = this.agent.getByLabel('Safety of this call');
    for (const text of [line, recording]) if (text) await expect(safety.getByText(text)).toBeVisible();
  }

  async agentSeesSteps(steps: Steps): Promise<void> {
    const way = this.agent.getByRole('region', { name: 'The link’s way' });
    for (const [name, said] of Object.entries(steps))
      await expect(way.getByRole('listitem').filter({ hasText: new RegExp(`^${name} \\(`) })).toContainText(
        `${name} (${said})`,
      );
  }

  /** The telephone shows what becomes of the recording, and its record says the same. */
  async telephoneShows(recording: keyof typeof TAGS): Promise<void> {
    await expect(this.caller.locator('#tags')).toContainText(TAGS[recording]);
    await expect.poll(() => this.call.recordings()).toEqual([recording]);
  }

  /** Nothing of the call is heard or taken in any more, and no key ever went into the recording. */
  async telephoneIsOver(): Promise<void> {
    await expect(this.caller.locator('#tags')).toContainText('ended by customer');
    await expect(this.caller.locator('#hears-recording')).toContainText('Nothing: the call is over');
    expect(await this.call.keysHeard('recording')).toBe('');
  }

  async adminSees(...texts: string[]): Promise<void> {
    for (const text of texts)
      await expect(this.admin.getByText(text).first()).toBeVisible({ timeout: 15_000 });
  }

  /** The caller leaves the telephone and opens the link that was sent. */
  async openLink(browser: Browser): Promise<Page> {
    await this.caller.close();
    const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
    this.caller = await (await browser.newContext(phone)).newPage();
    await this.caller.goto(this.url);
    return this.caller;
  }

  /** What the gateway took for the link. */
  async charges() {
    const all = await this.house.ledger(this.link?.id ?? '');
    return all.filter(({ kind, status }) => kind === 'payment' && status === 'captured');
  }

  /** The caller presses these keys on their own telephone, one by one. */
  async key(keys: string): Promise<void> {
    for (const key of keys)
      await this.caller.getByRole('button', { name: `Key ${key}`, exact: true }).click();
  }

  field = (name: 'number' | 'expiry' | 'code') => tile(this.agent, name);
}
