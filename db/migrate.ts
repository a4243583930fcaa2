import { existsSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import { makePartitions, PARTITIONED } from './queries/partitions';
import { isLockTimeout } from './refusals';
import * as schema from './schema';

const LOCK = 7_203_114;

/** Brings our schema and the job queue's up to date. Several may call it at once: an advisory lock lets one work and the others wait. */
export async function migrateSchema(url: string): Promise<void> {
  const folder = path.join(process.cwd(), 'db', 'migrations');
  if (!existsSync(folder)) throw new Error(`no migrations in ${folder}: start from the project's folder`);
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await sql`set lock_timeout = '10s'`;
    const db = drizzle(sql, { schema });
    await migrate(db, { migrationsFolder: folder });
    // An installation that was down for days has none for today: it must be there before the first row.
    // Beside a backup, which holds every table, it is left to the job.
    for (const table of PARTITIONED)
      await makePartitions(db, table).catch((error) => {
        if (!isLockTimeout(error)) throw error;
      });
    await runMigrations({ connectionString: url });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
