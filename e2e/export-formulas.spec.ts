import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test, uniqueReference } from './support';

const office = process.env.CF_LIBREOFFICE;

/** What a spreadsheet runs, in the spellings by which it is smuggled into a cell. */
const FORMULAS = [
  ...['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=HYPERLINK("http://example.com","x")', "=cmd|' /C calc'!A0"],
  ...['"=1+1', ';=1+1', '|=1+1', "'=1+1", '=1+1;=2+2', 'a,=1+1', '\uFF1D1+1', '\t=1+1', '\r=1+1', '\n=1+1'],
];
/** Comma, quotes, UTF-8, from the first line; whatever begins as a formula is one. */
const AS_CSV = 'CSV:44,34,76,1,,0,false,true,false,false,false,0,true';

type Cell = { text: string; formula: string | null };
type Row = Record<string, Cell>;

/** The rows of CSV texts as LibreOffice opens them, each cell by its heading. */
async function opened(page: Page, texts: string[]): Promise<Row[][]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-sheets-'));
  try {
    const files = texts.map((_, i) => path.join(folder, `${i}.csv`));
    for (const [i, text] of texts.entries()) writeFileSync(files[i] ?? '', text);
    const profile = pathToFileURL(path.join(folder, 'profile')).href;
    const ways = [`-env:UserInstallation=${profile}`, '--headless', '--norestore', `--infilter=${AS_CSV}`];
    await promisify(execFile)(office ?? '', [...ways, '--convert-to', 'fods', '--outdir', folder, ...files]);
    return await Promise.all(
      files.map((file) => rowsOf(page, readFileSync(file.replace(/csv$/, 'fods'), 'utf8'))),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rowsOf = (page: Page, sheet: string): Promise<Row[]> =>
  page.evaluate((xml) => {
    const all = (of: Document | Element, name: string) => [...of.getElementsByTagName(name)];
    const [header = [], ...rows] = all(
      new DOMParser().parseFromString(xml, 'text/xml'),
      'table:table-row',
    ).map((row) =>
      all(row, 'table:table-cell').flatMap((cell) => {
        const text = all(cell, 'text:p').map(({ textContent }) => textContent);
        const one = { text: text.join('\n'), formula: cell.getAttribute('table:formula') };
        const length = Math.min(99, Number(cell.getAttribute('table:number-columns-repeated') ?? 1));
        return Array.from({ length }, () => one);
      }),
    );
    return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i]?.text ?? '', cell])));
  }, sheet);

test('LibreOffice opens the export without one formula, and every text as it was typed, at most behind a ’', async ({
  page,
  house,
}) => {
  expect(office, 'LibreOffice could not be installed').toBeTruthy();
  const tag = uniqueReference();
  for (const text of FORMULAS)
    await house.issue({
      ...{ reference: text, description: text, metadata: { [text.trim()]: text, run: tag } },
      customer: { name: text, email: `${tag.toLowerCase()}@example.test`, phone: '+447700900417' },
    });
  const file = await (await house.api('GET', `/exports/payment-links.csv?q=${tag}`)).text();
  const { data: links } = await (await house.api('GET', `/payment-links?q=${tag}&limit=100`)).json();
  expect(links).toHaveLength(FORMULAS.length);
  const [sheet = [], control = []] = await opened(page, [file, 'reference,plain\r\n=1+1,text\r\n']);
  expect(control[0], 'a formula would have been seen').toMatchObject({
    reference: { text: '2', formula: expect.stringContaining('1+1') },
    plain: { text: 'text', formula: null },
  });
  expect(sheet).toHaveLength(FORMULAS.length);
  for (const [i, { reference, description, customer, metadata }] of links.entries()) {
    const row = sheet[i] ?? {};
    expect(Object.values(row).filter(({ formula }) => formula !== null)).toEqual([]);
    const { name, phone } = customer;
    const typed = { reference, description, 'customer.name': name, 'customer.phone': phone };
    for (const [column, text] of Object.entries(typed))
      expect([text, `'${text}`]).toContain(row[column]?.text);
    expect(JSON.parse(row.metadata?.text ?? '')).toEqual(metadata);
  }
});
