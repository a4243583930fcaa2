import { type Column, getTableColumns, Param, SQL, StringChunk, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { type Executor, MOST_PARAMETERS } from '../client';

/**
 * Rows for a table. All name the same columns; those that they do not name get their defaults, and names that are no
 * columns are left out.
 */
export type Rows = { table: PgTable; rows: readonly Record<string, unknown>[] };

/** The rows behind `after` in the order of a list, so many at the most; without it all of them. */
export type Part = { after?: string | undefined; limit: number };

/** A value in the text of an array. What needs no quotes gets none. */
function element(column: Column, value: unknown): string {
  if (value === null) return 'NULL';
  const driven: unknown = column.mapToDriverValue(value);
  const text = typeof driven === 'string' ? driven : String(driven);
  return /^[\w:.+-]+$/.test(text) && !/^null$/i.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** An array of arrays would be taken apart to its last element: its rows are spelled, and read behind. */
const unnestedType = (type: string): string => (type.endsWith('[]') ? 'text' : type);

/** The insert of rows that name certain columns: what it says before, between and after its parameters. */
type Shape = { columns: [string, Column][]; text: StringChunk[] };
const shapes = new WeakMap<PgTable, Map<string, Shape>>();

function shapeOf(table: PgTable, row: Record<string, unknown>): Shape {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => row[key] !== undefined);
  const known = shapes.get(table) ?? new Map<string, Shape>();
  shapes.set(table, known);
  const named = columns.map(([key]) => key).join();
  const shape = known.get(named) ?? { columns, text: textOf(columns) };
  known.set(named, shape);
  return shape;
}

function textOf(columns: Shape['columns']): StringChunk[] {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const names = columns.map(([, { name }]) => quoted(name)).join(', ');
  const read = columns.map(([, column]) => `${quoted(column.name)}::${column.getSQLType()}`).join(', ');
  const types = columns.map(([, column]) => `::${unnestedType(column.getSQLType())}[]`);
  const parts = [
    `(${names}) select ${read} from unnest(`,
    ...types.map((type, i) => (i < types.length - 1 ? `${type}, ` : `${type}) as given (${names})`)),
  ];
  return parts.map((part) => new StringChunk(part));
}

type Insert = { parameters: number; statement: SQL };

function insertOf({ table, rows }: Rows): Insert | null {
  const [first] = rows;
  if (!first) return null;
  const { columns, text } = shapeOf(table, first);
  const chunks: (StringChunk | Param)[] = text.slice(0, 1);
  columns.forEach(([key, column], i) => {
    chunks.push(new Param(`{${rows.map((row) => element(column, row[key])).join(',')}}`));
    chunks.push(...text.slice(i + 1, i + 2));
  });
  return { parameters: columns.length, statement: sql`insert into ${table} ${new SQL(chunks)}` };
}

/** Neighbours that have room for their parameters in one prepared statement go in one. */
function statementsOf(inserts: readonly Insert[]): SQL[] {
  const groups: { parameters: number; statements: SQL[] }[] = [];
  for (const { parameters, statement } of inserts) {
    const last = groups.at(-1);
    const hasRoom = last && last.parameters + parameters <= MOST_PARAMETERS;
    if (hasRoom) Object.assign(last, { parameters: last.parameters + parameters }).statements.push(statement);
    else groups.push({ parameters, statements: [statement] });
  }
  return groups.map(({ statements }) => {
    const [last = sql``, ...others] = statements.reverse();
    const named = others.map((one, i) => sql`${sql.raw(`i${i}`)} as (${one})`);
    return named.length > 0 ? sql`with ${sql.join(named, sql`, `)} ${last}` : last;
  });
}

/**
 * Many rows, an array for each column: as many parameters whatever the rows. Those of a table may refer to those of
 * another that stand before them. What is not one statement is sent at once and waited for together.
 */
export async function insertRows(tx: Executor, ...all: readonly Rows[]): Promise<void> {
  const inserts = all.map(insertOf).filter((one) => one !== null);
  await Promise.all(statementsOf(inserts).map((statement) => tx.execute(statement)));
}
