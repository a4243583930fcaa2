import { mkdtemp, rm } from 'node:fs/promises';
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

async function startOwn() {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterfoil-test-'));
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
