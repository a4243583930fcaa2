import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvRecord } from '@/lib/csv';
import { type TestDatabase, testDatabase } from '../testing';
import { csvCell, csvCells } from './csv';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A record of these cells, as the database writes it. */
async function written(cells: readonly (string | null)[]): Promise<string> {
  const texts = cells.map((cell) => csvCell(sql`${cell}::text`));
  const [row] = await database.db.execute<{ record: string }>(sql`select ${csvCells(texts)} as record`);
  return `${row?.record}\r\n`;
}

const blanks = [
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  ' ',
  '\u00A0',
  '\u1680',
  '\u2000',
  '\u200A',
  '\u2028',
  '\uFEFF',
  '\u3000',
];
const signs = ['=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20', '"', "'", ';', ',', '|', '\\'];
const unit = fc.constantFrom(...blanks, ...signs, 'a', 'Z', '0', 'é', '💶', '\u200B', '\u0085', '\u180E');

test('the database writes a cell as lib/csv does, formulas and quotes and all blanks of Unicode', async () => {
  const cells = fc.array(fc.option(fc.string({ unit, maxLength: 8 })), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(cells, async (record) => {
      expect(await written(record)).toBe(csvRecord(record));
    }),
    { numRuns: 300 },
  );
});

test.each(['=1+1', ' =1', '"=1', "';|-1", '\t1', '\r', '\uFF1D1', '\u2003@a', '+447700900123'])(
  '%j is no formula',
  async (text) => {
    expect(await written([text])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
  },
);
