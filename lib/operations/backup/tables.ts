import type { Sql, TransactionSql } from 'postgres';

export type Connection = Sql | TransactionSql;
/** A table that is kept: its name as SQL writes it, and the columns that are its own, in their order. */
export type Table = { name: string; columns: string[] };

/** A table of the product, not of its job queue. */
export const isOurs = ({ name }: Table): boolean => name.startsWith('public.');

/** What of the job queue is data. The rest of its schema comes with its migrations. */
const QUEUE = ['_private_tasks', '_private_job_queues', '_private_jobs', '_private_known_crontabs'];

type Edge = { from: string; to: string };

/** Each table behind those that it refers to. */
function inOrder(tables: readonly Table[], edges: readonly Edge[]): Table[] {
  const ordered = new Set<Table>();
  const place = (table: Table, below: readonly Table[]): void => {
    if (ordered.has(table)) return;
    if (below.includes(table)) throw new Error(`${table.name} refers to itself, by way of others`);
    const needed = edges.filter(({ from, to }) => from === table.name && to !== table.name);
    for (const { to } of needed) {
      const other = tables.find(({ name }) => name === to);
      if (other) place(other, [...below, table]);
    }
    ordered.add(table);
  };
  for (const table of tables) place(table, []);
  return [...ordered];
}

/** Every table of ours and the queue's, each behind those that it refers to, so that they can be filled in this order. */
export async function listTables(sql: Connection): Promise<Table[]> {
  const tables = await sql<Table[]>`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition
      and (n.nspname = 'public' or (n.nspname = 'graphile_worker' and c.relname in ${sql(QUEUE)}))
    group by 1 order by 1`;
  const edges = await sql<Edge[]>`
    select distinct format('%I.%I', fn.nspname, f.relname) as "from", format('%I.%I', tn.nspname, t.relname) as "to"
    from pg_constraint k
    join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
    join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f'`;
  return inOrder([...tables], edges);
}

/** How far each sequence of these schemas has counted. */
export const listSequences = (sql: Connection): Promise<{ name: string; last: string }[]> =>
  sql<{ name: string; last: string }[]>`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
    where schemaname in ('public', 'graphile_worker') and last_value is not null order by 1`;

/** Which migrations, ours and the queue's, made this database: a backup is read by the version that wrote it. */
export async function versionOf(sql: Connection): Promise<string> {
  const [row] = await sql<{ version: string }[]>`
    select (select md5(string_agg(hash, ' ' order by id)) from drizzle.__drizzle_migrations)
      || '.' || (select max(id) from graphile_worker.migrations) as version`;
  if (!row?.version) throw new Error('this database was never migrated');
  return row.version;
}

/** What the books say: a line for each merchant, currency and kind. */
export const sumsOf = (sql: Connection): Promise<{ line: string }[]> =>
  sql<{ line: string }[]>`
    select concat_ws(' ', merchant_id, currency, kind, count(*), sum(amount_minor)) as line
    from ledger_entries group by merchant_id, currency, kind order by 1`;
