/** The peers of the lane on the same ground: what waits for them, and their programs. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeWorkerUtils } from 'graphile-worker';
import { bundle } from '../bundle';
import { ENDPOINTS, type Ground, PAD } from './ground';
import { GRAPHILE_SCHEMA, type Peer } from './work';

export class Rivals {
  private constructor(
    private readonly ground: Ground,
    private readonly program: string,
  ) {}

  static async on(ground: Ground): Promise<Rivals> {
    await ground.sql`create table bench_outbox (id uuid primary key, url text not null, body text not null,
      state text not null default 'pending', status int, lease_until timestamptz)`;
    await ground.sql`create index on bench_outbox (id) where state = 'pending'`;
    const utils = await makeWorkerUtils({ connectionString: ground.databaseUrl, schema: GRAPHILE_SCHEMA });
    await utils.migrate();
    await utils.release();
    return new Rivals(ground, await bundle(ground.root, 'lane/peers'));
  }

  /** So many deliveries, in turn to each of the endpoints' addresses. */
  async fill(kind: Peer, count: number): Promise<void> {
    const { sql, origins } = this.ground;
    const jobs = sql`select id, o[1 + i % ${origins.length}::int] || '/e' || i % ${ENDPOINTS}::int as url,
      json_build_object('id', id, 'type', 'test.ping', 'data', repeat('x', ${PAD}::int))::text as body
      from (select uuidv7() as id, i, ${origins}::text[] as o from generate_series(0, ${count - 1}::int) i) n`;
    const schema = sql(GRAPHILE_SCHEMA);
    if (kind === 'loop') await sql`insert into bench_outbox (id, url, body) ${jobs}`;
    else
      await sql`select count(*) from ${schema}.add_jobs(array(
        select row('deliver', to_json(j), null, null, null, null, null, null)::${schema}.job_spec from (${jobs}) j))`;
    await sql`vacuum analyze`;
  }

  start(kind: Peer): ChildProcess {
    const { databaseUrl, origins } = this.ground;
    return fork(this.program, [kind, databaseUrl, origins.join(',')], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }

  /** Ends a peer; where `done`, not before all of its outcomes are written. */
  async stop(kind: Peer, child: ChildProcess, done: boolean): Promise<void> {
    const ended = once(child, 'exit');
    const { sql } = this.ground;
    const waiting = async (): Promise<number> => {
      const [row] =
        kind === 'loop'
          ? await sql`select count(*)::int as n from bench_outbox where state <> 'done'`
          : await sql`select count(*)::int as n from ${sql(GRAPHILE_SCHEMA)}.jobs`;
      return row?.n ?? 0;
    };
    while (done && (await waiting()) > 0) await sleep(10);
    child.kill('SIGKILL');
    await ended;
  }

  async empty(): Promise<void> {
    const { sql } = this.ground;
    await sql`truncate bench_outbox, ${sql(GRAPHILE_SCHEMA)}._private_jobs`;
  }
}
