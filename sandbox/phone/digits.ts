/** The way of keys to the card process: signed, in order, one at a time. */
import { createHmac } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import type { DigitKeyed } from '@/core/keypad';
import { sleep } from '../faults';
import { messageOf } from '../log';
import type { World } from '../world';

const TRIES = 3;
const BETWEEN_TRIES_MS = 100;
const TIMEOUT_MS = 2_000;

export type DigitTarget = { callback: string; secret: string };

export class DigitLine {
  readonly #over = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher,
    private readonly call: string,
    public target: DigitTarget,
    private readonly nextOrder: () => number,
    /** Called when a key was given up. */
    private readonly lost: () => void,
  ) {}

  /** Resolves when the key, and all before it, was taken or given up. */
  send(key: string): Promise<void> {
    const order = this.nextOrder();
    this.#tail = this.#tail.then(() => this.#deliver({ call: this.call, order, key }));
    return this.#tail;
  }

  /** What was not sent yet is dropped. */
  close(): void {
    this.#over.abort();
  }

  async #deliver(digit: DigitKeyed): Promise<void> {
    const body = JSON.stringify(digit);
    for (let tries = 0; tries < TRIES; tries++) {
      if (tries > 0) await sleep(BETWEEN_TRIES_MS);
      if (this.#over.signal.aborted || (await this.#try(body))) return;
    }
    if (!this.#over.signal.aborted) this.lost();
  }

  async #try(body: string): Promise<boolean> {
    const fault = this.world.faults.pick('telephony', 'digits', { reference: this.call });
    if (fault?.kind === 'lose') return true;
    if (fault?.kind === 'reset_before') return false;
    if (fault?.kind === 'delay') await sleep(fault.delayMs ?? 0);
    const taken = await this.#post(body);
    if (fault?.kind === 'duplicate') await this.#post(body);
    return taken && fault?.kind !== 'reset_after';
  }

  async #post(body: string): Promise<boolean> {
    const signature = createHmac('sha256', this.target.secret).update(body).digest('hex');
    try {
      const answer = await request(`${this.target.callback}/digits`, {
        dispatcher: this.dispatcher,
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#over.signal]),
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-phone-signature': `sha256=${signature}` },
        body,
      });
      await answer.body.dump();
      return answer.statusCode >= 200 && answer.statusCode < 300;
    } catch (error) {
      this.world.log('digit_failed', { call: this.call, reason: messageOf(error) });
      return false;
    }
  }
}
