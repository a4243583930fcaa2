/** What a provider tells the portal of itself: signed as Standard Webhooks, again and again until it says 2xx. */
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { messageOf } from './log';
import type { Timers } from './timers';
import type { World } from './world';

const RETRY_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];
const TIMEOUT_MS = 5_000;
/** A portal that hangs must not use up the sandbox's sockets. */
const AT_ONCE = 64;
/** What is older than this when the sandbox starts is not taken up again. */
export const RESUME_WITHIN_MS = 3_600_000;

/**
 * One thing to tell: `path` is at the portal, or a whole address. `id` and `payload` are the same at every try; time and
 * signature are of the try.
 */
export type SignedPost = { id: string; path: string; secret: string; payload: string };
export type Delivery = SignedPost & {
  /** Asked before each try. */
  wanted: () => boolean;
  /** Called once it was answered with a 2xx. */
  done: () => Promise<void>;
};

export class SignedPosts {
  #world: World;
  #timers: Timers;
  #agent = new Agent({
    connections: AT_ONCE,
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });

  constructor(world: World, timers: Timers) {
    this.#world = world;
    this.#timers = timers;
    timers.signal.addEventListener('abort', () => void this.#agent.destroy());
  }

  /** Resolves after the first try; the next ones follow on their own. */
  async deliver(delivery: Delivery, tries = 0): Promise<void> {
    if (!delivery.wanted()) return;
    if (await this.post(delivery)) return delivery.done();
    const delay = RETRY_MS[tries];
    if (delay === undefined) this.#world.log('notice_given_up', { id: delivery.id });
    else this.#timers.later(delay, () => this.deliver(delivery, tries + 1));
  }

  /** One try. True when the portal answered 2xx. `sent` stands for a body that was changed after it was signed. */
  async post({ id, path, secret, payload }: SignedPost, sent = payload): Promise<boolean> {
    const now = this.#world.now();
    try {
      const answer = await request(path.startsWith('/') ? `${this.#world.env.portalUrl}${path}` : path, {
        dispatcher: this.#agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, now, payload),
        },
        body: sent,
      });
      await answer.body.dump();
      const { statusCode: status } = answer;
      const taken = status >= 200 && status < 300;
      if (!taken) this.#world.log('notice_refused', { id, status });
      return taken;
    } catch (error) {
      this.#world.log('notice_failed', { id, reason: messageOf(error) });
      return false;
    }
  }
}
