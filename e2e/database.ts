import postgres from 'postgres';
import { run } from './support';

/** Works on the installation's database, where a test needs what no time would bring. */
export async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(run.databaseUrl, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** Moves a link's end into the past. */
export const expire = (reference: string) =>
  withDatabase(
    (sql) =>
      sql`update payment_links set expires_at = now() - interval '1 second' where reference = ${reference}`,
  );

/** Has the worker look at once for what is over, not at its next minute. */
export const sweep = () => withDatabase((sql) => sql`select graphile_worker.add_job('sweep')`);
