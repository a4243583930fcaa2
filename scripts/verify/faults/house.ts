/** The product as it is built, every process with its own environment, and a proxy between every two parties. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Config } from '@/scripts/launcher/config';
import { openDataDir } from '@/scripts/launcher/files';
import { keepFirstRun } from '@/scripts/launcher/first-run';
import { type Plan, type ProcessName, processSpecs } from '@/scripts/launcher/processes';
import { loadSecrets } from '@/scripts/launcher/secrets';
import { runSetup } from '@/scripts/launcher/setup-step';
import { Cluster } from './cluster';
import { call, type Reply } from './http';
import { HttpProxy } from './http-proxy';
import { type Fronts, Part, type PartSpec } from './part';
import { Ports } from './ports';
import { Switchboard } from './switchboard';
import { TcpProxy } from './tcp-proxy';
import { inWords } from './words';

export const PARTS = ['sandbox', 'card', 'portal', 'worker'] as const satisfies readonly ProcessName[];
/** What can be killed: one process, the database, or all of the product with its database. */
export const TARGETS = ['portal', 'card', 'worker', 'sandbox', 'postgres', 'everything'] as const;
export type Target = (typeof TARGETS)[number];
/** The product's own processes: the sandbox is the outside world. */
const OURS = ['card', 'portal', 'worker'] as const;

/** A bank check that nobody answers is over after this long. */
const CHALLENGE_SECONDS = 20;

export type HouseOptions = {
  root: string;
  /** Other bundles than dist's, by process: deliberately broken variants. */
  bundles?: Partial<Record<ProcessName, string>>;
  /** Statements for the database's superuser before anything runs. */
  settings?: readonly string[];
  /** Statements for the database once it is migrated, before a process starts. */
  sabotage?: readonly string[];
};
export type FirstRun = { apiKey: string; webhookEndpoint: { id: string; url: string; secret: string } };

type Proxies = Record<'portal' | 'internal' | 'card' | 'gateway' | 'sandbox', HttpProxy>;
type Databases = Record<'portal' | 'worker', TcpProxy>;

export class House {
  readonly parts: Record<ProcessName, Part>;
  /** Straight to the database, for what the harness itself asks. */
  readonly sql: postgres.Sql;
  /** How often each target was killed. */
  readonly kills = new Map<Target, number>();
  /** Links whose money people must decide about: their own cells judge them, and no book can be even with them. */
  readonly leftToPeople = new Set<string>();
  /** What went wrong with the house itself: a process that did not come back. */
  readonly troubles: string[] = [];
  private busy: Promise<void> = Promise.resolve();
  private readonly closers: (() => unknown)[] = [];

  private constructor(
    readonly config: Config,
    readonly firstRun: FirstRun,
    readonly switchboard: Switchboard,
    readonly cluster: Cluster,
    readonly proxies: Proxies,
    readonly databases: Databases,
    specs: PartSpec[],
  ) {
    const { root, dataDir } = config;
    const make = (name: ProcessName): Part => {
      const spec = specs.find((one) => one.name === name);
      if (!spec) throw new Error(`the ${name} process is not built: run "npm run build"`);
      const fronts = this.frontsOf(name);
      return new Part(spec, { root, dataDir, fronts, onDeath: (part, how) => this.bury(part, how) });
    };
    this.parts = {
      sandbox: make('sandbox'),
      card: make('card'),
      portal: make('portal'),
      worker: make('worker'),
    };
    cluster.onDeath = () => {
      this.fail(new Error('PostgreSQL ended by itself'));
      this.exclusively(() => cluster.start()).catch((error: Error) => this.fail(error));
    };
    this.sql = postgres(cluster.url(), {
      max: 4,
      onnotice: () => {},
      connect_timeout: 5,
      backoff: () => 0.1,
    });
  }

