/**
 * The embedded PostgreSQL: a real server from binaries that npm installs, on loopback, with a password, for a machine
 * that has none. Also the server of the tests (`durable: false`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, canUse, databaseAccount, spawnAs } from './account';
import { type Binaries, findBinaries } from './binaries';
import { checkVersion, initialise, type OwnedDatabase, SUPERUSER, serverEnvironment } from './initialise';
import { adopt, chooseParent, findCluster, makeFresh, removeCluster } from './place';
import { clearLeftover, readPostmaster, stopPostmaster } from './postmaster';
import { signal } from './processes';

export type { OwnedDatabase } from './initialise';
export { findCluster, removeCluster, runningServer } from './place';

export type ServerOptions = {
  /** Holds the cluster as `pg` and the log as `logs/postgres.log`; made if missing. */
  dataDir: string;
  /** The superuser's, url-safe; may be left out for a cluster that is made and thrown away. */
  password?: string;
  /** Made together with the cluster. */
  database?: OwnedDatabase;
  /** Default: a free one. */
  port?: number;
  /** False trades the data's safety for speed: tests only. */
  durable?: boolean;
  /** Gets a sentence for people, where there is one to say. */
  say?: (sentence: string) => void;
};

export type Server = {
  port: number;
  pid: number;
  /** Address of a database for the superuser, or for the owned database's owner. */
  url: (database: string) => string;
  /** Resolves when the server has ended, asked or not. */
  ended: Promise<void>;
  /** In order, or at once when that takes longer than `patienceMs` (7 s). */
  stop: (patienceMs?: number) => Promise<void>;
  /** Stops and removes the cluster, wherever it lives. */
  destroy: () => Promise<void>;
};

const START_TIMEOUT_MS = 120_000;
const LOG_LIMIT_BYTES = 10_000_000;
/** A database made from a template is copied by the kernel, where it can do that on every file system. */
const CLONE = process.platform === 'linux' ? ['-c', 'file_copy_method=clone'] : [];
const FAST = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', ...CLONE];

/** Starts the server of this data directory, making its cluster the first time. Throws one sentence when it cannot. */
export async function startServer(options: ServerOptions): Promise<Server> {
  mkdirSync(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const dataDir = realpathSync(options.dataDir);
  const password = options.password ?? randomBytes(24).toString('base64url');
  const existing = findCluster(dataDir);
  const account = databaseAccount(existing ?? join(dataDir, 'pg'));
  const binaries = findBinaries(account);
  const cluster = existing ?? (await makeCluster(dataDir, account, binaries, { ...options, password }));
  if (!canUse(account, 'x', cluster)) {
    throw new Error(
      `The database in ${cluster} belongs to another user: start as that user, or use another DATA_DIR.`,
    );
  }
  checkVersion(binaries, cluster);
  await clearLeftover(cluster);
  const started = await startUntilReady({ binaries, account, cluster, dataDir, options });
  return serverOf(started, dataDir, options, password);
}

async function makeCluster(
  dataDir: string,
  account: Account,
  binaries: Binaries,
  options: ServerOptions & { password: string },
): Promise<string> {
  const { parent, notice } = await chooseParent(dataDir, account);
  if (notice) options.say?.(notice);
  const fresh = makeFresh(parent, account);
  initialise(binaries, fresh, account, {
    password: options.password,
    durable: options.durable ?? true,
    database: options.database,
  });
  return adopt(fresh, parent, dataDir);
}

type Plan = {
  binaries: Binaries;
  account: Account;
  cluster: string;
  dataDir: string;
  options: ServerOptions;
};
type Started = { child: ChildProcess; pid: number; port: number; ended: Promise<void> };

/** A free port may be gone when the server takes it, and dying processes of a killed server hold on for a moment. */
async function startUntilReady(plan: Plan): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    const result = await startOnce(plan, plan.options.port ?? (await freePort()));
    if (typeof result !== 'string') return result;
    const passing = /Address already in use|is still in use|another server might be running/.test(result);
    if (!passing || attempt === 10) throw new Error(`PostgreSQL did not start: ${reason(result)}`);
    await sleep(500);
  }
}

const reason = (log: string): string =>
  /(?:FATAL|PANIC|ERROR): +(.*)/.exec(log)?.[1] ?? log.trim().split('\n').at(-1) ?? 'it said nothing';

/** Starts the server in its own process group, so that the terminal's Ctrl-C reaches us alone; gives the log on failure. */
async function startOnce(plan: Plan, port: number): Promise<Started | string> {
  const log = openLog(plan.dataDir);
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100' };
  const quiet = { log_error_verbosity: 'terse', timezone: 'UTC', log_timezone: 'UTC' };
  const flags = Object.entries({ ...settings, ...quiet }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(
    plan.binaries.postgres,
    ['-D', plan.cluster, '-p', String(port), ...flags, ...(plan.options.durable === false ? FAST : [])],
    {
      cwd: process.platform === 'win32' ? undefined : '/',
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...spawnAs(plan.account),
    },
  );
  closeSync(log.fd);
  let over = false;
  let failure = '';
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      failure = error.message;
      resolve();
    });
  }).then(() => {
    over = true;
  });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!over && performance.now() < deadline) {
    const found = readPostmaster(plan.cluster);
    if (child.pid && found?.pid === child.pid && found.status === 'ready') {
      return { child, pid: child.pid, port, ended };
    }
    await sleep(20);
  }
  if (!over && child.pid) await stopPostmaster(child.pid);
  return failure || readFileSync(log.path).subarray(log.size).toString('utf8');
}

function openLog(dataDir: string): { path: string; fd: number; size: number } {
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'logs', 'postgres.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
  return { path, fd: openSync(path, 'a', 0o600), size: size > LOG_LIMIT_BYTES ? 0 : size };
}

function serverOf(started: Started, dataDir: string, options: ServerOptions, password: string): Server {
  const { pid, port, ended } = started;
  const lastResort = () => signal(pid, 'SIGINT');
  process.once('exit', lastResort);
  ended.then(() => process.off('exit', lastResort));
  const stop = async (patienceMs?: number) => {
    await stopPostmaster(pid, patienceMs);
    await ended;
  };
  const owned = options.database;
  return {
    port,
    pid,
    ended,
    stop,
    url: (database) =>
      owned?.name === database
        ? `postgres://${owned.name}:${owned.password}@127.0.0.1:${port}/${database}`
        : `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`,
    destroy: async () => {
      await stop();
      await removeCluster(dataDir);
    },
  };
}

/** A port of loopback that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
