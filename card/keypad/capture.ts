import type { CardTicket } from '@/core/card-ticket';
import type { DigitSource, KeypadRefusal, KeypadReport, OpenCapture } from '@/core/keypad';
import type { SessionField } from '@/core/payment-session';
import { pay, type Signals } from '../authorize';
import { type CardFields, wipe } from '../card-bytes';
import type { CardConfig } from '../env';
import { tellCapture } from '../portal';
import {
  ask,
  brandKeyed,
  complete,
  giveUp,
  isLongEnough,
  type KeyedCard,
  mayEndHere,
  newKeyedCard,
  press,
  take,
  wipeCard,
} from './keyed-card';
import { makeTeller, type Teller } from './teller';

export type Times = {
  fieldMs: number;
  captureMs: number;
  /** Without a further digit for so long, digits that keep the rules are the whole field. */
  pauseMs: number;
  /** So long where they do not keep them: who keys slowly is not cut short. */
  wrongPauseMs: number;
  beatMs: number;
  gapMs: number;
};
export type Surroundings = { config: CardConfig; signals: Signals; times: Times };
type End = NonNullable<KeypadReport['ended']>;

/** How often the end of a capture is told to a portal that does not answer: by then it counts as lost there. */
const LAST_TELLINGS = 4;
const isTelephoneOrder = (ticket: CardTicket): boolean => ticket.channel === 'moto';

/** One capture of cards on one call, from its opening until the portal knows that it is over. */
export class Capture {
  readonly id: string;
  readonly session: string;
  readonly source: DigitSource;
  /** Settles when nothing is left to do here. */
  readonly done: Promise<void>;

  readonly #around: Surroundings;
  readonly #card = newKeyedCard();
  readonly #teller: Teller;
  readonly #timers: Record<'field' | 'pause' | 'capture', NodeJS.Timeout | undefined>;
  #settle = () => {};
  #order: number;
  #keyOrder = -1;
  #count = 0;
  #refused: KeypadRefusal | null = null;
  #submitting: Promise<void> | null = null;
  #ended: End | null = null;
  #endsAfter: End | null = null;
  #lastTellings = LAST_TELLINGS;

  constructor(around: Surroundings, opened: OpenCapture) {
    this.id = opened.capture;
    this.session = opened.session;
    this.source = opened.source;
    this.#order = opened.order;
    this.#around = around;
    this.done = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const capture = setTimeout(() => this.end('timed_out'), around.times.captureMs);
    this.#timers = { field: undefined, pause: undefined, capture };
    this.#teller = makeTeller(() => this.#tell(), around.times);
    this.#teller.now();
  }

  get isOver(): boolean {
    return this.#ended !== null;
  }

  /** Whether a call of the portal comes after all that came before. */
  isNext(order: number): boolean {
    if (order <= this.#order) return false;
    this.#order = order;
    return true;
  }

  ask(field: SessionField): void {
    ask(this.#card, field);
    clearTimeout(this.#timers.pause);
    clearTimeout(this.#timers.field);
    this.#timers.field = setTimeout(() => this.#change(giveUp), this.#around.times.fieldMs);
    this.#teller.now();
  }

  /** A key that comes again is no second digit. One that never comes is missed by the field's own rules. */
  key(order: number, key: number): void {
    if (order <= this.#keyOrder) return;
    this.#keyOrder = order;
    this.#change((card) => press(card, key));
    const { pauseMs, wrongPauseMs } = this.#around.times;
    const isRight = mayEndHere(this.#card);
    if (isRight || isLongEnough(this.#card))
      this.#timers.pause = setTimeout(() => this.#change(complete), isRight ? pauseMs : wrongPauseMs);
  }

  /** Sends the card on its way; false when not all of it is captured. What comes of it is told by calls to the portal. */
  submit(attempt: string, ticket: string): boolean {
    const fields = take(this.#card, ticket);
    if (!fields) return false;
    this.#refused = null;
    this.#submitting = this.#send(attempt, fields).finally(() => {
      this.#submitting = null;
      if (this.#endsAfter) this.end(this.#endsAfter);
      this.#teller.now();
    });
    this.#teller.now();
    return true;
  }

  /** Over: what is keyed is wiped at once. A card that is on its way goes on, and only the portal itself ends it before that. */
  end(why: End): void {
    if (this.#ended) return;
    if (this.#submitting && why !== 'closed') {
      this.#endsAfter = why;
      return;
    }
    this.#ended = why;
    this.#clear();
    this.#teller.now();
  }

  /** Wiped and never told of again. */
  drop(): void {
    this.#ended ??= 'closed';
    this.#clear();
    this.#teller.stop();
    void Promise.resolve(this.#submitting).then(this.#settle);
  }

  #clear(): void {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    wipeCard(this.#card);
  }

  /** Changes the card, and tells of it: at once, unless only one more digit came to a field. */
  #change(change: (card: KeyedCard) => void): void {
    const field = this.#card.active;
    if (!field) return;
    const before = this.#card.facts[field].state;
    clearTimeout(this.#timers.pause);
    change(this.#card);
    if (this.#card.facts[field].state === before) this.#teller.soon();
    else this.#teller.now();
  }

  async #send(attempt: string, fields: CardFields): Promise<void> {
    const { config, signals } = this.#around;
    try {
      const sent = await pay(config, fields, isTelephoneOrder, signals);
      if (sent.kind !== 'refused') return;
      this.#refused = { attempt, code: sent.code === 'invalid' ? 'card_invalid' : sent.code };
    } catch {
      // Whether anything was sent is not known, so nothing is called refused: the attempt is resolved as one without an answer.
    } finally {
      wipe(...Object.values(fields));
    }
  }

  #report(): KeypadReport {
    const { active, facts } = this.#card;
    this.#count += 1;
    return {
      capture: this.id,
      session: this.session,
      count: this.#count,
      active,
      fields: facts,
      brand: brandKeyed(this.#card),
      refused: this.#refused,
      ended: this.#ended,
    };
  }

  /** One telling; false when it was the last. */
  async #tell(): Promise<boolean> {
    const { config, signals } = this.#around;
    const isLast = this.#ended !== null && !this.#submitting;
    const keep = await tellCapture(config, this.#report(), signals.reporting);
    if (isLast) this.#lastTellings -= 1;
    const isTold = isLast && (keep !== null || this.#lastTellings === 0 || signals.reporting.aborted);
    if (keep !== false && !isTold) return true;
    this.drop();
    return false;
  }
}
