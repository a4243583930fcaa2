/** What `npm run backup` and `npm run restore` do, called by their scripts in their own process. See docs/operations.md. */
import { existsSync, statSync } from 'node:fs';
import postgres from 'postgres';
import { connect } from '@/db/client';
import { removeCluster } from '@/db/server';
import { type KeyRing, parseDataKey } from '@/lib/key-ring';
import { BackupUnreadable, backup, CLOSED_DAYS, RestoreRefused, restore } from '@/lib/operations/backup';
import { missingKeys } from '@/lib/operations/data-key';
import { migrate } from '@/lib/operations/migrate';
import { readConfig } from '../launcher/config';
import { openDatabase } from '../launcher/database';
import { openDataDir } from '../launcher/files';
import { databaseUrlOf } from '../launcher/first-run';
import { Halt } from '../launcher/halt';
import { takeLock } from '../launcher/lock';
import { loadSecrets } from '../launcher/secrets';

type Wish = { root: string; file: string };

const say = (line: string): void => console.log(line);
const secretOf = ({ DATA_ENCRYPTION_KEY }: { DATA_ENCRYPTION_KEY: string }): KeyRing =>
  parseDataKey(DATA_ENCRYPTION_KEY);
const megabytes = (file: string): string => (statSync(file).size / 1e6).toFixed(1);

async function withClient<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Saves the installation of this folder, running or its own server's, into a file. */
export async function saveBackup({ root, file }: Wish): Promise<void> {
  const config = readConfig(root, false);
  const secret = secretOf(loadSecrets(config));
  const saved = await withClient(databaseUrlOf(config), (sql) => backup(sql, { file, secret }));
  say(`${saved.rows} rows of ${saved.tables} tables are in ${file} (${megabytes(file)} MB), encrypted.`);
  say(
    'It opens with the DATA_ENCRYPTION_KEY of this installation alone: keep its secrets, and not beside it.',
  );
}

/** Fills the empty database of this folder's installation, which must not run, from a file. */
export async function restoreBackup({ root, file }: Wish): Promise<void> {
  if (!existsSync(file)) throw new Halt(`${file} is not there.`);
  const config = readConfig(root, false);
  openDataDir(config.dataDir);
  const lock = await takeLock(config.dataDir);
  try {
    const secrets = loadSecrets(config);
    const database = await openDatabase(config, secrets, say);
    try {
      await migrate(database.url);
      const secret = secretOf(secrets);
      const restored = await withClient(database.url, (sql) => restore(sql, { file, secret }));
      say(`${restored.rows} rows are here again, as they were at ${restored.at}.`);
      say('The ledger comes to the same sums:');
      for (const line of restored.sums) say(`  merchant ${line}`);
      say(NOTE);
      for (const id of await keysMissingAt(database.url, secret)) say(MISSING(id));
    } finally {
      await database.stop(10_000);
    }
  } catch (error) {
    if (error instanceof RestoreRefused || error instanceof BackupUnreadable) throw new Halt(error.message);
    throw error;
  } finally {
    lock.release();
  }
}

const NOTE = `
Payments on the web are closed for ${CLOSED_DAYS} days: a link that was paid after the backup looks unpaid here. Start the
product, hold the balance against each gateway (Money, Balance), then open payments at Money, Alerts.`;

/** The file may have been written while an older key was still in use, beside the one that it is under itself. */
async function keysMissingAt(url: string, dataKey: KeyRing): Promise<number[]> {
  const { db, close } = connect(url, { max: 1 });
  return missingKeys({ db, config: { dataKey } }).finally(close);
}

const MISSING = (id: number): string => `
Before you start it: there are values under key ${id} of DATA_ENCRYPTION_KEY, which is not here. Put ${id}: and that key behind what
stands there, with a comma; then npm run keys -- reencrypt.`;

/** For the drill: the embedded database is gone, as after a disk has failed. */
export const loseDatabase = (dataDir: string): Promise<void> => removeCluster(dataDir);
