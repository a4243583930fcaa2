import postgres from 'postgres';
import type { Scanner } from './scanner';

/** Every text inside a value, however deep: strings, names of fields, numbers, bytes. */
export function* textsIn(value: unknown): Generator<Uint8Array | string> {
  if (typeof value === 'string' || value instanceof Uint8Array) yield value;
  else if (typeof value === 'number' || typeof value === 'bigint') yield String(value);
  else if (typeof value === 'object' && value !== null && !(value instanceof Date))
    for (const [key, inner] of Object.entries(value)) {
      yield key;
      yield* textsIn(inner);
    }
}

export type Table = { schema: string; name: string };

/**
 * Scans every row of every table, the job queue's too: as PostgreSQL writes it as text, and each value by itself. `sinkOf`
 * names the sink of a table. Returns how many rows there were.
 */
export async function scanTables(
  scanner: Scanner,
  url: string,
  sinkOf: (table: Table) => string,
): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  let rows = 0;
  try {
    const tables = await sql<Table[]>`
      select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;
    for (const table of tables) {
      const where = `${table.schema}.${table.name}`;
      const all = sql`select t.*, t::text as row_as_text from ${sql(table.schema)}.${sql(table.name)} t`;
      for await (const batch of all.cursor(500))
        for (const row of batch) {
          rows++;
          for (const text of textsIn(row)) scanner.look(sinkOf(table), where, text);
        }
    }
    return rows;
  } finally {
    await sql.end();
  }
}

/** Where the server keeps its files. */
export async function databaseFolder(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return (await sql<{ data_directory: string }[]>`show data_directory`)[0]?.data_directory ?? '';
  } finally {
    await sql.end();
  }
}
