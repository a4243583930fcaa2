/** What the database holds, in one word: the same as long as no row was added, changed or taken away. */
import type postgres from 'postgres';

/** Notes of calls, not of what they did. */
const LEFT_OUT = ['api_requests', 'api_rate_buckets'];
/** Tables in which a call leaves when it was made, and those columns. */
const NOTED = ['sessions', 'api_keys', 'oauth_clients'];
const NOTES = ['last_seen_at', 'last_used_at'];

type Table = { name: string; schema: string; merchant: boolean };

export class Digest {
  private constructor(
    private readonly sql: postgres.Sql,
    private readonly tables: Table[],
  ) {}

  static async of(sql: postgres.Sql): Promise<Digest> {
    const rows = await sql`select c.relname as name, n.nspname as schema, exists (select from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'merchant_id') as merchant
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and (n.nspname = 'public' or c.relname = '_private_jobs')`;
    const tables = rows.map(({ name, schema, merchant }) => ({ name, schema, merchant }) as Table);
    return new Digest(
      sql,
      tables.filter(({ name }) => !LEFT_OUT.includes(name)),
    );
  }

  /** Of all tables, by the versions of their rows. */
  all(): Promise<Map<string, string>> {
    return this.read(
      this.tables,
      (table) => (NOTED.includes(table.name) ? content : 'xmin::text || ctid::text'),
      '',
    );
  }

  /** Of one merchant's rows, by what is in them. */
  of(merchantId: number): Promise<Map<string, string>> {
    const own = this.tables.filter(({ merchant }) => merchant);
    return this.read(own, () => content, `where merchant_id = ${merchantId}`);
  }

  private async read(
    tables: Table[],
    row: (table: Table) => string,
    where: string,
  ): Promise<Map<string, string>> {
    const parts = tables.map((table) => {
      const { schema, name } = table;
      return `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(${row(table)}, 0)), 0) as word
        from ${schema}.${name} t ${where}`;
    });
    const rows = await this.sql.unsafe(parts.join(' union all '));
    return new Map(rows.map(({ name, word }) => [String(name), String(word)]));
  }
}

const content = `(to_jsonb(t) - '{${NOTES.join(',')}}'::text[])::text`;

/** The tables that are not as they were. */
export const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([name, word]) => before.get(name) !== word).map(([name]) => name);
