/** The card process as the portal meets it: captures in memory, reports by its own calls, and the real way of a card to the gateway. */
import { factsOf, parseFields } from '@/card/card-bytes';
import { charge } from '@/card/gateway';
import type { CardTicket, SubmitGrant } from '@/core/card-ticket';
import type { KeypadReport, OpenCapture } from '@/core/keypad';
import { idleFields, SESSION_FIELDS, type SessionField } from '@/core/payment-session';
import type { Services } from '../../context';
import type { KeypadLine, LineAnswer } from '../../keypad-calls';
import { recordAttemptResult, submitPaymentAttempt } from '../../payment-attempts';
import { cardCtx } from '../../payment-attempts/submit';
import { keypadCtx, recordKeypad } from '..';

export const CARDS = {
  approved: '4242424242424242',
  declined: '4000000000009995',
  failed: '4000000000000119',
} as const;

/** `down`: nothing happens. `lost`: it happens and the answer is lost. `gone`: the process knows nothing of it. */
export type LineTrouble = 'down' | 'lost' | 'gone';

export class Capture {
  readonly fields = idleFields();
  active: SessionField | null = null;
  count = 0;
  order: number;
  isOpen = true;
  ticket: CardTicket | null = null;
  grant: SubmitGrant | null = null;
  result: Awaited<ReturnType<typeof charge>> | null = null;

  constructor(readonly opened: OpenCapture) {
    this.order = opened.order;
  }
  get callback(): string {
    return `http://card.example/keypad/captures/${this.opened.capture}`;
  }
}

type Told = Partial<Pick<KeypadReport, 'ended' | 'refused' | 'brand' | 'count' | 'capture'>>;

/** `services`: the portal that is reported to. */
export class Card {
  readonly captures = new Map<string, Capture>();
  readonly trouble = new Map<string, LineTrouble>();
  /** By session: told each act that was done, in order; and what runs before one is done, and after. */
  readonly logs = new Map<string, string[]>();
  readonly watched = new Map<string, { before: (act: string) => void; after: (act: string) => void }>();

  constructor(readonly services: Services) {}

  /** The captures of a session that still hold what is keyed. */
  open = (session: string): Capture[] =>
    [...this.captures.values()].filter((one) => one.isOpen && one.opened.session === session);
  newest(session: string): Capture {
    const found = this.open(session).at(-1);
    if (!found) throw new Error('there is no open capture');
    return found;
  }

