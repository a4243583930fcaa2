import { rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster, runningServer } from '@/db/server';
import type { Config } from './config';
import { Halt } from './halt';
import { holder } from './lock';

/** Everything the product writes into DATA_DIR; nothing else there is touched. */
const OURS = [
  'secrets.json',
  'first-run.json',
  'sandbox',
  'logs',
  'counterfoil.lock',
  'counterfoil.lock.stale',
];

/** Removes this installation's data, wherever it lies. Refuses while it is in use. */
export async function reset(config: Config): Promise<void> {
  const { dataDir, databaseUrl, mode } = config;
  if (mode === 'production') throw new Halt('--reset is for demos: in production nothing is thrown away.');
  if (databaseUrl) {
    throw new Halt(
      `--reset only empties the embedded database: empty the one of DATABASE_URL yourself and remove ${dataDir}.`,
    );
  }
  const pid = holder(dataDir);
  if (pid) throw new Halt(`${dataDir} is in use by process ${pid}: stop it first, then reset.`);
  const server = runningServer(dataDir);
  await removeData(dataDir);
  console.log(`Removed the data in ${dataDir}${server ? ', and ended a database left running there' : ''}.`);
}

/** Removes what the product wrote into this data directory, and its database wherever it had to live. */
export async function removeData(dataDir: string): Promise<void> {
  await removeCluster(dataDir);
  for (const name of OURS) rmSync(join(dataDir, name), { recursive: true, force: true });
  try {
    rmdirSync(dataDir);
  } catch {
    // Something else lies there, which is not ours to remove.
  }
}
