import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { findCluster, removeCluster, runningServer, startServer } from './index';
import { isAlive, waitUntil } from './processes';

const isRoot = process.getuid?.() === 0;
const made: string[] = [];

function newDataDir(mode = 0o711): string {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-server-'));
  chmodSync(directory, mode);
  made.push(directory);
  return directory;
}

afterEach(async () => {
  for (const directory of made.splice(0)) {
    await removeCluster(directory);
    rmSync(directory, { recursive: true, force: true });
  }
});

async function ask(url: string, text: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(text);
    return row ? Object.values(row)[0] : undefined;
  } finally {
    await sql.end();
  }
}

test('a server starts, keeps its data over a restart and stops without a trace', async () => {
  const options = { dataDir: newDataDir(), durable: false, password: 'first' };
  const server = await startServer(options);
  await ask(server.url('postgres'), 'create table kept as select 7 as n');
  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
  expect(runningServer(options.dataDir)).toBeNull();
  const again = await startServer(options);
  expect(await ask(again.url('postgres'), 'select n from kept')).toBe(7);
  await again.stop();
});

test('the server wants a password, speaks UTF-8, keeps data safe and listens on loopback alone', async () => {
  const server = await startServer({ dataDir: newDataDir(), password: 'right' });
  const url = server.url('postgres');
  await expect(ask(url.replace('right', 'wrong'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
  const settings = {
    fsync: 'on',
    server_encoding: 'UTF8',
    listen_addresses: '127.0.0.1',
    max_connections: '100',
  };
  for (const [name, value] of Object.entries(settings)) {
    expect(await ask(url, `select current_setting('${name}')`), name).toBe(value);
  }
  expect(await ask(url, `select current_setting('unix_socket_directories')`)).toBe('');
  await server.stop();
});

test('the owner of the product database is no superuser, but owns it', async () => {
  const server = await startServer({
    dataDir: newDataDir(),
    durable: false,
    password: 'super',
    database: { name: 'counterfoil', password: 'plain' },
  });
  const url = server.url('counterfoil');
  expect(url).toContain('counterfoil:plain@');
  expect(await ask(url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false);
  await ask(url, 'create schema mine');
  await expect(ask(url, `copy (select 1) to program 'true'`)).rejects.toMatchObject({ code: '42501' });
  await server.stop();
});

/** Starts a server in a process of its own, which is then killed the hard way; gives the server's process id. */
async function leftoverOf(dataDir: string): Promise<number> {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const module = JSON.stringify(join(import.meta.dirname, 'index.ts'));
  const script = `import { startServer } from ${module};
    const server = await startServer({ dataDir: ${JSON.stringify(dataDir)}, durable: false, password: 'p' });
    console.log(server.pid); setInterval(() => {}, 1000);`;
  const args = ['--import', pathToFileURL(tsx).href, '--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text) => resolve(Number(text))),
  );
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  return pid;
}

test('a server left running by a killed start is stopped and its data is there again', async () => {
  const dataDir = newDataDir();
  const leftover = await leftoverOf(dataDir);
  expect(isAlive(leftover)).toBe(true);
  expect(runningServer(dataDir)).toBe(leftover);
  const server = await startServer({ dataDir, durable: false, password: 'p' });
  expect(await waitUntil(() => !isAlive(leftover), 1_000)).toBe(true);
  expect(await ask(server.url('postgres'), 'select 1 as one')).toBe(1);
  await server.stop();
});

test.runIf(isRoot)(
  'as root the server runs as another user, and out of a folder that user cannot enter',
  async () => {
    const closed = newDataDir(0o700);
    const dataDir = join(closed, 'data');
    mkdirSync(dataDir);
    const said: string[] = [];
    const say = (sentence: string) => said.push(sentence);
    const server = await startServer({ dataDir, durable: false, password: 'p', say });
    const cluster = findCluster(dataDir);
    expect(cluster).toMatch(/^\/var\/tmp\/counterfoil-[0-9a-f]{16}\/pg$/);
    expect(said).toHaveLength(1);
    expect(statSync(cluster ?? '').uid).not.toBe(0);
    expect(await ask(server.url('postgres'), 'select 1 as one')).toBe(1);
    await server.destroy();
    expect(existsSync(cluster ?? '')).toBe(false);
  },
);

test('a half-made cluster is never taken for one', async () => {
  const dataDir = newDataDir();
  mkdirSync(join(dataDir, 'pg.new', 'base'), { recursive: true });
  const server = await startServer({ dataDir, durable: false });
  expect(await ask(server.url('postgres'), 'select 1 as one')).toBe(1);
  await server.stop();
});
