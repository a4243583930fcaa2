import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from '../client';

/** An encrypted column. A value says by digits before a full stop which key it is under; without any it is 0. */
export type Sealed = { table: PgTable; key: Record<string, AnyPgColumn>; column: AnyPgColumn };
export type SealedRow = { key: Record<string, unknown>; value: string };

const keyed = ({ key }: Sealed, row: Record<string, unknown>): SQL[] =>
  Object.entries(key).map(([name, column]) => eq(column, row[name]));

/** Rows whose value is not under this key, or all of them, in the order of their keys, behind one of them. */
export async function listSealed(
  tx: Executor,
  sealed: Sealed,
  { notUnder, after, limit }: { notUnder: number | null; after: SealedRow['key'] | undefined; limit: number },
): Promise<SealedRow[]> {
  const { table, key, column } = sealed;
  const columns = Object.values(key);
  const other = notUnder === 0 ? sql`${column} like '%.%'` : sql`${column} not like ${`${notUnder}.%`}`;
  const last = Object.entries(key).map(([name, one]) => sql`${sql.param(after?.[name], one)}`);
  const behind = after && sql`(${sql.join(columns, sql`, `)}) > (${sql.join(last, sql`, `)})`;
  const rows = await tx
    .select({ ...key, value: column })
    .from(table)
    .where(and(isNotNull(column), notUnder === null ? undefined : other, behind))
    .orderBy(...columns.map((one) => asc(one)))
    .limit(limit);
  return rows.map(({ value, ...rest }) => ({ key: rest, value: String(value) }));
}

/** Compare-and-set: false where the value has become another meanwhile. */
export async function replaceSealed(
  tx: Executor,
  sealed: Sealed,
  { key, value }: SealedRow,
  fresh: string,
): Promise<boolean> {
  const { table, column } = sealed;
  const where = and(...keyed(sealed, key), eq(column, value));
  const rows = await tx.execute(
    sql`update ${table} set ${sql.identifier(column.name)} = ${fresh} where ${where} returning 1`,
  );
  return rows.length > 0;
}

type Count = { id: number; count: number };

/** How many values of a column are under which key. */
export const countSealed = async (tx: Executor, { table, column }: Sealed): Promise<Count[]> => [
  ...(await tx.execute<Count>(sql`
    select coalesce(substring(${column}, '^(\\d+)\\.'), '0')::int as id, count(*)::int as count
    from ${table} where ${column} is not null group by 1`)),
];

/** The same of letters to staff that are still to be sent: what is sealed in them goes with their job. */
export const countSealedLetters = async (tx: Executor): Promise<Count[]> => [
  ...(await tx.execute<Count>(sql`
    select coalesce(substring(payload->>'secret', '^(\\d+)\\.'), '0')::int as id, count(*)::int as count
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'send_staff_letter' and payload->>'secret' is not null and attempts < max_attempts
    group by 1`)),
];
