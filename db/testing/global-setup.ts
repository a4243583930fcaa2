import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { migrateSchema } from '../migrate';
import { removeCluster, startServer } from '../server';
import { isAlive } from '../server/processes';
import { ADMIN_URL_VARIABLE, asAdmin, TEMPLATE, TEST_CLOCK, withDatabase } from './index';

/** One PostgreSQL for the whole run (TEST_DATABASE_URL, else the embedded one) with a migrated template database. */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const { url, stop } = given ? { url: given, stop: async () => {} } : await startOwn();
  const template = withDatabase(url, TEMPLATE);
  await asAdmin(url, async (run) => {
    await run(`drop database if exists ${TEMPLATE} with (force)`);
    await run(`create database ${TEMPLATE}`);
  });
  await migrateSchema(template);
  const sql = postgres(template, { max: 1 });
  await sql.unsafe(TEST_CLOCK);
  await sql.end();
  process.env[ADMIN_URL_VARIABLE] = url;
  return stop;
}

/** What a run's databases need at the most, those of many links beside; and the memory that must be left to everything else. */
const ROOM_BYTES = 1024 ** 3 + Number(process.env.LIST_LINKS ?? 0) * 5_000;
const LEFT_BYTES = 2 * 1024 ** 3;
const MEMORY = '/dev/shm';

/** In memory where there is room: each test's database is some eight hundred files, made and removed. Else on the disk. */
async function makeFolder(): Promise<string> {
  await sweep(MEMORY).catch(() => {});
  const found = await statfs(MEMORY).catch(() => null);
  const hasRoom =
    found && found.bavail * found.bsize > ROOM_BYTES && process.availableMemory() > ROOM_BYTES + LEFT_BYTES;
  const name = `counterfoil-test-${process.pid}-`;
  const onDisk = () => mkdtemp(path.join(tmpdir(), name));
  return hasRoom ? mkdtemp(path.join(MEMORY, name)).catch(onDisk) : onDisk();
}

/** A run that was killed leaves its server and its files, which would stay in memory. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, run] = /^counterfoil-test-(\d+)-/.exec(name) ?? [];
    if (!run || isAlive(Number(run))) continue;
    const folder = path.join(parent, name);
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOwn() {
  const folder = await makeFolder();
  // Else the account that runs PostgreSQL for root could not get there, and it would live elsewhere.
  await chmod(folder, 0o711);
  const server = await startServer({ dataDir: folder, durable: false });
  return {
    url: server.url('postgres'),
    stop: async () => {
      await server.stop();
      await removeCluster(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
