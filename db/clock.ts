import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client';

/** This moment on the database's clock, for values that verbs write. */
export const dbNow: SQL<Date> = sql`cf_now()`;
/** `milliseconds` after this moment on the database's clock. */
export const dbNowPlus = (milliseconds: number): SQL<Date> =>
  sql`cf_now() + make_interval(secs => ${milliseconds / 1000})`;

/** This moment on the database's clock. */
export async function readNow(tx: Executor): Promise<Date> {
  const rows = await tx.execute<{ ms: number }>(
    sql`select extract(epoch from cf_now())::float8 * 1000 as ms`,
  );
  return new Date(rows[0]?.ms ?? Number.NaN);
}

/** Of PostgreSQL, as it calls itself. */
export async function readServerVersion(tx: Executor): Promise<string> {
  const rows = await tx.execute<{ server_version: string }>(sql`show server_version`);
  return rows[0]?.server_version ?? 'unknown';
}
