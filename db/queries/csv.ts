import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { FORMULA, QUOTED } from '@/core/csv-cell';

const pattern = (text: string): SQL => sql.raw(`'${text.replaceAll("'", "''")}'`);
const [formula, either] = [pattern(FORMULA), pattern(`${FORMULA}|${QUOTED}`)];

/** Between quotes. */
export const csvQuoted = (text: SQLWrapper): SQL => sql`'"' || replace(${text}, '"', '""') || '"'`;

/** A text as one cell, the SQL of `csvRecord` in lib/csv.ts; a test holds the two against each other. Most are asked by one pattern. */
export const csvCell = (text: SQLWrapper): SQL =>
  sql`case when ${text} ~ ${either} then
    ${csvQuoted(sql`case when ${text} ~ ${formula} then '''' else '' end || ${text}`)} else ${text} end`;

/** An instant as the API writes it. */
export const csvTime = (at: SQLWrapper): SQL =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Cells beside each other: what is null is empty. */
export const csvCells = (cells: readonly SQLWrapper[]): SQL =>
  sql`concat(${sql.join([...cells], sql`, ',', `)})`;
