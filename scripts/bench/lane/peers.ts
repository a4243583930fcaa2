/**
 * The lane's peers, each a program of its own that sends what waits in its table with the same HTTP as the lane, and ends
 * with nothing left: a tuned graphile-worker, or a loop that a good engineer writes in an afternoon.
 */
import { run } from 'graphile-worker';
import { connect } from '@/db/client';
import { post } from '@/lib/egress/post';
import { newSigningKey, newWebhookSecret, signedHeaders } from '@/lib/webhooks/sign';
import { GRAPHILE_SCHEMA, type Job, type Peer } from './work';

/** Requests in flight of a peer. The lane has more places, and five of them for an endpoint. */
const IN_FLIGHT = 50;
const BATCH = 500;

const [kind, databaseUrl = '', allow = ''] = process.argv.slice(2) as [Peer, string?, string?];
const signers = { secrets: [newWebhookSecret()], privateKeys: [newSigningKey().privateKey] };

async function send({ id, url, body }: Job): Promise<number | null> {
  const headers = {
    ...signedHeaders(signers, id, body, new Date()),
    'content-type': 'application/json',
    'user-agent': 'Peer/1',
  };
  const result = await post(url, headers, body, { allow: allow.split(',') });
  return result.kind === 'answered' ? result.status : null;
}

/** graphile-worker as its documentation tunes it for throughput: a local queue, and completion in batches. */
async function graphile(): Promise<void> {
  await run({
    connectionString: databaseUrl,
    schema: GRAPHILE_SCHEMA,
    noHandleSignals: true,
    maxPoolSize: 10,
    preset: {
      worker: {
        concurrentJobs: IN_FLIGHT,
        localQueue: { size: BATCH, refetchDelay: { durationMs: 0 } },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: {
      deliver: async (payload) => {
        const status = await send(payload as Job);
        if (status !== 204) throw new Error(`answered ${status}`);
      },
    },
  });
}

/** Claims a batch, sends it, writes it; again until nothing waits. */
async function loop(): Promise<void> {
  const { sql } = connect(databaseUrl, { max: 4 });
  for (;;) {
    const jobs = await sql<
      Job[]
    >`update bench_outbox set state = 'sending', lease_until = now() + interval '1 minute'
      where id in (select id from bench_outbox where state = 'pending' order by id limit ${BATCH} for update skip locked)
      returning id, url, body`;
    if (jobs.length === 0) break;
    const left = [...jobs];
    const sent: { id: string; status: number | null }[] = [];
    const lane = async (): Promise<void> => {
      for (let job = left.pop(); job; job = left.pop()) sent.push({ id: job.id, status: await send(job) });
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    await sql`update bench_outbox o set state = case when s.status = 204 then 'done' else 'failed' end, status = s.status
      from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb) as s(id uuid, status int) where o.id = s.id`;
  }
}

process.on('disconnect', () => process.exit(0));
if (kind === 'graphile') await graphile();
else await loop();
