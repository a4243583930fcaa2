/** Starts an installation, keeps it running and takes it down. Called by scripts/start.mjs in its own process. */
import { freePort } from '@/db/server';
import { banner } from './banner';
import { type Config, readConfig } from './config';
import { openDatabase } from './database';
import { openDataDir } from './files';
import { keepFirstRun } from './first-run';
import { takeLock } from './lock';
import { ManagedProcess } from './managed-process';
import { checkPorts } from './ports';
import { type Plan, processSpecs } from './processes';
import { reasonsNotReady, waitUntilReady } from './ready';
import { reset } from './reset';
import { loadSecrets } from './secrets';
import { runSetup } from './setup-step';
import { listenForTheEnd } from './signals';
import { STOP_BY_MS, Stopping } from './stopping';

export { removeData } from './reset';

export type LaunchOptions = {
  /** The project's folder. */
  root: string;
  dev: boolean;
  reset: boolean;
  /** Rebuilds as sources change and names the process to start anew; gives a function that ends the watch. */
  watch: ((onRebuilt: (name: string) => void) => Promise<() => Promise<unknown>>) | null;
};

const say = (line: string): void => console.log(line);
/** The card process and the worker finish what they have in hand while the portal still answers them. */
const STOP_ORDER = [
  { names: ['card', 'worker'], byMs: STOP_BY_MS.first },
  { names: ['portal', 'sandbox'], byMs: STOP_BY_MS.second },
];

class Interrupted extends Error {}

/** Resolves when everything runs; the processes then live until a signal. Rejects with one sentence, all cleaned up. */
export async function launch(options: LaunchOptions): Promise<void> {
  const stopping = new Stopping();
  const starting = start(options, stopping);
  listenForTheEnd(stopping, starting, say);
  try {
    await starting;
  } catch (error) {
    await stopping.run();
    if (!(error instanceof Interrupted)) throw error;
  }
}

async function start(options: LaunchOptions, stopping: Stopping): Promise<void> {
  const onward = <T>(value: T): T => {
    if (stopping.begun) throw new Interrupted();
    return value;
  };
  const config = readConfig(options.root, options.dev);
  if (options.reset) await reset(config);
  openDataDir(config.dataDir);
  const lock = await takeLock(config.dataDir);
  stopping.add(async () => lock.release());
  if (lock.recovered) say('The last start did not end properly; what it left is cleared.');
  const secrets = loadSecrets(config);
  onward(await checkPorts(config));
  if (!config.databaseUrl) say('Starting PostgreSQL…');
  const database = await openDatabase(config, secrets, say);
  stopping.add(() => database.stop(stopping.leftUntil(STOP_BY_MS.database)));
  const plan: Plan = onward({
    config,
    secrets,
    databaseUrl: database.url,
    workerHealthPort: await workerPort(),
  });
  say('Preparing the database…');
  const { firstRun, ownerLink } = onward(await runSetup(plan));
  const credentials = config.mode === 'demo' ? keepFirstRun(config, database.url, firstRun) : null;
  say('Starting portal, card form, worker…');
  const children = startProcesses(plan, stopping, lock.record);
  if (options.watch) await watch(options.watch, children, stopping);
  await Promise.race([waitUntilReady(children, config), interruption(stopping)]);
  onward(say(banner(config, credentials, ownerLink, await reasonsNotReady(children))));
}

async function workerPort(): Promise<number> {
  return Number(process.env.WORKER_HEALTH_PORT) || (await freePort());
}

function startProcesses(
  plan: Plan,
  stopping: Stopping,
  record: Awaited<ReturnType<typeof takeLock>>['record'],
): ManagedProcess[] {
  const { root, dataDir }: Config = plan.config;
  const children: ManagedProcess[] = [];
  const changed = (): void => record(children.flatMap((child) => child.running ?? []));
  for (const spec of processSpecs(plan)) {
    children.push(new ManagedProcess(spec, { root, dataDir, say, changed }));
  }
  const stop = async (): Promise<void> => {
    for (const { names, byMs } of STOP_ORDER) {
      const wave = children.filter(({ spec }) => names.includes(spec.name));
      await Promise.all(wave.map((child) => child.stop(stopping.leftUntil(byMs))));
    }
  };
  stopping.add(stop, () => {
    for (const child of children) child.kill();
  });
  for (const child of children) child.start();
  return children;
}

async function watch(
  watchBundles: NonNullable<LaunchOptions['watch']>,
  children: ManagedProcess[],
  stopping: Stopping,
): Promise<void> {
  const end = await watchBundles((name) => {
    const child = children.find(({ spec }) => spec.name === name);
    if (!child || stopping.begun) return;
    say(`Changed: the ${name} process starts anew.`);
    child.restart();
  });
  stopping.add(async () => {
    await end();
  });
}

/** Rejects as soon as a stop is asked for, so that a start that still waits gives up at once. */
async function interruption(stopping: Stopping): Promise<never> {
  for (;;) {
    if (stopping.begun) throw new Interrupted();
    await new Promise((resolve) => setTimeout(resolve, 100).unref());
  }
}
