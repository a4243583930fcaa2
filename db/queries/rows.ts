import { type Column, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from '../client';

/** A value in the text of an array. What needs no quotes gets none. */
function element(column: Column, value: unknown): string {
  if (value === null) return 'NULL';
  const driven: unknown = column.mapToDriverValue(value);
  const text = typeof driven === 'string' ? driven : String(driven);
  return /^[\w:.+-]+$/.test(text) && !/^null$/i.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** An array of arrays would be taken apart to its last element: its rows are spelled, and read behind. */
const unnestedType = (type: string): string => (type.endsWith('[]') ? 'text' : type);

/**
 * Many rows by one statement, an array for each column: as many parameters whatever the rows. All rows name the same
 * columns; those that they do not name get their defaults, and names that are no columns are left out.
 */
export async function insertRows<T extends PgTable>(
  tx: Executor,
  table: T,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => first[key] !== undefined);
  const names = columns.map(([, column]) => sql.identifier(column.name));
  const arrays = columns.map(([key, column]) => {
    const text = `{${rows.map((row) => element(column, row[key])).join(',')}}`;
    return sql`${text}::${sql.raw(`${unnestedType(column.getSQLType())}[]`)}`;
  });
  const read = columns.map(
    ([, column]) => sql`${sql.identifier(column.name)}::${sql.raw(column.getSQLType())}`,
  );
  const list = (parts: (typeof names)[number][] | typeof arrays) => sql.join(parts, sql`, `);
  await tx.execute(sql`insert into ${table} (${list(names)}) select ${list(read)}
    from unnest(${list(arrays)}) as given (${list(names)})`);
}
