import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7obj } from 'uuidv7';
import { idFromUuid } from '@/core/ids';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { type Figures, interleave, median, percentile } from '../rounds';
import { ENDPOINTS, Ground, PAD } from './ground';
import { Rivals } from './rivals';
import { GRAPHILE_SCHEMA } from './work';

/** About a fifth of what the lane drains on two cores. */
export const A_SECOND = 200;
const SECONDS = 20;
const SETTLE_MS = 2_000;

/** Milliseconds from each commit to the arrival of its POST. */
export type Delays = number[];
type Event = { id: string; endpoint: number };
const now = (): number => performance.timeOrigin + performance.now();

/** Commits so many events a second and watches when each arrives. */
export async function watchDelays(
  ground: Ground,
  events: number,
  commit: (event: Event) => Promise<unknown>,
  endpoint: (n: number) => number = (n) => n % ENDPOINTS,
): Promise<Delays> {
  await ground.ask({ reset: true, watch: true });
  const committed = new Map<string, number>();
  const writing: Promise<unknown>[] = [];
  const begun = performance.now();
  for (let n = 0; n < events; n++) {
    await sleep(Math.max(0, begun + (n * 1000) / A_SECOND - performance.now()));
    const id = uuidv7obj().toString();
    writing.push(commit({ id, endpoint: endpoint(n) }).then(() => committed.set(id, now())));
  }
  await Promise.all(writing);
  await ground.received(events, 60_000);
  const answer = await ground.ask('arrivals');
  const arrivals = new Map('arrivals' in answer ? answer.arrivals : []);
  // The lane sends an event under its public id.
  const arrivalOf = (id: string): number | undefined =>
    arrivals.get(id) ?? arrivals.get(idFromUuid('event', id));
  return [...committed].map(([id, at]) => Math.max(0, (arrivalOf(id) ?? Number.POSITIVE_INFINITY) - at));
}

/** Writes an event and its delivery as a verb does, in one transaction, and tells the workers afterwards. */
export const committing = (ground: Ground) => {
  const { sql, signal } = ground;
  return async ({ id, endpoint }: Event): Promise<void> => {
    await sql`with e as (insert into events (merchant_id, id, type, payload, actor_name, occurred_at)
        select w.merchant_id, ${id}::uuid, 'test.ping', json_build_object('id', ${id}::text, 'data',
          repeat('x', ${PAD}::int))::text, 'Benchmark', cf_now() from webhook_endpoints w where w.url like ${`%/e${endpoint}`}
        returning merchant_id, id)
      insert into webhook_deliveries (merchant_id, id, event_id, endpoint_id)
        select w.merchant_id, uuidv7(), ${id}::uuid, w.id from webhook_endpoints w where w.url like ${`%/e${endpoint}`}`;
    signal.notify();
  };
};

async function latency(around: Surroundings): Promise<Result> {
  const ground = await Ground.open(around);
  const rivals = await Rivals.on(ground);
  const events = Math.ceil(A_SECOND * SECONDS * around.scale);
  const late: number[] = [];
  const lane = async (): Promise<number> => {
    await ground.startAnew();
    await sleep(SETTLE_MS);
    const delays = await watchDelays(ground, events, committing(ground));
    late.push(percentile(delays, 0.99));
    return median(delays);
  };
  const graphile = async (): Promise<number> => {
    const child = rivals.start('graphile');
    await sleep(SETTLE_MS);
    const { sql, origins } = ground;
    const delays = await watchDelays(ground, events, ({ id, endpoint }) => {
      const url = `${origins[endpoint % origins.length]}/e${endpoint}`;
      const job = { id, url, body: JSON.stringify({ id, data: 'x'.repeat(PAD) }) };
      return sql`select ${sql(GRAPHILE_SCHEMA)}.add_job('deliver', ${JSON.stringify(job)}::text::json)`;
    });
    await rivals.stop('graphile', child, true);
    await rivals.empty();
    return median(delays);
  };
  const contenders = [
    { name: 'ours', run: lane },
    { name: 'graphile-worker', run: graphile },
  ];
  const [ours, ...peers] = (await interleave(contenders, around.rounds, around.say)) as [Figures, Figures];
  return {
    name: `commit to arrival at ${A_SECOND} events a second, median`,
    unit: 'ms',
    moreIsBetter: false,
    ours,
    peers,
    targets: [],
    bounds: [
      { what: 'median, ms', value: ours.median, atMost: 60 },
      { what: '99 of 100 within, ms', value: median(late.slice(1)), atMost: 130 },
    ],
  };
}

export const LATENCY: Benchmark = {
  name: 'latency',
  about:
    'milliseconds from the commit of an event to the arrival of its POST at a fifth of the load, beside graphile-worker',
  run: latency,
};
