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

/**
 * In milliseconds: how long a statement waits for a row that another holds, and how long a transaction may stand idle
 * before the server ends it. A process that froze or vanished with a row in its hand must not stop the others. A pooler
 * takes no such settings: there they belong to the database's role.
 */
const PATIENCE = { lock_timeout: 3_000, idle_in_transaction_session_timeout: 15_000 } as const;

/**
 * In seconds: how long a connection that failed is left alone, spread so that not all come at once. What needs it waits
 * so long. The driver's own rule grows to 20 s over the whole pool, and pages would hang on a database long back.
 */
const reconnectAfter = (): number => 0.1 + Math.random() * 0.2;

/** Opens a pool. Nothing is sent until the first query. */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const { onStatement } = options;
  const sql = postgres(url, {
    max: options.max ?? 10,
    prepare: !options.pooled,
    connect_timeout: 10,
    idle_timeout: 60,
    backoff: reconnectAfter,
    onnotice: () => {},
    ...(!options.pooled && { connection: PATIENCE }),
    ...(onStatement && { debug: (_connection: number, query: string) => onStatement(query) }),
  });
  if (!options.pooled) prepareStatements(sql);
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}

/** Longer lists of parameters come in many lengths: each would stay with the connection as a statement of its own. */
export const MOST_PARAMETERS = 64;
type Client = postgres.Sql | postgres.TransactionSql;
type Work = (sql: postgres.TransactionSql) => unknown;
type Scope = (...args: unknown[]) => Promise<unknown>;

/**
 * Has the statements of the query builder prepared once for each connection. It sends them by `unsafe`, for which the driver
 * asks the server for the types of the parameters each time, a round trip of its own, and has them parsed and planned anew.
 */
function prepareStatements(sql: Client): void {
  const { unsafe } = sql;
  const scoped = (scope: Scope): Scope => {
    const prepared = (work: Work) => (inner: postgres.TransactionSql) => {
      prepareStatements(inner);
      return work(inner);
    };
    return (...args) =>
      scope(...args.map((one) => (typeof one === 'function' ? prepared(one as Work) : one)));
  };
  Object.assign(sql, {
    unsafe: (text: string, args: Parameters<typeof unsafe>[1] = [], options?: postgres.UnsafeQueryOptions) =>
      unsafe(text, args, { ...options, prepare: args.length <= MOST_PARAMETERS }),
    ...('begin' in sql && { begin: scoped(sql.begin as Scope) }),
    ...('savepoint' in sql && { savepoint: scoped(sql.savepoint as Scope) }),
  });
}
