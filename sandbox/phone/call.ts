/** One call of two parties: what it is, what is done to it, and what each of them hears meanwhile. In memory only. */
import { newId } from '../ids';
import type { DigitLine } from './digits';
import { Hearing, KEY_MS, type Sound } from './hearing';

export const DIRECTIONS = ['inbound', 'outbound'] as const;
/** `off` answers as `masked` does and masks nothing: the control of the proof that masking works. */
export const SECURINGS = ['masked', 'secured_leg', 'off'] as const;
/** How it is confirmed that recordings are off or on again. `never`: it is promised and does not happen. */
export const CONFIRMS = ['answer', 'event', 'never'] as const;
export const ENDERS = ['customer', 'agent', 'unknown'] as const;

export type CallInput = {
  direction: (typeof DIRECTIONS)[number];
  agent: string;
  customerPhone: string | null;
  /** How many recordings run. */
  recordings: number;
  securing: (typeof SECURINGS)[number];
  recordingConfirms: (typeof CONFIRMS)[number];
};
export type Ender = (typeof ENDERS)[number];
export type RecordingState = 'recording' | 'suspended';
export const LISTENERS = ['agent', 'customer', 'recording'] as const;
export type Listener = (typeof LISTENERS)[number];
export type Logged = { at: string; method: string; path: string; status: number | null };

const PAUSE_MS = 40;

export class PhoneCall {
  readonly id = newId('call');
  readonly leg = newId('leg');
  readonly input: CallInput;
  readonly log: Logged[] = [];
  agent: string;
  endedBy: Ender | null = null;
  endedAt: string | null = null;
  onHold = false;
  secured: 'masked' | 'secured_leg' | null = null;
  recordings: { id: string; state: RecordingState }[];
  /** Where the provider tells of the call. */
  eventsUrl: string | null = null;
  /** Where keys go while the call is secured. */
  line: DigitLine | null = null;
  /** By callback, the order of the key sent last: it counts on when the call is secured towards it again. */
  readonly orders = new Map<string, number>();
  readonly #hearings = { agent: new Hearing(), customer: new Hearing(), recording: new Hearing() };
  readonly #startMs = performance.now();
  #freeMs = 0;

  constructor(
    input: CallInput,
    readonly startedAt: string,
  ) {
    this.input = input;
    this.agent = input.agent;
    this.recordings = Array.from({ length: input.recordings }, () => ({
      id: newId('rec'),
      state: 'recording',
    }));
    this.#hear();
  }

  /** As the provider's interface tells it. */
  view() {
    const { id, leg, endedBy, agent, onHold, secured, recordings, startedAt, endedAt } = this;
    const { direction, customerPhone } = this.input;
    const state = this.isOver ? 'ended' : 'active';
    const parties = { agent, customerPhone, onHold, secured, recordings };
    return { id, leg, direction, state, endedBy, ...parties, startedAt, endedAt };
  }

  get isOver(): boolean {
    return this.endedAt !== null;
  }
  get isRecorded(): boolean {
    return this.recordings.some(({ state }) => state === 'recording');
  }
  elapsedMs = (): number => Math.round(performance.now() - this.#startMs);
  heard = (who: Listener) => this.#hearings[who].until(this.elapsedMs());

  setRecordings(state: RecordingState): void {
    this.recordings = this.recordings.map(({ id }) => ({ id, state }));
    this.#hear();
  }

  setSecured(on: boolean): void {
    const how = this.input.securing === 'secured_leg' ? 'secured_leg' : 'masked';
    this.secured = on ? how : null;
    this.#hear();
  }

  setHold(on: boolean): void {
    this.onHold = on;
    this.#hear();
  }

  end(by: Ender, at: string): void {
    this.endedBy = by;
    this.endedAt = at;
    this.#hear();
  }

  /** The customer presses a key: who hears what is settled now, though a key pressed too fast sounds a little later. */
  press(key: string): void {
    const fromMs = Math.max(this.elapsedMs(), this.#freeMs);
    this.#freeMs = fromMs + KEY_MS + PAUSE_MS;
    for (const who of LISTENERS) {
      const kind = this.#soundOfKey(who);
      const isKept = kind === 'tone' && who !== 'customer';
      if (kind) this.#hearings[who].key({ fromMs, kind, ...(isKept ? { key } : {}) });
    }
  }

  #soundOfKey(who: Listener): Sound | null {
    if (who === 'customer') return 'tone';
    if (this.secured === 'secured_leg') return null;
    if (this.secured === 'masked' && this.input.securing !== 'off') return 'mask';
    return who === 'agent' && this.onHold ? null : 'tone';
  }

  #hear(): void {
    const sound = this.onHold || this.secured === 'secured_leg' ? 'silence' : 'speech';
    for (const who of LISTENERS) {
      const isThere = !this.isOver && (who !== 'recording' || this.isRecorded);
      this.#hearings[who].become(isThere ? sound : null, this.elapsedMs());
    }
  }
}
