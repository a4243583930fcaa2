/** One payment of the matrix whose card is keyed on the telephone: keyed without a fault, then driven, held and judged like one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidFromId } from '@/core/ids';
import { isEnd, type SessionField, type SessionState } from '@/core/payment-session';
import { type Call, Desk, Phone } from '../sessions/desk';
import type { Card } from './cards';
import { Case, DECIDED_MS, TOLD_MS } from './case';
import type { Outcome } from './columns';
import { becomes, untilAnswered } from './patience';
import type { Told } from './payer';

const KEYED_MS = 40_000;
const LOOK_MS = 200;
/** As long as a person takes to find the first key; and after which it is clear that nobody heard it. */
const HEARD_MS = 300;
const LOST_MS = 3_000;
const AGAIN_MS = 1_000;
/** What a call was before is tried again ever more rarely. */
const BACK_MS = 90_000;

const digitsOf = (fields: unknown, field: string): number =>
  Number((fields as Record<string, { digits?: number }> | undefined)?.[field]?.digits ?? 0);

export class KeypadCase extends Case {
  private readonly desk = new Desk(this.bench.house);
  private readonly phone = new Phone(this.bench.house);
  private call: Call | null = null;
  private session = '';
  private readonly refused: string[] = [];
  private readonly keyed: string[] = [];

  /** A call, a session on it, and all of the card keyed. */
  override async issue(): Promise<this> {
    if (this.link.id) return this;
    await this.bench.lanes.enter(this);
    this.call = await this.phone.dial({ securing: 'masked' });
    const amountMinor = 100 * (5 + this.random.int(500));
    const made = await this.desk.begin(this.name, {
      ...{ kind: 'agent_assist', amountMinor, currency: 'GBP', call: { id: this.call.id } },
      customer: { phone: '+447700900123' },
    });
    if (!made) throw new Error(`${this.name}: no session could be begun`);
    this.session = String(made.id);
    const id = String(made.paymentLink);
    const link = await untilAnswered(async () => {
      const reply = await this.desk.ask('GET', `/payment-links/${id}`);
      if (reply?.status !== 200) throw new Error(`${this.name} has no link`);
      return reply.body;
    });
    this.link = { id, url: String(link.url), amountMinor, currency: 'GBP' };
    this.switchboard.learn(this.name, this.session, id, this.link.url.split('/').at(-1) ?? '');
    await this.key(this.card());
    return this;
  }

  /** The caller keys each field as it is asked for. */
  private async key({ number, month, year, code }: Card): Promise<void> {
    const keys: Record<SessionField, string> = {
      card_number: `${number}#`,
      expiry: `${month}${year.slice(-2)}`,
      security_code: `${code}#`,
    };
    let heard = { field: '', digits: -1, at: 0 };
    for (const end = performance.now() + KEYED_MS; performance.now() < end; await sleep(LOOK_MS)) {
      const { state, activeField, fields } = (await this.desk.read(this.session))?.body ?? {};
      if (state === 'ready') return;
      const field = String(activeField ?? '') as SessionField | '';
      if (!field) await this.askAgain(fields);
      const digits = digitsOf(fields, field);
      if (
        !field ||
        (field === heard.field && digits === heard.digits && performance.now() - heard.at < LOST_MS)
      )
        continue;
      const isNew = field !== heard.field;
      // What is keyed before the field is listened for is lost, as a caller's is: they begin it again.
      const isStuck = !isNew && digits === heard.digits;
      heard = { field, digits, at: performance.now() };
      if (isNew) await sleep(HEARD_MS);
      if (isNew || isStuck)
        await this.phone.press(this.call?.id ?? '', `${isStuck ? '*' : ''}${keys[field]}`);
    }
    const { state, fields } = (await this.desk.read(this.session))?.body ?? {};
    throw new Error(`${this.name} could not be keyed: ${state} ${JSON.stringify(fields)}`);
  }

  /** A field that was not keyed in time is asked for once more. */
  private async askAgain(fields: unknown): Promise<void> {
    const all = Object.entries((fields ?? {}) as Record<string, { state: string }>);
    const field = all.find(([, { state }]) => state === 'error')?.[0];
    if (field) await this.desk.act(this.session, 'request-field', { field });
  }

  override get attempts(): string[] {
    return [...this.keyed, ...super.attempts];
  }

  override get causes(): string[] {
    return [...this.refused, ...super.causes];
  }

  override pay(): this {
    this.done = this.press();
    return this;
  }

  /** The agent presses until that is answered, well or not. */
  protected override async press(): Promise<Told | null> {
    for (const end = performance.now() + DECIDED_MS; performance.now() < end; await sleep(AGAIN_MS)) {
      const reply = await this.desk.act(this.session, 'submit', {}, DECIDED_MS);
      if (!reply || reply.status >= 500) continue;
      const { paymentAttempt, code } = reply.body;
      if (reply.status === 200 && typeof paymentAttempt === 'string') this.keyed.push(paymentAttempt);
      else this.refused.push(String(code));
      // Nothing can come of it any more: the agent ends it, and need not wait until its time is over.
      if (code === 'link_expired') await this.desk.act(this.session, 'cancel');
      return null;
    }
    return null;
  }

  /** The agent presses twice at the same moment. */
  async pressTwice(): Promise<void> {
    await Promise.all([this.press(), this.press()]);
  }

  private async state(): Promise<SessionState> {
    const { sql } = this.bench.house;
    const id = uuidFromId('paymentSession', this.session);
    const rows = await untilAnswered(
      async () => await sql`select state from payment_sessions where id = ${id}`,
    );
    return rows[0]?.state as SessionState;
  }

  override async judge(toldMs = TOLD_MS): Promise<Outcome> {
    this.steady();
    await this.done;
    if (!(await becomes(async () => isEnd(await this.state()), DECIDED_MS)))
      return `broken: the session is still ${await this.state()} after 120 s`;
    const outcome = await super.judge(toldMs);
    return outcome.startsWith('broken') ? outcome : ((await this.callIsOff()) ?? outcome);
  }

  /** Nothing was charged: what was keyed is gone, and the link pays once all the same. */
  protected override async judgeFree(): Promise<Outcome> {
    const state = await this.state();
    const outcome = await super.judgeFree();
    if (outcome.startsWith('broken') || outcome === 'F') return outcome;
    if (state === 'succeeded') return 'broken: nothing was charged, and the session says that it is paid';
    return state === 'declined' ? 'F' : 'B';
  }

  /** What is still wrong with the call: its recording is off, or its tones still go to the card process. */
  private async callIsOff(): Promise<Outcome | null> {
    const { id } = this.call ?? { id: '' };
    let told: Record<string, unknown> = {};
    const isBack = await becomes(async () => {
      told = await this.phone.read(id);
      const recordings = (told.recordings ?? []) as { state: string }[];
      return (
        told.secured === null && recordings.length > 0 && recordings.every((one) => one.state === 'recording')
      );
    }, BACK_MS);
    return isBack ? null : `broken: the call is left ${JSON.stringify([told.secured, told.recordings])}`;
  }
}
