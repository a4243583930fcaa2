import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { migrateSchema } from '../migrate';
import { removeCluster, startServer } from '../server';
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

/** What a run's databases need at the most, and the memory that must be left to everything else. */
const ROOM_BYTES = 1024 ** 3;
const LEFT_BYTES = 2 * 1024 ** 3;

/** In memory where there is room: each test's database is some eight hundred files, made and removed. Else on the disk. */
async function scratch(): Promise<string> {
  const memory = '/dev/shm';
  const found = await statfs(memory).catch(() => null);
  const hasRoom =
    found && found.bavail * found.bsize > ROOM_BYTES && process.availableMemory() > ROOM_BYTES + LEFT_BYTES;
  return hasRoom ? memory : tmpdir();
}

async function startOwn() {
  const folder = await mkdtemp(path.join(await scratch(), 'counterfoil-test-'));
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
