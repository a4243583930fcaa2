import { type Begun, traceFrom } from '@/core/trace';
import type { Services } from '@/lib/context';
import { errorText } from '@/lib/log';
import {
  type Claim,
  claim,
  type Delivered,
  type DeliverOptions,
  deliver,
  type LaneName,
  type Place,
  scan,
  settle,
  type Waiting,
  type Wanted,
} from '@/lib/webhooks';
import { Breaker, type BreakerOptions } from './breaker';

export type LaneOptions = DeliverOptions & {
  /** First tries in flight at the most, and tries again: they never take each other's places. */
  inFlight?: number;
  inFlightAgain?: number;
  /** Deliveries in flight to one endpoint, and how many of those may be tries again. */
  perEndpoint?: number;
  perEndpointAgain?: number;
  leaseSeconds?: number;
  /** Endpoints that one look at the ring takes in. */
  ring?: number;
  breaker?: BreakerOptions;
};

const BUSY_POLL_MS = 100;
const IDLE_POLL_MS = 250;
/** Polls without work after which the lane counts as idle. */
const IDLE_AFTER = 20;
/** Outcomes are gathered this long, to be written in one statement. */
const GATHER_MS = 5;
const WRITE_AGAIN_MS = 500;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** One of the two lanes: where in the ring it stands, and how much of it is in flight. */
type Track = { lane: LaneName; most: number; perEndpoint: number; after: Place | null; count: number };
type Flight = { one: Claim; track: Track };

/**
 * The webhook lane: claims due deliveries in batches, sends them outside any transaction and writes the outcomes in
 * batches. Killed in the middle it loses nothing: the lease ends and another worker sends again, under the same id.
 */
export class Lane {
  private readonly flying = new Map<string, number>();
  private readonly ofMerchant = new Map<number, number>();
  private readonly breaker: Breaker;
  private readonly tracks: readonly Track[];
  private finished: (Flight & { result: Delivered })[] = [];
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private woken: () => void = () => {};
  private isWoken = false;
  private lastContact = performance.now();
  private readonly loop: Promise<void>;

  constructor(
    private readonly services: Services,
    private readonly options: LaneOptions = {},
  ) {
    const { inFlight = 500, inFlightAgain = 20, perEndpoint = 5, perEndpointAgain = 2 } = options;
    this.breaker = new Breaker(options.breaker);
    this.tracks = [
      { lane: 'fresh', most: inFlight, perEndpoint, after: null, count: 0 },
      { lane: 'retry', most: inFlightAgain, perEndpoint: perEndpointAgain, after: null, count: 0 },
    ];
    this.loop = this.poll();
  }

  /** Milliseconds since the lane last reached the database. */
  silentMs(): number {
    return performance.now() - this.lastContact;
  }

  /** Looks for work at once: something was committed. */
  wake(): void {
    this.isWoken = true;
    this.woken();
  }

  /** Claims no more; resolves when what is in flight has been sent and written. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.woken();
    await this.loop;
    while (this.tracks.some(({ count }) => count > 0)) await pause(GATHER_MS);
  }

  private async poll(): Promise<void> {
    for (let empty = 0; !this.stopping; ) {
      this.isWoken = false;
      let taken = 0;
      // One after the other: together they must not take more of an endpoint than it has places.
      for (const track of this.tracks) taken += await this.take(track);
      empty = taken > 0 ? 0 : empty + 1;
      await this.rest(taken > 0 ? GATHER_MS : empty < IDLE_AFTER ? BUSY_POLL_MS : IDLE_POLL_MS);
    }
  }

  private async rest(ms: number): Promise<void> {
    if (this.isWoken || this.stopping) return;
    await Promise.race([
      pause(ms),
      new Promise<void>((done) => {
        this.woken = done;
      }),
    ]);
  }

  private async take(track: Track): Promise<number> {
    const { leaseSeconds = 60, ring: most = 200 } = this.options;
    const limit = track.most - track.count;
    if (limit <= 0) return 0;
    try {
      const ring = await this.look(track, most);
      this.lastContact = performance.now();
      const wanted = ring.flatMap((one) => this.wantedOf(track, one));
      const wish = { lane: track.lane, limit, leaseSeconds, wanted };
      const claims = wanted.length > 0 ? await claim(this.services, wish) : [];
      track.after = nextPlace(ring, claims, { limit, most });
      for (const one of claims) {
        this.hold({ one, track });
        void this.send({ one, track });
      }
      return claims.length;
    } catch (error) {
      this.services.log.error('webhook_claim_failed', { error: errorText(error) });
      return 0;
    }
  }

  /** The endpoints with something waiting, so many at the most, from where the track stands once around. */
  private async look({ lane, after }: Track, most: number): Promise<Waiting[]> {
    const behind = await scan(this.services, lane, after, most);
    if (after === null || behind.length >= most) return behind;
    const around = await scan(this.services, lane, null, most - behind.length);
    const seen = new Set(behind.map(({ endpointId }) => endpointId));
    return [...behind, ...around.filter(({ endpointId }) => !seen.has(endpointId))];
  }

