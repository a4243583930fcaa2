/** The product as it is built, with a database of its own, durable as in production, and the processes asked for. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@/db/client';
import { type Ctx, configFrom } from '@/lib/context';
import { createLogger } from '@/lib/log';
import { openDataDir } from '@/scripts/launcher/files';
import { type Plan, type ProcessName, processSpecs } from '@/scripts/launcher/processes';
import { loadSecrets, type Secrets } from '@/scripts/launcher/secrets';
import { runSetup } from '@/scripts/launcher/setup-step';
import { Cluster } from '@/scripts/verify/faults/cluster';
import { Part } from '@/scripts/verify/faults/part';
import { Ports } from '@/scripts/verify/faults/ports';
import type { Surroundings } from './benchmark';

export type Installation = {
  portal: string;
  ports: Ports;
  plan: Plan;
  /** The database, as its server's owner. */
  adminUrl: string;
  /** What was started, by name. */
  parts: ReadonlyMap<ProcessName, Part>;
  /** The owner of the demo merchant, as the verbs take one. */
  owner: Ctx;
};

const NO_FRONTS = { shut: async () => {}, open: async () => {} };

/** What a contender left to be written back must not be written while another is measured: its owner may ask for it. */
async function mayWriteBack(cluster: Cluster): Promise<void> {
  const { sql, close } = connect(cluster.adminUrl(), { max: 1 });
  await sql`grant pg_checkpoint to counterfoil`;
  await close();
}

/** Makes a demo installation and starts these processes of it, which may send to `egress`; all ends with the run. */
export async function install(
  around: Surroundings,
  names: readonly ProcessName[],
  egress: readonly string[] = [],
): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'));
  around.onClose(() => rmSync(dataDir, { recursive: true, force: true }));
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  openDataDir(dataDir);
  const ports = await Ports.find(20);
  const config = configOf(around.root, dataDir, ports);
  const secrets = loadSecrets(config);
  const { POSTGRES_PASSWORD: password, DATABASE_PASSWORD: databasePassword } = secrets;
  const cluster = new Cluster({ dataDir, password, databasePassword, port: ports.take() });
  around.onClose(() => cluster.destroy());
  await cluster.start();
  await mayWriteBack(cluster);
  const plan: Plan = { config, secrets, databaseUrl: cluster.url(), workerHealthPort: ports.take() };
  await runSetup(plan);
  const parts = new Map<ProcessName, Part>();
  for (const spec of processSpecs(plan).filter(({ name }) => names.includes(name))) {
    spec.env.EGRESS_ALLOW = [spec.env.EGRESS_ALLOW, ...egress].join(',');
    const died = (_: Part, how: string): void => around.say(`the ${spec.name} process ended: ${how}`);
    const part = new Part(spec, { root: around.root, dataDir, fronts: NO_FRONTS, onDeath: died });
    if (around.profile)
      part.extraArgs = ['--cpu-prof', `--cpu-prof-dir=${join(around.root, 'bench-results')}`];
    around.onClose(() => (around.profile ? part.end() : part.kill()));
    await part.start();
    parts.set(spec.name, part);
  }
  const owner = await ownerOf(around, plan, secrets, egress);
  return {
    portal: `http://127.0.0.1:${config.ports.portal}`,
    ports,
    plan,
    adminUrl: cluster.adminUrl(),
    parts,
    owner,
  };
}

async function ownerOf(
  around: Surroundings,
  { config, databaseUrl }: Plan,
  secrets: Secrets,
  egress: readonly string[],
): Promise<Ctx> {
  const connection = connect(databaseUrl);
  around.onClose(() => connection.close());
  const merchant = await connection.db.query.merchants.findFirst({
    orderBy: (rows, { asc }) => asc(rows.id),
  });
  if (!merchant) throw new Error('setup made no merchant');
  return {
    db: connection.db,
    config: configFrom({
      COUNTERFOIL_MODE: 'demo',
      DATABASE_URL: databaseUrl,
      DATABASE_POOLED: false,
      PORTAL_URL: config.urls.portal,
      CARD_URL: config.urls.card,
      PAY_ORIGINS: '',
      CHALLENGE_ORIGINS: '',
      LINK_TOKEN_KEYS: secrets.LINK_TOKEN_KEYS,
      DATA_ENCRYPTION_KEY: secrets.DATA_ENCRYPTION_KEY,
      EGRESS_ALLOW: [config.urls.sandbox, ...egress].join(','),
      CF_WATCH_PARENT: false,
      LOG_LEVEL: 'silent',
    }),
    log: createLogger('bench', 'silent'),
    merchantId: merchant.id,
    actor: { kind: 'user', id: 'bench', name: 'Benchmark', role: 'owner', verified: true },
    requestId: 'bench',
  };
}

function configOf(root: string, dataDir: string, ports: Ports): Plan['config'] {
  const numbers = { portal: ports.take(), card: ports.take(), sandbox: ports.take(), smtp: ports.take() };
  const at = (port: number): string => `http://localhost:${port}`;
  return {
    mode: 'demo',
    dev: false,
    root,
    host: '127.0.0.1',
    connectHost: '127.0.0.1',
    dataDir,
    databaseUrl: null,
    ports: numbers,
    urls: { portal: at(numbers.portal), card: at(numbers.card), sandbox: at(numbers.sandbox) },
  };
}
