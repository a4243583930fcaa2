import { type Column, getTableColumns, Param, SQL, StringChunk, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { type Executor, MOST_PARAMETERS } from '../client';

/**
 * Rows for a table. All name the same columns; those that they do not name get their defaults, and names that are no
 * columns are left out.
 */
export type Rows = { table: PgTable; rows: readonly Record<string, unknown>[] };

/** A value in the text of an array. What needs no quotes gets none. */
function element(column: Column, value: unknown): string {
  if (value === null) return 'NULL';
  const driven: unknown = column.mapToDriverValue(value);
  const text = typeof driven === 'string' ? driven : String(driven);
  return /^[\w:.+-]+$/.test(text) && !/^null$/i.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** An array of arrays would be taken apart to its last element: its rows are spelled, and read behind. */
const unnestedType = (type: string): string => (type.endsWith('[]') ? 'text' : type);

/** The insert of rows that name certain columns: its text before the first parameter, and behind that of each column. */
type Shape = { head: StringChunk; columns: { key: string; column: Column; tail: StringChunk }[] };
const shapes = new WeakMap<PgTable, Map<string, Shape>>();

function shapeOf(table: PgTable, row: Record<string, unknown>): Shape {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => row[key] !== undefined);
  const known = shapes.get(table) ?? new Map<string, Shape>();
  shapes.set(table, known);
  const named = columns.map(([key]) => key).join();
  const shape = known.get(named) ?? newShape(columns);
  known.set(named, shape);
  return shape;
}

function newShape(columns: readonly [string, Column][]): Shape {
  const quoted = ({ name }: Column): string => `"${name.replaceAll('"', '""')}"`;
  const names = columns.map(([, column]) => quoted(column)).join(', ');
  const read = columns.map(([, column]) => `${quoted(column)}::${column.getSQLType()}`).join(', ');
  const end = (i: number): string => (i < columns.length - 1 ? ', ' : `) as given (${names})`);
  return {
    head: new StringChunk(`(${names}) select ${read} from unnest(`),
    columns: columns.map(([key, column], i) => ({
      key,
      column,
      tail: new StringChunk(`::${unnestedType(column.getSQLType())}[]${end(i)}`),
    })),
  };
}

type Insert = { parameters: number; statement: SQL };

function insertOf({ table, rows }: Rows): Insert | null {
  const [first] = rows;
  if (!first) return null;
  const { head, columns } = shapeOf(table, first);
  const arrays = columns.flatMap(({ key, column, tail }) => {
    const elements = rows.map((row) => element(column, row[key]));
    return [new Param(`{${elements.join(',')}}`), tail];
  });
  const statement = sql`insert into ${table} ${new SQL([head, ...arrays])}`;
  return { parameters: columns.length, statement };
}

/** Neighbours that have room for their parameters in one prepared statement. */
function groupsOf(inserts: readonly Insert[]): SQL[][] {
  const groups: SQL[][] = [];
  let room = 0;
  for (const { parameters, statement } of inserts) {
    if (parameters > room) {
      groups.push([]);
      room = MOST_PARAMETERS;
    }
    groups.at(-1)?.push(statement);
    room -= parameters;
  }
  return groups;
}

/** Inserts as one statement: all but the last are named before it. */
function joined(group: readonly SQL[]): SQL {
  const named = group.slice(0, -1).map((one, i) => sql`${sql.raw(`i${i}`)} as (${one})`);
  const last = group.slice(-1);
  return sql.join(named.length > 0 ? [sql`with ${sql.join(named, sql`, `)}`, ...last] : last, sql` `);
}

/**
 * Many rows, an array for each column: as many parameters whatever the rows. Those of a table may refer to those of
 * another that stand before them. What is not one statement is sent at once and waited for together.
 */
export async function insertRows(tx: Executor, ...all: readonly Rows[]): Promise<void> {
  const inserts = all.map(insertOf).filter((one) => one !== null);
  await Promise.all(groupsOf(inserts).map((group) => tx.execute(joined(group))));
}