  /** How much of an endpoint may be taken now: its own cap, less what is in flight, as the breaker allows. */
  private wantedOf({ perEndpoint: most }: Track, { merchantId, endpointId, due }: Waiting): Wanted[] {
    if (!due) return [];
    const { perEndpoint = 5 } = this.options;
    const flying = this.flying.get(endpointId) ?? 0;
    const verdict = this.breaker.verdict(endpointId);
    const room = verdict === 'closed' ? Math.min(most, perEndpoint - flying) : Number(flying === 0);
    if (verdict === 'open' || room <= 0) return [];
    return [{ merchantId, endpointId, room, busy: this.ofMerchant.get(merchantId) ?? 0 }];
  }

  private async send(flight: Flight): Promise<void> {
    const { one } = flight;
    try {
      const result = await traceFrom(one.trace, deliveryOf(one), async (span) => {
        const sent = await deliver(this.services.config, one, this.options);
        const { state, status } = sent.ack;
        span.note({ 'counterfoil.state': state, ...(status && { 'http.response.status_code': status }) });
        if (state !== 'succeeded') span.fail(status ? 'refused' : 'no_answer');
        return sent;
      });
      this.judge(one, result);
      this.finished.push({ ...flight, result });
      this.logTry(one, result);
      this.timer ??= setTimeout(() => this.write(), GATHER_MS);
    } catch (error) {
      this.release(flight);
      this.services.log.error('webhook_failed', { delivery: one.id, error: errorText(error) });
    }
  }

  /** Callbacks share an endpoint and not an address: one that fails says nothing of the others. */
  private judge({ endpointId, merchantId, isCallback }: Claim, { ack }: Delivered): void {
    if (!ack.tried || isCallback) return;
    if (ack.state === 'succeeded') this.breaker.succeeded(endpointId);
    else if (this.breaker.failed(endpointId))
      this.services.log.warn('webhook_breaker_open', { merchantId, endpoint: endpointId });
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
      for (const flight of batch) this.release(flight);
      this.wake();
    } catch (error) {
      this.finished.unshift(...batch);
      again = WRITE_AGAIN_MS;
      this.services.log.error('webhook_write_failed', { error: errorText(error), count: batch.length });
    }
    this.timer = this.finished.length > 0 ? setTimeout(() => this.write(), again) : undefined;
  }

  private hold({ one, track }: Flight): void {
    add(this.flying, one.endpointId, 1);
    add(this.ofMerchant, one.merchantId, 1);
    track.count += 1;
  }

  private release({ one, track }: Flight): void {
    add(this.flying, one.endpointId, -1);
    add(this.ofMerchant, one.merchantId, -1);
    track.count -= 1;
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

const deliveryOf = ({ id, endpointId, eventId, tries }: Claim): Begun => ({
  name: 'webhook delivery',
  kind: 'client',
  attributes: {
    'counterfoil.delivery': id,
    'counterfoil.endpoint': endpointId,
    'counterfoil.event': eventId,
    'counterfoil.tries': tries,
  },
});

function add<K>(counts: Map<K, number>, key: K, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

/** Where the ring goes on: behind the last that got something where places ran out, else behind what was seen. */
function nextPlace(
  ring: readonly Waiting[],
  claims: readonly Claim[],
  { limit, most }: { limit: number; most: number },
): Place | null {
  const served = new Set(claims.map(({ endpointId }) => endpointId));
  const last =
    claims.length >= limit
      ? ring.findLast(({ endpointId }) => served.has(endpointId))
      : ring.length >= most
        ? ring.at(-1)
        : undefined;
  return last ?? null;
}
