import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { expect, expectState, pay, run, test } from './support';

const dataDir = path.dirname(process.env.CF_FIRST_RUN ?? '');

/** A fresh Visa number that nobody has printed anywhere: 411111 and random digits, with its check digit. */
function canaryNumber(): string {
  const body = `411111${Array.from({ length: 9 }, () => Math.floor(Math.random() * 10)).join('')}`;
  for (let check = 0; ; check++) if (luhn(body + check)) return body + check;
}
const luhn = (digits: string) =>
  [...digits].reverse().reduce((sum, char, i) => {
    const digit = Number(char) * (i % 2 === 1 ? 2 : 1);
    return sum + (digit > 9 ? digit - 9 : digit);
  }, 0) %
    10 ===
  0;

/** The spellings a number could be left in: plain, grouped, base64 at each offset, hex, UTF-16. */
function spellings(number: string): Buffer[] {
  const texts = [number, number.replace(/(.{4})(?=.)/g, '$1 '), number.replace(/(.{4})(?=.)/g, '$1-')];
  const inner = Buffer.from(number.slice(2, -2)).toString('base64').replace(/=+$/, '').slice(0, -1);
  return [
    ...texts.map((text) => Buffer.from(text)),
    Buffer.from(number, 'utf16le'),
    Buffer.from(Buffer.from(number).toString('hex')),
    Buffer.from(Buffer.from(number).toString('base64').slice(0, -2)),
    Buffer.from(inner),
  ];
}
const holds = (bytes: Buffer, number: string) =>
  spellings(number).some((spelling) => bytes.includes(spelling));

/** Every row of every table, the job queue's too, as text. */
async function databaseText(): Promise<Buffer> {
  const sql = postgres(run.databaseUrl, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await sql.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`);
      texts.push(...rows.map((row) => row.text));
    }
    expect(texts.length).toBeGreaterThan(10);
    return Buffer.from(texts.join('\n'));
  } finally {
    await sql.end();
  }
}

/** Where PostgreSQL keeps its files; it may be outside the data directory. */
async function databaseFolder(): Promise<string> {
  const sql = postgres(run.databaseUrl, { max: 1 });
  try {
    return (await sql<{ data_directory: string }[]>`show data_directory`)[0]?.data_directory ?? '';
  } finally {
    await sql.end();
  }
}

/** Every file the installation keeps: logs, journals of the sandbox, PostgreSQL's own files and its write-ahead log. */
function filesHolding(folder: string, number: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      try {
        return holds(readFileSync(file), number);
      } catch {
        return false;
      }
    });
}

test('a card number that was paid with is in no table, log, journal or file, and the scan finds a planted one', async ({
  page,
  house,
}) => {
  const number = canaryNumber();
  const link = await house.issue();
  await page.goto(link.url);
  await pay(page, { number });
  await expectState(page, 'paid');
  await expect(page.getByText(number.slice(-4))).toBeVisible();
  expect(holds(await databaseText(), number)).toBe(false);
  for (const folder of [dataDir, await databaseFolder()]) expect(filesHolding(folder, number)).toEqual([]);
  const storage = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(holds(Buffer.from(storage), number)).toBe(false);

  const planted = canaryNumber();
  const metadata = { note: Buffer.from(planted).toString('hex') };
  await house.issue({ metadata });
  expect(holds(await databaseText(), planted)).toBe(true);
  const trap = path.join(dataDir, 'logs', `canary-${planted.slice(-4)}.log`);
  writeFileSync(trap, `x ${planted.replace(/(.{4})/g, '$1 ')}`);
  expect(filesHolding(path.join(dataDir, 'logs'), planted)).toEqual([trap]);
  writeFileSync(trap, '');
});

test('no log holds a link token', async ({ page, house }) => {
  const link = await house.issue();
  await page.goto(link.url);
  await expectState(page, 'ready');
  const token = link.url.slice(link.url.lastIndexOf('/') + 1);
  const logs = readdirSync(path.join(dataDir, 'logs')).map((name) => path.join(dataDir, 'logs', name));
  expect(logs.length).toBeGreaterThan(0);
  for (const file of logs) expect(readFileSync(file, 'utf8').includes(token)).toBe(false);
});
