/** A payer without a browser: does what the pay page and the card frame do, and believes only what the portal says. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Card } from './cards';
import { call, type Reply } from './http';
import { becomes } from './patience';
import type { Switchboard } from './switchboard';

export type Addresses = { portal: string; card: string };
export type Link = { id: string; url: string; amountMinor: number; currency: string };
export type BankAnswer = 'accept' | 'refuse' | 'time_out' | 'never';
/** What a payer was told, in order: states of the page and of attempts. */
export type Told = { at: number; page: string; attempt?: string; attemptState?: string };
/** The page's state in words; no answer is not a state. */
export const pageOf = (told: Told | null): string => told?.page ?? 'nothing: no answer';
type Ticket = { attempt: string; ticket: string };

/** Pages on which a payment is under way. */
const UNDER_WAY = ['processing', 'challenge', 'confirming'];
export const isUnderWay = (page = ''): boolean => UNDER_WAY.includes(page);
const PATIENCE_MS = 75_000;
/** As often as the page looks. */
const POLL_MS = 1_500;
const AGAIN_MS = 2_200;
const SEEN_MS = 60_000;

export type Ended = 'paid' | 'free' | 'closed' | 'gone';

export class Payer {
  readonly told: Told[] = [];
  /** Codes of refusals, of the page and of the card form. */
  readonly refusals: string[] = [];
  /** The attempts that tickets were given for. */
  readonly attempts: string[] = [];

  constructor(
    private readonly addresses: Addresses,
    readonly link: Link,
    private readonly name: string,
    private readonly switchboard: Switchboard,
    private readonly bank: BankAnswer = 'accept',
  ) {}

  private act(path: string): Promise<Reply | null> {
    const headers = {
      origin: this.addresses.portal,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
    };
    return call({ url: this.link.url + path, method: 'POST', headers, body: '{}' }, PATIENCE_MS);
  }

  /** S0 to S1: Pay was pressed. Null when there was no answer, or a refusal, which is kept. */
  async takeTicket(): Promise<Ticket | null> {
    const reply = await this.act('/attempts');
    const { attempt, ticket, code } = reply?.body ?? {};
    if (reply?.status === 201 && typeof attempt === 'string' && typeof ticket === 'string') {
      this.switchboard.learn(this.name, attempt);
      this.attempts.push(attempt);
      return { attempt, ticket };
    }
    this.refusals.push(reply ? String(code ?? reply.status) : 'no answer');
    return null;
  }

  /** The card, posted from the frame. Null when no answer came. */
  async sendCard({ ticket }: Ticket, card: Card): Promise<Reply | null> {
    const headers = {
      origin: this.addresses.card,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-counterfoil-card',
      'counterfoil-parent': this.addresses.portal,
    };
    const body = [ticket, card.number, card.month, card.year, card.code, 'Ada Lovelace'].join('\n');
    const reply = await call(
      { url: `${this.addresses.card}/authorize`, method: 'POST', headers, body },
      PATIENCE_MS,
    );
    if (reply && reply.status >= 400) this.refusals.push(String(reply.body.code ?? reply.status));
    return reply;
  }

  /** How things stand, as the page asks; null when the portal does not answer. */
  async look(attempt?: string): Promise<Told | null> {
    const query = attempt ? `?attempt=${attempt}` : '';
    const reply = await call({ url: `${this.link.url}/status${query}` }, 10_000);
    if (reply?.status === 404) return this.note({ at: Date.now(), page: 'not found' });
    if (reply?.status !== 200) return null;
    const found = reply.body.attempt as { id: string; state: string } | undefined;
    const told: Told = {
      at: Date.now(),
      page: String(reply.body.state),
      ...(found && { attempt: found.id, attemptState: found.state }),
    };
    return this.note(told);
  }

  /** The same, once the portal answers; null when it has not for a minute. */
  async see(): Promise<Told | null> {
    let told: Told | null = null;
    await becomes(async () => {
      told = await this.look();
      return told !== null;
    }, SEEN_MS);
    return told;
  }

  private note(told: Told): Told {
    this.told.push(told);
    return told;
  }

  /** Looks until no payment is under way, or `patienceMs` are over. */
  async wait(attempt: string | undefined, patienceMs: number): Promise<Told | null> {
    const end = Date.now() + patienceMs;
    let last: Told | null = null;
    while (Date.now() < end) {
      last = (await this.look(attempt)) ?? last;
      const open = last?.attemptState === 'submitted' || last?.attemptState === 'unknown';
      if (last && !isUnderWay(last.page) && !open) return last;
      await sleep(POLL_MS);
    }
    return last;
  }

  /** The bank's page, and back: the page then asks the portal to look. */
  async answerBank(url: string, attempt: string): Promise<void> {
    if (this.bank === 'never') return;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await call({ url, method: 'POST', headers, body: `answer=${this.bank}` }, 10_000);
    await this.act(`/attempts/${attempt}/resolve`);
  }

  /** One press of Pay to its end as far as it is known now. */
  async payOnce(card: Card, patienceMs: number): Promise<Told | null> {
    const ticket = await this.takeTicket();
    if (!ticket) return this.look();
    const reply = await this.sendCard(ticket, card);
    const { state, challengeUrl } = reply?.body ?? {};
    if (state === 'requires_action' && typeof challengeUrl === 'string')
      await this.answerBank(challengeUrl, ticket.attempt);
    const told = await this.wait(ticket.attempt, patienceMs);
    // Nobody may be told that nothing was charged before what was not submitted is taken back.
    if (told?.attemptState !== 'created' || reply) return told;
    await this.act(`/attempts/${ticket.attempt}/withdraw`);
    return this.wait(ticket.attempt, patienceMs);
  }

  /**
   * Presses Pay until it is paid, cannot be paid any more, or the patience is over. A card that was declined makes room
   * for the next; whatever else went wrong, the same card is tried again.
   */
  async pay(cards: readonly Card[], patienceMs: number): Promise<Ended> {
    const end = Date.now() + patienceMs;
    for (let used = 0; Date.now() < end; ) {
      const card = cards[used];
      if (!card) return 'free';
      const told = await this.payOnce(card, Math.max(1_000, end - Date.now()));
      if (told?.page === 'paid') return 'paid';
      if (told && ['expired', 'canceled', 'locked', 'not found'].includes(told.page)) return 'closed';
      if (told?.attemptState === 'declined' || told?.attemptState === 'failed') used += 1;
      await sleep(AGAIN_MS);
    }
    return 'gone';
  }
}
