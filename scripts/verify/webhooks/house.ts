/** An installation for webhooks alone: a durable PostgreSQL, merchants with an endpoint each, and workers to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { type Connection, connect } from '@/db/client';
import { insertGatewayAccount, insertMerchant, insertProfile } from '@/db/queries/installation';
import { openSignal, type Signal } from '@/db/signal';
import type { Ctx, Services } from '@/lib/context';
import { sealGatewaySecret } from '@/lib/gateways';
import { newId } from '@/lib/ids';
import { keyRingText, newKeyRing } from '@/lib/key-ring';
import { createLogger } from '@/lib/log';
import { migrate } from '@/lib/operations/migrate';
import { createWebhookEndpoint } from '@/lib/webhooks';
import { Cluster } from '../faults/cluster';
import { Ports } from '../faults/ports';
import { Receivers } from './receiver';

const MERCHANTS = 20;
const KEY_ID = 1;

/** One is spared: what is killed every few seconds cannot show that its memory stays flat. */
type Fate = 'killed' | 'spared';
type Worker = { fate: Fate; child: ChildProcess; ended: Promise<unknown> };
/** Megabytes that a process held, second by second, under its id. */
export type Memory = ReadonlyMap<number, readonly number[]>;

export class House {
  readonly kills = { worker: 0, database: 0 };
  readonly memory = new Map<number, number[]>();
  private workers: Worker[] = [];
  private closing = false;

  private constructor(
    readonly dataDir: string,
    private readonly cluster: Cluster,
    private readonly connection: Connection,
    private readonly signal: Signal,
    readonly services: Services,
    readonly receivers: Receivers,
    readonly merchants: Ctx[],
    private readonly bundle: string,
  ) {}

  static async open(bundle: string, workers: number): Promise<House> {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'counterfoil-webhooks-'));
    const password = randomBytes(16).toString('hex');
    const port = (await Ports.find(1)).take();
    const cluster = new Cluster({ dataDir, password, databasePassword: password, port });
    await cluster.start();
    await migrate(cluster.url());
    const receivers = await Receivers.open();
    const connection = connect(cluster.url(), { max: 10 });
    const signal = openSignal(cluster.url());
    const services = { ...servicesOf(connection, receivers.origin), wake: signal.notify };
    const merchants: Ctx[] = [];
    for (let i = 0; i < MERCHANTS; i++) merchants.push(await makeMerchant(services, receivers, `m${i}`));
    const house = new House(dataDir, cluster, connection, signal, services, receivers, merchants, bundle);
    for (let i = 0; i < workers; i++) house.startWorker('killed');
    house.startWorker('spared');
    return house;
  }

  get sql(): postgres.Sql {
    return this.connection.sql;
  }

  /** `kill -9`; another one starts at once. */
  async killWorker(which: number): Promise<void> {
    const mortal = this.workers.filter(({ fate }) => fate === 'killed');
    const worker = mortal[which % mortal.length];
    if (!worker) return;
    this.workers = this.workers.filter((one) => one !== worker);
    worker.child.kill('SIGKILL');
    await worker.ended;
    this.kills.worker += 1;
    this.startWorker('killed');
  }

  /** `kill -9` of every process of the server, and a start, which recovers. */
  async killDatabase(): Promise<void> {
    await this.cluster.kill();
    this.kills.database += 1;
    await this.cluster.start();
  }

  /** Notes how much memory each worker holds now; nothing where the system does not say. */
  sample(): void {
    for (const { child } of this.workers) {
      const { pid = 0 } = child;
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readStatus(pid))?.[1];
      if (!kilobytes) continue;
      const life = this.memory.get(pid) ?? [];
      life.push(Number(kilobytes) / 1024);
      this.memory.set(pid, life);
    }
  }

  async close(keep: boolean): Promise<void> {
    this.closing = true;
    for (const { child } of this.workers) child.kill('SIGKILL');
    await Promise.all(this.workers.map(({ ended }) => ended));
    this.receivers.close();
    await Promise.allSettled([this.connection.close(), this.signal.close()]);
    await this.cluster.destroy();
    if (!keep) rmSync(this.dataDir, { recursive: true, force: true });
  }

  private startWorker(fate: Fate): void {
    if (this.closing) return;
    const { config } = this.services;
    const log = openSync(path.join(this.dataDir, 'worker.log'), 'a');
    const key = config.linkTokenKeys.byId.get(KEY_ID)?.toString('base64url');
    const child = spawn(process.execPath, [this.bundle], {
      stdio: ['ignore', log, log],
      env: {
        ...{ NODE_ENV: 'production', PATH: process.env.PATH ?? '', DATABASE_URL: this.cluster.url() },
        ...{ PORTAL_URL: config.portalUrl, CARD_URL: config.cardUrl, LINK_TOKEN_KEYS: `${KEY_ID}:${key}` },
        ...{ DATA_ENCRYPTION_KEY: keyRingText(config.dataKey), EGRESS_ALLOW: this.receivers.origin },
        ...{ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'pay@counterfoil.example', CF_WATCH_PARENT: '1' },
        ...{ SMS_PROVIDER_URL: 'http://127.0.0.1:9/', SMS_PROVIDER_KEY: 'none', WORKER_HEALTH_PORT: '0' },
      },
    });
    const worker = { fate, child, ended: new Promise((done) => child.once('exit', done)) };
    this.workers.push(worker);
    worker.ended.then(() => this.replace(worker));
  }

  /** A worker that ended by itself, because the database was away as it started, is started again. */
  private async replace(worker: Worker): Promise<void> {
    if (!this.workers.includes(worker)) return;
    this.workers = this.workers.filter((one) => one !== worker);
    await sleep(500);
    this.startWorker(worker.fate);
  }
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

const servicesOf = ({ db }: Connection, origin: string): Services => ({
  db,
  config: {
    mode: 'demo',
    portalUrl: 'http://localhost:3000',
    payOrigins: [],
    cardUrl: 'http://localhost:3001',
    challengeOrigins: [],
    linkTokenKeys: { signing: KEY_ID, byId: new Map([[KEY_ID, randomBytes(32)]]) },
    dataKey: newKeyRing(),
    egressAllow: [origin],
  },
  log: createLogger('verify', 'silent'),
});

async function makeMerchant(services: Services, receivers: Receivers, name: string): Promise<Ctx> {
  const merchantId = await insertMerchant(services.db, { name, contactEmail: 'help@example.com' });
  const [id, gatewayAccountId] = [newId('profile'), newId('gatewayAccount')];
  await insertGatewayAccount(services.db, {
    ...{ merchantId, id: gatewayAccountId, profileId: id, gateway: 'sandbox' as const },
    gatewayUrl: 'http://127.0.0.1:9/gateway',
    gatewaySecret: sealGatewaySecret(services.config, merchantId, id, 'none'),
  });
  await insertProfile(services.db, { merchantId, id, name: 'standard', isDefault: true, gatewayAccountId });
  const actor = { kind: 'user', id: newId('user'), name: 'Owner', role: 'owner', verified: true } as const;
  const ctx: Ctx = { ...services, merchantId, actor, requestId: 'req_verify' };
  const made = await createWebhookEndpoint(ctx, { url: `${receivers.origin}/${name}` });
  if (!made.ok) throw new Error(made.error.message);
  receivers.know(name, made.value.secret);
  return ctx;
}
