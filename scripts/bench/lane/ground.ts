/** What the benchmarks of the webhook lane stand on: an installation with a worker, receivers, and 200 endpoints. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { connect } from '@/db/client';
import { insertMerchant } from '@/db/queries/installation';
import { openSignal, type Signal } from '@/db/signal';
import type { Ctx } from '@/lib/context';
import { newId } from '@/lib/ids';
import { createWebhookEndpoint } from '@/lib/webhooks';
import type { Part } from '@/scripts/verify/faults/part';
import type { Surroundings } from '../benchmark';
import { bundle } from '../bundle';
import { install } from '../installation';
import type { Answer, Question } from './receivers';

const MERCHANTS = 10;
const EACH = 20;
export const ENDPOINTS = MERCHANTS * EACH;
/** With this an event has about the size of one that tells of a whole link. */
export const PAD = 800;
const LOOK_MS = 10;

export class Ground {
  private constructor(
    readonly sql: postgres.Sql,
    readonly signal: Signal,
    readonly root: string,
    readonly databaseUrl: string,
    readonly origins: string[],
    private readonly receivers: ChildProcess,
    private readonly worker: Part,
  ) {}

  static async open(around: Surroundings): Promise<Ground> {
    const { root } = around;
    const receivers = fork(await bundle(root, 'lane/receivers'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    around.onClose(() => receivers.kill());
    const [{ origins }] = (await once(receivers, 'message')) as [{ origins: string[] }];
    const { plan, owner, parts } = await install(around, ['worker'], origins);
    const worker = parts.get('worker');
    if (!worker) throw new Error('there is no worker');
    const { sql, close } = connect(plan.databaseUrl, { max: 2 });
    const signal = openSignal(plan.databaseUrl);
    around.onClose(() => Promise.all([close(), signal.close()]));
    const ground = new Ground(sql, signal, root, plan.databaseUrl, origins, receivers, worker);
    for (let m = 0; m < MERCHANTS; m++) await ground.makeMerchant(owner, m);
    return ground;
  }

  private async makeMerchant(owner: Ctx, m: number): Promise<void> {
    const named = { name: `Shop ${m}`, contactEmail: 'help@example.com' };
    const merchantId = await insertMerchant(owner.db, named);
    const actor = { kind: 'user', id: newId('user'), name: 'Owner', role: 'owner', verified: true } as const;
    for (let e = 0; e < EACH; e++) {
      const number = m * EACH + e;
      const url = `${this.origins[number % this.origins.length]}/e${number}`;
      const made = await createWebhookEndpoint({ ...owner, merchantId, actor }, { url });
      if (!made.ok) throw new Error(made.error.message);
    }
  }

  /** Asks the receivers, or tells them how to be; they answer how many requests they have answered. */
  async ask(question: Question): Promise<Answer> {
    this.receivers.send(question);
    const [answer] = (await once(this.receivers, 'message')) as [Answer];
    return answer;
  }

  async count(): Promise<number> {
    const answer = await this.ask('count');
    return 'count' in answer ? answer.count : 0;
  }

  /** Resolves when so many have arrived, or after `mostMs`; gives how many have. */
  async received(count: number, mostMs = Number.POSITIVE_INFINITY): Promise<number> {
    const until = performance.now() + mostMs;
    for (;;) {
      const now = await this.count();
      if (now >= count || performance.now() > until) return now;
      await sleep(LOOK_MS);
    }
  }

  /** A worker that knows nothing of its endpoints, and endpoints of which nothing is known. */
  async startAnew(): Promise<void> {
    await this.worker.kill();
    await this.sql`truncate webhook_tries, webhook_deliveries, events cascade`;
    await this.sql`update webhook_endpoints set is_slow = false, failing_since = null, alerted_percent = 0`;
    await this.worker.start();
  }

  /** So many deliveries of an event each, spread over the endpoints, which are paused until they are let go. */
  async fill(count: number): Promise<void> {
    await this.sql`update webhook_endpoints set paused_at = cf_now()`;
    await this.insert(Math.ceil(count / ENDPOINTS), '/e%');
    await this.sql`vacuum analyze webhook_deliveries, events, webhook_endpoints`;
  }

  /** So many deliveries for each endpoint whose address ends like this. */
  async insert(each: number, like: string): Promise<void> {
    await this.sql`create table bench_rows as select w.merchant_id, w.id as endpoint_id, uuidv7() as event_id,
      uuidv7() as delivery_id from generate_series(1, ${each}::int), webhook_endpoints w where w.url like ${`http://127.0.0.1:%${like}`}`;
    await this.sql`insert into events (merchant_id, id, type, payload, actor_name, occurred_at)
      select merchant_id, event_id, 'test.ping', json_build_object('id', event_id, 'type', 'test.ping', 'data',
        repeat('x', ${PAD}::int))::text, 'Benchmark', cf_now() from bench_rows`;
    await this.sql`insert into webhook_deliveries (merchant_id, id, event_id, endpoint_id)
      select merchant_id, delivery_id, event_id, endpoint_id from bench_rows`;
    await this.sql`drop table bench_rows`;
  }

  /** What is waiting has failed once, and its next try is in a day. */
  async putOff(): Promise<void> {
    await this
      .sql`update webhook_deliveries set state = 'retrying', tries = 1, next_try_at = cf_now() + interval '1 day'`;
  }

  async letGo(): Promise<void> {
    await this.sql`update webhook_endpoints set paused_at = null`;
    this.signal.notify();
  }

  /** Resolves when so many outcomes are written. */
  async written(count: number): Promise<void> {
    for (;;) {
      const [row] = await this
        .sql`select count(*)::int as done from webhook_deliveries where state = 'succeeded'`;
      if (row?.done >= count) return;
      await sleep(LOOK_MS);
    }
  }
}