  /** Builds the whole house and waits until it answers. */
  static async open(options: HouseOptions): Promise<House> {
    const dataDir = mkdtempSync(join(tmpdir(), 'counterfoil-faults-'));
    if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
    openDataDir(dataDir);
    const free = await Ports.find(16);
    const config = configOf(options.root, dataDir, free);
    const secrets = loadSecrets(config);
    const cluster = new Cluster({
      dataDir,
      password: secrets.POSTGRES_PASSWORD,
      databasePassword: secrets.DATABASE_PASSWORD,
      port: free.take(),
    });
    await cluster.start();
    await settings(cluster, options.settings ?? []);
    const switchboard = new Switchboard();
    const http = (port: number, target: number) => new HttpProxy(port, target, switchboard);
    const { ports, urls } = config;
    const proxies: Proxies = {
      portal: http(portOf(urls.portal), ports.portal),
      card: http(portOf(urls.card), ports.card),
      sandbox: http(portOf(urls.sandbox), ports.sandbox),
      internal: http(free.take(), ports.portal),
      gateway: http(free.take(), ports.sandbox),
    };
    const databases: Databases = {
      portal: new TcpProxy(free.take(), cluster.listensOn),
      worker: new TcpProxy(free.take(), cluster.listensOn),
    };
    const plan: Plan = { config, secrets, databaseUrl: cluster.url(), workerHealthPort: free.take() };
    const { firstRun } = await runSetup(plan);
    const credentials = keepFirstRun(config, cluster.url(), firstRun) as unknown as FirstRun;
    const specs = specsOf(plan, proxies, databases, cluster, options.bundles ?? {});
    const house = new House(config, credentials, switchboard, cluster, proxies, databases, specs);
    await house.sql`update gateway_accounts set gateway_url = ${`http://localhost:${proxies.gateway.port}/gateway`}`;
    for (const statement of options.sabotage ?? []) await house.sql.unsafe(statement);
    await Promise.all(Object.values(databases).map((proxy) => proxy.open()));
    await Promise.all(PARTS.map((name) => house.parts[name].start()));
    return house;
  }

  private frontsOf(name: ProcessName): Fronts {
    const { portal, internal, card, gateway, sandbox } = this.proxies;
    const fronts = { portal: [portal, internal], card: [card], sandbox: [gateway, sandbox], worker: [] }[
      name
    ];
    return {
      shut: async () => void (await Promise.all(fronts.map((proxy) => proxy.shut()))),
      open: async () => {
        await Promise.all(fronts.map((proxy) => proxy.open()));
        // It forgets its settings with each start.
        if (name === 'sandbox')
          await this.control('PUT', '/settings', { challengeSeconds: CHALLENGE_SECONDS });
      },
    };
  }

  /**
   * `kill -9`, and up again after `downMs`. One at a time: a second kill waits for the first to be over. `down` resolves
   * when it is dead, `up` when it answers again.
   */
  kill(target: Target, downMs = 0): { down: Promise<void>; up: Promise<void> } {
    let dead = (): void => {};
    const down = new Promise<void>((resolve) => {
      dead = resolve;
    });
    const up = this.exclusively(async () => {
      this.kills.set(target, (this.kills.get(target) ?? 0) + 1);
      const parts = this.partsOf(target);
      const withDatabase = target === 'postgres' || target === 'everything';
      await Promise.all([...parts.map((part) => part.kill()), withDatabase ? this.cluster.kill() : null]);
      dead();
      if (downMs > 0) await sleep(downMs);
      if (withDatabase) await this.cluster.start();
      await Promise.all(parts.map((part) => part.start()));
    });
    up.catch(dead);
    return { down, up };
  }