  #act(capture: Capture | undefined, order: number, act: string, work: (one: Capture) => void): LineAnswer {
    const session = capture?.opened.session ?? '';
    const trouble = this.trouble.get(session);
    if (trouble === 'down') return { kind: 'lost' };
    if (!capture?.isOpen || trouble === 'gone') return { kind: 'refused', status: 404 };
    if (order <= capture.order) return { kind: 'refused', status: 409 };
    this.watched.get(session)?.before(act);
    capture.order = order;
    work(capture);
    this.logs.get(session)?.push(act);
    this.watched.get(session)?.after(act);
    return trouble === 'lost' ? { kind: 'lost' } : { kind: 'done', body: {} };
  }

  readonly line: KeypadLine = {
    open: async (input) => {
      const trouble = this.trouble.get(input.session);
      if (trouble === 'down') return { kind: 'lost' };
      this.watched.get(input.session)?.before('open');
      const capture = this.captures.get(input.capture) ?? new Capture(input);
      this.captures.set(input.capture, capture);
      this.logs.get(input.session)?.push('open');
      this.watched.get(input.session)?.after('open');
      return trouble === 'lost' || !capture.isOpen
        ? { kind: 'lost' }
        : { kind: 'opened', callback: capture.callback };
    },
    field: async (_, { capture, order, field }) =>
      this.#act(this.captures.get(capture), order, `field ${field}`, (one) => {
        if (one.active) one.fields[one.active] = idleFields()[one.active];
        one.fields[field] = { state: 'requested', digits: 0, error: null };
        one.active = field;
      }),
    submit: async (_, { capture, order, ticket }) =>
      this.#act(this.captures.get(capture), order, 'submit', (one) => {
        one.ticket = JSON.parse(ticket);
        Object.assign(one.fields, idleFields());
      }),
    close: async (_, { capture, order }) =>
      this.#act(this.captures.get(capture), order, 'close', (one) => {
        one.isOpen = false;
      }),
  };

  /** Tells how a capture stands; what is no longer wanted is wiped. */
  async tell(capture: Capture, told: Told = {}): Promise<boolean> {
    const { session, capture: id } = capture.opened;
    capture.count += 1;
    if (told.ended) capture.isOpen = false;
    const ctx = await keypadCtx(this.services, 'req_card', session);
    if (!ctx) throw new Error('the portal knows no such session');
    const { active, fields, count } = capture;
    const report = { capture: id, session, count, active, fields: structuredClone(fields) };
    const answer = await recordKeypad(ctx, { ...report, brand: null, refused: null, ended: null, ...told });
    const keep = answer.ok && answer.value.keep;
    if (!keep) capture.isOpen = false;
    return keep;
  }

  /** The caller keys the field that is asked. */
  async key(capture: Capture, error: 'check_digit' | 'timeout' | null = null): Promise<void> {
    const field = capture.active;
    if (!field) throw new Error('no field is asked');
    capture.active = null;
    const digits = { card_number: 16, expiry: 4, security_code: 3 }[field];
    capture.fields[field] = error
      ? { state: 'error', digits: 0, error }
      : { state: 'captured', digits, error: null };
    await this.tell(capture, { brand: 'visa' });
  }

  /** Every capture of a session tells that it is there. */
  async beat(session: string): Promise<void> {
    for (const capture of this.open(session)) await this.tell(capture);
  }

  /** The process dies: nothing is there any more, and nobody is told. */
  die(session: string): void {
    for (const capture of this.open(session)) capture.isOpen = false;
  }

  /** Asks for the right to send; a refusal is told, as the process does. */
  async ask(capture: Capture, number: string): Promise<string | null> {
    const { ticket } = capture;
    const card = cardOf(number);
    if (!ticket) throw new Error('there is no ticket');
    const { attempt, amountMinor, currency } = ticket;
    capture.ticket = null;
    const ctx = await cardCtx(this.services, 'req_card', attempt);
    if (!ctx) throw new Error('the portal knows no such attempt');
    const grant = await submitPaymentAttempt(ctx, { attempt, amountMinor, currency, card: card.facts });
    if (grant.ok) capture.grant = grant.value;
    else await this.tell(capture, { refused: { attempt, code: grant.error.code } });
    return grant.ok ? null : grant.error.code;
  }

  async send(capture: Capture, number: string): Promise<void> {
    const { grant } = capture;
    if (!grant) throw new Error('there is no grant');
    const limits = { sendBefore: performance.now() + 10_000, returnUrl: 'http://localhost:4567/back' };
    const { signal } = new AbortController();
    capture.result = await charge({ grant, ...cardOf(number) }, { ...limits, signal });
  }

  async record({ grant, result }: Capture): Promise<void> {
    const ctx = grant && (await cardCtx(this.services, 'req_card', grant.attempt));
    if (!ctx || !result) throw new Error('there is no result');
    const { attempt, amountMinor, currency } = grant;
    await recordAttemptResult(ctx, { attempt, amountMinor, currency, result });
  }

  /** From ticket to recorded result. */
  async pay(capture: Capture, number: string = CARDS.approved): Promise<void> {
    if ((await this.ask(capture, number)) !== null) return;
    await this.send(capture, number);
    await this.record(capture);
  }
}

function cardOf(number: string) {
  const fields = parseFields(Buffer.from(['ticket', number, '12', '2034', '123', 'A Payer'].join('\n')));
  const facts = fields && factsOf(fields);
  if (!fields || !facts) throw new Error('not a card');
  return { fields, facts };
}

/** How many fields are captured. */
export const keyedOf = (capture: Capture): number =>
  SESSION_FIELDS.filter((field) => capture.fields[field].state === 'captured').length;
