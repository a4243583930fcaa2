import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type ClientRequest, get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { uuidFromId } from '@/core/ids';
import { connect } from '@/db/client';
import type { Ctx } from '@/lib/context';
import { createPaymentSession } from '@/lib/payment-sessions';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { bundle } from '../bundle';
import { install } from '../installation';
import { type Contender, type Figures, interleave, median, percentile } from '../rounds';
import { Arrivals } from './arrivals';
import type { Order } from './portal';

const LISTENERS = 500;
const EVERY_MS = 20;
const SECONDS = 30;
const POLL_MS = 1_000;
const POLLS = 'polling each second';
const SETTLE_MS = 2_000;
/** What has not arrived by then is counted as late as it is. */
const PATIENCE_MS = 10_000;

/** Begins to listen; gives how to end it, which waits for what is under way. */
type Listen = (session: string, arrivals: Arrivals) => Promise<() => unknown>;
type Told = { session: { version: number } };

/** A session for each listener, as an agent makes them. */
async function newSessions(ctx: Ctx): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < LISTENERS; n++) {
    const customer = { name: 'Pia Payer', email: 'pia@payer.example' };
    const made = await createPaymentSession(ctx, {
      kind: 'digital',
      amountMinor: 1240,
      currency: 'GBP',
      customer,
    });
    if (!made.ok) throw new Error(made.error.message);
    ids.push(made.value.id);
  }
  return ids;
}

/** By server-sent events. */
const byEvents =
  (origin: string): Listen =>
  async (session, arrivals) => {
    const request: ClientRequest = get(`${origin}/live/${session}`, { agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        if (data) arrivals.arrived(session, (JSON.parse(data) as Told).session.version);
        text = text.slice(end + 2);
      }
    });
    response.on('error', () => {});
    return () => request.destroy();
  };

/** By asking once a second. */
const byPolls =
  (origin: string, agent: Agent): Listen =>
  async (session, arrivals) => {
    let isOver = false;
    const ask = async (): Promise<void> => {
      await sleep(Math.random() * POLL_MS);
      while (!isOver) {
        const begun = performance.now();
        const [response] = await once(get(`${origin}/desk/${session}`, { agent }), 'response');
        arrivals.arrived(session, ((await json(response)) as Told).session.version);
        await sleep(Math.max(0, POLL_MS - (performance.now() - begun)));
      }
    };
    const asking = ask();
    return () => {
      isOver = true;
      return asking;
    };
  };

type Scene = { sessions: readonly string[]; merchantId: number; sql: postgres.Sql; scale: number };

/** Commits a change of one session after the other while all are listened to; the delays. */
async function measure({ sessions, merchantId, sql, scale }: Scene, listen: Listen): Promise<number[]> {
  const arrivals = new Arrivals();
  const ends = await Promise.all(sessions.map((session) => listen(session, arrivals)));
  await sleep(SETTLE_MS);
  const changes = Math.ceil((SECONDS * scale * 1000) / EVERY_MS);
  const begun = performance.now();
  const writing: Promise<unknown>[] = [];
  for (let n = 0; n < changes; n++) {
    await sleep(Math.max(0, begun + n * EVERY_MS - performance.now()));
    const session = sessions[(n * 7) % sessions.length] ?? '';
    const change = sql<{ revision: number }[]>`update payment_sessions set revision = revision + 1
      where merchant_id = ${merchantId} and id = ${uuidFromId('paymentSession', session)} returning revision`;
    writing.push(change.then(([row]) => arrivals.committed(session, row?.revision ?? 0)));
  }
  await Promise.all(writing);
  for (const until = performance.now() + PATIENCE_MS; !arrivals.isComplete(); await sleep(20))
    if (performance.now() > until) break;
  arrivals.giveUp();
  await Promise.all(ends.map((end) => end()));
  return arrivals.delays;
}

async function live(around: Surroundings): Promise<Result> {
  const { owner, plan } = await install(around, []);
  const actor = { kind: 'agent', id: 'seat 1', name: 'Sam', line: 'seat 1', session: null } as const;
  const sessions = await newSessions({ ...owner, actor });
  const portal = fork(await bundle(around.root, 'live/portal'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  around.onClose(() => portal.kill());
  const { config, merchantId, requestId } = owner;
  const order: Order = { databaseUrl: plan.databaseUrl, as: { config, merchantId, requestId, actor } };
  portal.send(order);
  const [origin] = (await once(portal, 'message')) as [string];
  const { sql, close } = connect(plan.databaseUrl, { max: 4 });
  const agent = new Agent({ keepAlive: true });
  around.onClose(() => Promise.all([close(), agent.destroy()]));
  const late = new Map<string, number[]>();
  const scene = { sessions, merchantId, sql, scale: around.scale };
  const contender = (name: string, listen: Listen): Contender => ({
    name,
    run: async () => {
      const delays = await measure(scene, listen);
      late.set(name, [...(late.get(name) ?? []), percentile(delays, 0.99)]);
      return median(delays);
    },
  });
  const contenders = [contender('ours', byEvents(origin)), contender(POLLS, byPolls(origin, agent))];
  const [ours, ...peers] = (await interleave(contenders, around.rounds, around.say)) as [Figures, Figures];
  const p99 = (name: string): number => median((late.get(name) ?? []).slice(1));
  around.say(`  99 of 100 within: ours ${Math.round(p99('ours'))} ms, polling ${Math.round(p99(POLLS))} ms`);
  return {
    name: `commit to screen with ${LISTENERS} listeners, median`,
    unit: 'ms',
    moreIsBetter: false,
    ours,
    peers,
    targets: [],
    bounds: [{ what: '99 of 100 within, ms', value: p99('ours'), atMost: 400 }],
  };
}

export const LIVE: Benchmark = {
  name: 'live',
  about:
    'milliseconds from the commit of a change to the screen of who follows it, beside polling each second',
  run: live,
};
