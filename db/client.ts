import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema';

export type Database = PostgresJsDatabase<typeof schema>;
/** A database or an open transaction: what a query runs on. */
export type Executor = PgDatabase<
  PostgresJsQueryResultHKT,
  typeof schema,
  ExtractTablesWithRelations<typeof schema>
>;
export type Connection = { db: Database; sql: postgres.Sql; close: () => Promise<void> };

export type ConnectOptions = {
  /** Connections at the most. */
  max?: number;
  /** True behind a transaction pooler: no prepared statements. */
  pooled?: boolean;
  /** Called with the text of every statement sent; tests count with it. */
  onStatement?: (text: string) => void;
};

/** Opens a pool. Nothing is sent until the first query. */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const { onStatement } = options;
  const sql = postgres(url, {
    max: options.max ?? 10,
    prepare: !options.pooled,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    ...(onStatement && { debug: (_connection: number, query: string) => onStatement(query) }),
  });
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
