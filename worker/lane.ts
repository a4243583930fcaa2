import type { Services } from '@/lib/context';
import { errorText } from '@/lib/log';
import { type Claim, claim, type Delivered, type DeliverOptions, deliver, settle } from '@/lib/webhooks';

export type LaneOptions = DeliverOptions & {
  /** Deliveries in flight at the most, in all and for one endpoint. */
  inFlight?: number;
  perEndpoint?: number;
  leaseSeconds?: number;
};

const BUSY_POLL_MS = 100;
const IDLE_POLL_MS = 250;
/** Polls without work after which the lane counts as idle. */
const IDLE_AFTER = 20;
/** Outcomes are gathered this long, to be written in one statement. */
const GATHER_MS = 5;
const WRITE_AGAIN_MS = 500;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * The webhook lane: claims due deliveries in batches, sends them outside any transaction and writes the outcomes in
 * batches. Killed in the middle it loses nothing: the lease ends and another worker sends again, under the same id.
 */
export class Lane {
  private readonly flying = new Map<string, number>();
  private finished: { one: Claim; result: Delivered }[] = [];
  private count = 0;
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private lastContact = performance.now();
  private readonly loop: Promise<void>;

  constructor(
    private readonly services: Services,
    private readonly options: LaneOptions = {},
  ) {
    this.loop = this.poll();
  }

  /** Milliseconds since the lane last reached the database. */
  silentMs(): number {
    return performance.now() - this.lastContact;
  }

  /** Claims no more; resolves when what is in flight has been sent and written. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop;
    while (this.count > 0) await pause(GATHER_MS);
  }

  private async poll(): Promise<void> {
    for (let empty = 0; !this.stopping; ) {
      const taken = await this.take();
      empty = taken > 0 ? 0 : empty + 1;
      await pause(taken > 0 ? GATHER_MS : empty < IDLE_AFTER ? BUSY_POLL_MS : IDLE_POLL_MS);
    }
  }

  private async take(): Promise<number> {
    const { inFlight = 50, perEndpoint = 5, leaseSeconds = 60 } = this.options;
    const limit = inFlight - this.count;
    if (limit <= 0) return 0;
    try {
      const claims = await claim(this.services, { limit, leaseSeconds, perEndpoint, inFlight: this.flying });
      this.lastContact = performance.now();
      for (const one of claims) {
        this.hold(one);
        void this.send(one);
      }
      return claims.length;
    } catch (error) {
      this.services.log.error('webhook_claim_failed', { error: errorText(error) });
      return 0;
    }
  }

  private async send(one: Claim): Promise<void> {
    try {
      const result = await deliver(this.services.config, one, this.options);
      this.finished.push({ one, result });
      this.logTry(one, result);
      this.timer ??= setTimeout(() => this.write(), GATHER_MS);
    } catch (error) {
      this.release(one);
      this.services.log.error('webhook_failed', { delivery: one.id, error: errorText(error) });
    }
  }

  /** A place is free again only when its outcome is written: without a database the lane comes to rest by itself. */
  private async write(): Promise<void> {
    const batch = this.finished;
    this.finished = [];
    let again = GATHER_MS;
    try {
      const { fenced } = await settle(
        this.services,
        batch.map(({ result }) => result),
      );
      if (fenced > 0) this.services.log.warn('webhook_fenced', { count: fenced });
      for (const { one } of batch) this.release(one);
    } catch (error) {
      this.finished.unshift(...batch);
      again = WRITE_AGAIN_MS;
      this.services.log.error('webhook_write_failed', { error: errorText(error), count: batch.length });
    }
    this.timer = this.finished.length > 0 ? setTimeout(() => this.write(), again) : undefined;
  }

  private hold({ endpointId }: Claim): void {
    this.flying.set(endpointId, (this.flying.get(endpointId) ?? 0) + 1);
    this.count += 1;
  }

  private release({ endpointId }: Claim): void {
    const left = (this.flying.get(endpointId) ?? 1) - 1;
    if (left > 0) this.flying.set(endpointId, left);
    else this.flying.delete(endpointId);
    this.count -= 1;
  }

  private logTry(one: Claim, { ack }: Delivered): void {
    const fields = {
      merchantId: one.merchantId,
      delivery: one.id,
      endpoint: one.endpointId,
      event: one.eventId,
      state: ack.state,
      tries: one.tries + (ack.tried ? 1 : 0),
      ms: ack.durationMs,
      status: ack.status,
      error: ack.error,
    };
    if (ack.state === 'succeeded') this.services.log.info('webhook_delivery', fields);
    else this.services.log.warn('webhook_delivery', fields);
  }
}
