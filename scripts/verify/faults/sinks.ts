/** Invariant I9: no card number in any sink. Looks for digits that are one of the numbers this run has paid with. */
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from './house';

const ROWS_AT_ONCE = 2_000;

/** The numbers found in a text: runs of digits, also in groups. */
function numbersIn(text: string, numbers: ReadonlySet<string>): string[] {
  return [...text.matchAll(/\d[\d -]{10,24}\d/g)].flatMap(([run]) => {
    const digits = run.replace(/[ -]/g, '');
    const found = new Set<string>();
    for (let size = 14; size <= 19; size++)
      for (let at = 0; at + size <= digits.length; at++) {
        const part = digits.slice(at, at + size);
        if (numbers.has(part)) found.add(part);
      }
    return [...found];
  });
}

const masked = (number: string): string => `…${number.slice(-4)}`;

async function inFile(path: string, numbers: ReadonlySet<string>): Promise<string[]> {
  const found = new Set<string>();
  let rest = '';
  for await (const chunk of createReadStream(path, 'latin1')) {
    const text = rest + String(chunk);
    for (const number of numbersIn(text, numbers)) found.add(number);
    rest = text.slice(-40);
  }
  return [...found];
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function inDatabase(house: House, numbers: ReadonlySet<string>): Promise<string[]> {
  const { sql } = house;
  const tables = await sql`select schemaname as schema, relname as name from pg_stat_user_tables`;
  const breaches: string[] = [];
  for (const { schema, name } of tables) {
    const rows = sql`select t::text as text from ${sql(schema)}.${sql(name)} t`.cursor(ROWS_AT_ONCE);
    for await (const batch of rows)
      for (const { text } of batch)
        for (const number of numbersIn(String(text), numbers))
          breaches.push(`${masked(number)} is in the table ${schema}.${name}`);
  }
  return breaches;
}

/** Where card numbers of this run were found: logs, the sandbox's journals, the database. */
export async function cardNumbersIn(house: House, numbers: ReadonlySet<string>): Promise<string[]> {
  const { dataDir } = house.config;
  const files = ['logs', 'sandbox'].flatMap((folder) => filesUnder(join(dataDir, folder)));
  const breaches = await inDatabase(house, numbers);
  for (const file of files)
    for (const number of await inFile(file, numbers)) breaches.push(`${masked(number)} is in ${file}`);
  return breaches;
}
