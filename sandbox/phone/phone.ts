/** The telephony provider: its calls, what is done to them, and whom it tells. A restart ends them all. */
import { Agent } from 'undici';
import { HttpError } from '../http';
import { newId } from '../ids';
import { type Delivery, SignedPosts } from '../signed-posts';
import type { Timers } from '../timers';
import type { World } from '../world';
import { type CallInput, type Ender, PhoneCall, type RecordingState } from './call';
import { DigitLine, type DigitTarget } from './digits';

const MOST_KEPT = 1_000;
const CONFIRM_AFTER_MS = 200;

type EventType =
  | 'call.ended'
  | 'call.secured'
  | 'call.handed_over'
  | 'recording.suspended'
  | 'recording.resumed'
  | 'digits.lost';

export class Phone {
  readonly #calls = new Map<string, PhoneCall>();
  readonly #posts: SignedPosts;
  readonly #agent = new Agent();

  constructor(
    readonly world: World,
    private readonly timers: Timers,
  ) {
    this.#posts = new SignedPosts(world, timers);
    timers.signal.addEventListener('abort', () => {
      for (const call of this.#calls.values()) call.line?.close();
      void this.#agent.destroy();
    });
  }

  /** Newest first. */
  list = (): PhoneCall[] => [...this.#calls.values()].reverse();
  activeOf = (agent: string): PhoneCall[] =>
    this.list().filter((call) => !call.isOver && call.agent === agent);

  get(id: string): PhoneCall {
    const call = this.#calls.get(id);
    if (!call) throw new HttpError(404, 'not_found', 'There is no such call.');
    return call;
  }

  open(input: CallInput): PhoneCall {
    const oldest = [...this.#calls.values()].find(({ isOver }) => isOver);
    if (oldest && this.#calls.size >= MOST_KEPT) this.#calls.delete(oldest.id);
    const call = new PhoneCall(input, this.#at());
    this.#calls.set(call.id, call);
    return call;
  }

  /** All recordings of the call. `done` where this answer is the confirmation, `pending` where a notification is. */
  setRecordings(call: PhoneCall, state: RecordingState): 'done' | 'none' | 'pending' {
    if (call.recordings.length === 0) return 'none';
    const confirms = call.input.recordingConfirms;
    if (confirms === 'answer') call.setRecordings(state);
    if (confirms === 'event')
      this.timers.later(CONFIRM_AFTER_MS, async () => {
        if (call.isOver) return;
        call.setRecordings(state);
        this.#tell(call, state === 'suspended' ? 'recording.suspended' : 'recording.resumed');
      });
    return confirms === 'answer' ? 'done' : 'pending';
  }

  /** From now on keys go to the callback, and agent and recordings no longer hear them. */
  secure(call: PhoneCall, target: DigitTarget): void {
    if (call.line?.target.callback === target.callback) {
      call.line.target = target;
      return;
    }
    call.line?.close();
    const nextOrder = () => {
      const order = (call.orders.get(target.callback) ?? 0) + 1;
      call.orders.set(target.callback, order);
      return order;
    };
    const lost = () => this.#tell(call, 'digits.lost');
    call.line = new DigitLine(this.world, this.#agent, call.id, target, nextOrder, lost);
    call.setSecured(true);
    this.#tell(call, 'call.secured');
  }

  release(call: PhoneCall): void {
    call.line?.close();
    call.line = null;
    call.setSecured(false);
  }

  /** Resolves when the key was taken, or given up, or had nowhere to go. */
  press(call: PhoneCall, key: string): Promise<void> {
    call.press(key);
    return call.line?.send(key) ?? Promise.resolve();
  }

  hangUp(call: PhoneCall, by: Ender): void {
    call.line?.close();
    call.line = null;
    call.end(by, this.#at());
    this.#tell(call, 'call.ended');
  }

  handOver(call: PhoneCall, agent: string): void {
    call.agent = agent;
    this.#tell(call, 'call.handed_over');
  }

  /** Tells whoever asked for it, as the call is now. */
  #tell(call: PhoneCall, type: EventType): void {
    if (call.eventsUrl === null) return;
    const fault = this.world.faults.pick('telephony', 'event', { reference: call.id });
    if (fault?.kind === 'lose') return;
    const id = newId('tev');
    const delivery: Delivery = {
      id,
      path: call.eventsUrl,
      secret: this.world.env.telephonySecret ?? '',
      payload: JSON.stringify({ id, type, at: this.#at(), data: call.view() }),
      wanted: () => true,
      done: async () => undefined,
    };
    if (fault?.kind === 'duplicate') this.timers.now(() => this.#posts.deliver(delivery));
    this.timers.later(fault?.kind === 'delay' ? (fault.delayMs ?? 0) : 0, () =>
      this.#posts.deliver(delivery),
    );
  }

  #at = (): string => this.world.now().toISOString();
}
