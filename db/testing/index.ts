import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { type Connection, type ConnectOptions, connect, type Executor } from '../client';

export const TEMPLATE = 'counterfoil_template';
/** The address of the test server, set by the global setup for every test worker. */
export const ADMIN_URL_VARIABLE = 'CF_TEST_ADMIN_URL';

const LOCAL = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The same server, another database. Refuses a server that is not on this machine: tests make and drop databases. */
export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  if (!LOCAL.has(parsed.hostname)) throw new Error('tests run only on a local database server');
  parsed.pathname = `/${database}`;
  return parsed.href;
}

export type TestDatabase = Connection & { url: string };

/** A fresh database of its own, copied from the migrated template; `close` drops it. */
export async function testDatabase(options: ConnectOptions = {}): Promise<TestDatabase> {
  const admin = process.env[ADMIN_URL_VARIABLE];
  if (!admin) throw new Error('no test server: run through vitest, whose global setup starts one');
  const name = `cf_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(admin, (run) => run(`create database ${name} template ${TEMPLATE} strategy file_copy`));
  const url = withDatabase(admin, name);
  const connection = connect(url, options);
  const close = async () => {
    await connection.close();
    await asAdmin(admin, (run) => run(`drop database ${name} with (force)`));
  };
  return { ...connection, url, close };
}

/** Moves the clock of a test database: `cf_now()` is the real time plus `seconds`. */
export async function setClock(db: Executor, seconds: number): Promise<void> {
  await db.execute(sql`update cf_test_clock set seconds = ${seconds}`);
}

/** Lets a test plant a lie in the ledger of its database, which refuses to be changed. */
export async function openLedger(db: Executor): Promise<void> {
  await db.execute(sql`alter table ledger_entries disable trigger append_only`);
}

/** Replaces the product's clock by one that tests can set. Only ever run on the template of test databases. */
export const TEST_CLOCK = `
  create table cf_test_clock (seconds double precision not null);
  insert into cf_test_clock values (0);
  create or replace function cf_now() returns timestamptz language sql volatile as
    'select clock_timestamp() + make_interval(secs => (select seconds from public.cf_test_clock))';`;

const admins = new Map<string, postgres.Sql>();

/** Connections to the server itself, kept from test to test and closed when idle. */
function adminOf(url: string): postgres.Sql {
  const known = admins.get(url);
  if (known) return known;
  const options = { max: 2, idle_timeout: 2, fetch_types: false, onnotice: () => {} };
  const admin = postgres(withDatabase(url, 'postgres'), options);
  admins.set(url, admin);
  return admin;
}

/** Runs statements on the server itself; a template in use is tried again. */
export async function asAdmin(
  url: string,
  work: (run: (text: string) => Promise<unknown>) => Promise<unknown>,
) {
  const admin = adminOf(url);
  for (let tries = 0; ; tries++) {
    try {
      await work((text) => admin.unsafe(text));
      return;
    } catch (error) {
      const busy = error instanceof postgres.PostgresError && error.code === '55006';
      if (!busy || tries > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