  /** Asks the sandbox's control, not through a proxy: docs/sandbox.md. */
  control(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Reply | null> {
    const url = `http://127.0.0.1:${this.config.ports.sandbox}/control${path}`;
    const headers = { 'content-type': 'application/json' };
    return call({ url, method, headers, ...(body && { body: JSON.stringify(body) }) });
  }

  private partsOf(target: Target): Part[] {
    if (target === 'postgres') return [];
    return (target === 'everything' ? OURS : [target]).map((name) => this.parts[name]);
  }

  /** Undone when the house is closed, after its database has ended. */
  onClose(closer: () => unknown): void {
    this.closers.push(closer);
  }

  fail(error: Error): void {
    this.troubles.push(inWords(error));
  }

  /** A process ended by itself, which no fault on the wire may bring about. As under the launcher it is started again. */
  private bury(part: Part, how: string): void {
    this.fail(new Error(`the ${part.spec.name} process ended by itself (${how})`));
    this.exclusively(() => part.start()).catch((error: Error) => this.fail(error));
  }

  /** Work that stops or starts processes, one after the other. */
  exclusively(work: () => Promise<void>): Promise<void> {
    const next = this.busy.then(work);
    this.busy = next.catch(() => {});
    return next;
  }

  /** Everything runs, nothing is frozen or slow, no fault waits to happen. */
  async calm(): Promise<void> {
    this.switchboard.calm();
    await this.busy;
    await this.cluster.start();
    for (const proxy of Object.values(this.databases)) {
      proxy.latencyMs = 0;
      proxy.freeze(false);
      await proxy.open();
    }
    await Promise.all(
      PARTS.map(async (name) => {
        this.parts[name].thaw();
        await this.parts[name].start();
      }),
    );
    await Promise.all(Object.values(this.proxies).map((proxy) => proxy.open()));
  }

  logText(): string {
    return [...PARTS, 'setup', 'postgres']
      .flatMap((name) => [`${name}.log`, `${name}.log.1`])
      .map((name) => {
        try {
          return readFileSync(join(this.config.dataDir, 'logs', name), 'utf8');
        } catch {
          return '';
        }
      })
      .join('\n');
  }

  /** Ends everything; `keep` leaves the data for a look. */
  async close(keep: boolean): Promise<void> {
    await this.busy;
    await this.sql.end({ timeout: 1 }).catch(() => {});
    await Promise.all(Object.values(this.databases).map((proxy) => proxy.shut()));
    await Promise.all(PARTS.map((name) => this.parts[name].kill()));
    if (keep) return void (await this.cluster.stop());
    await this.cluster.destroy();
    for (const closer of this.closers) closer();
    rmSync(this.config.dataDir, { recursive: true, force: true });
  }
}

const portOf = (url: string): number => Number(new URL(url).port);

function configOf(root: string, dataDir: string, free: Ports): Config {
  const at = () => `http://localhost:${free.take()}`;
  return {
    mode: 'demo',
    dev: false,
    root,
    host: '127.0.0.1',
    connectHost: '127.0.0.1',
    dataDir,
    databaseUrl: null,
    ports: { portal: free.take(), card: free.take(), sandbox: free.take(), smtp: free.take() },
    urls: { portal: at(), card: at(), sandbox: at() },
  };
}

async function settings(cluster: Cluster, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return;
  const admin = postgres(cluster.adminUrl(), { max: 1, onnotice: () => {} });
  for (const statement of statements) await admin.unsafe(statement);
  await admin.end();
}

/** The launcher's own processes, led through the proxies. */
function specsOf(
  plan: Plan,
  proxies: Proxies,
  databases: Databases,
  cluster: Cluster,
  bundles: Partial<Record<ProcessName, string>>,
): PartSpec[] {
  const through: Partial<Record<ProcessName, Record<string, string>>> = {
    card: { PORTAL_INTERNAL_URL: `http://localhost:${proxies.internal.port}` },
    portal: { DATABASE_URL: cluster.url(databases.portal.port) },
    worker: { DATABASE_URL: cluster.url(databases.worker.port) },
  };
  return processSpecs(plan).map((spec) => {
    const bundle = bundles[spec.name];
    const args = bundle ? [...spec.args.slice(0, -1), bundle] : spec.args;
    return { ...spec, args, env: { ...spec.env, ...through[spec.name] } };
  });
}
