import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '@/db/testing';
import { freshCard } from './canary';
import { scanTables } from './database';
import { filesUnder, scanFile } from './files';
import { Finder } from './finder';
import { regionsOf, scanMemory } from './memory';
import { needlesOf, Scanner } from './scanner';
import { SPELLINGS, spell } from './spellings';
import { scanWal } from './wal';

const CARDS = [
  ['411111', 16],
  ['520082', 16],
  ['371449', 15],
  ['601100', 19],
  ['305693', 14],
].map(([prefix, length]) => freshCard(String(prefix), Number(length)));

const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-scan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scannerOf = (...cards: typeof CARDS) =>
  new Scanner(cards.flatMap((card, i) => needlesOf(String(i), card)));
const spellingsFound = (scanner: Scanner) =>
  [...new Set(scanner.hits.map(({ needle }) => needle.spelling))].sort();

test('every spelling of a card is found where it really stands, and the card it belongs to is named', () => {
  for (const [i, card] of CARDS.entries())
    for (const { spelling, example } of spell(card)) {
      const scanner = scannerOf(...CARDS);
      scanner.look('here', 'x', Buffer.concat([Buffer.alloc(37, 52), example, Buffer.alloc(5)]));
      expect(scanner.hits.map(({ needle }) => [needle.of, needle.spelling])).toContainEqual([
        String(i),
        spelling,
      ]);
    }
});

test('examples are made independently of what is searched for: decoded, they hold the number', () => {
  for (const card of CARDS)
    for (const { spelling, example, bytes } of spell(card)) {
      expect(example.includes(bytes)).toBe(true);
      if (spelling !== 'base64') continue;
      expect(
        Buffer.from(example.toString('latin1'), 'base64').toString('latin1').replaceAll(' ', ''),
      ).toContain(card.number);
    }
});

const withOtherDigit = (digits: string, at: number): string =>
  digits.slice(0, at) + ((Number(digits[at]) + 1) % 10) + digits.slice(at + 1);

test('near misses are not found: a digit changed, a digit missing, other groups, first six and last four', () => {
  for (const card of CARDS) {
    const { number } = card;
    const others = [
      ...spell({ ...card, number: withOtherDigit(number, 7), csc: '', name: 'Nobody' }),
      ...spell({ ...card, number: number.slice(1), csc: '', name: 'Nobody' }),
    ].map(({ example }) => example);
    const masked = [
      `${number.slice(0, 6)}******${number.slice(-4)}`,
      number.slice(0, -1),
      `${number.slice(0, 5)} ${number.slice(5)}`,
      `"csc":"${card.csc}"`,
      card.name,
    ];
    const scanner = scannerOf(card);
    for (const text of [...others, ...masked]) scanner.look('here', 'x', text);
    expect(scanner.hits).toEqual([]);
  }
});

test('card numbers that are not the ones of the run are not reported, however many', () => {
  const scanner = scannerOf(...CARDS);
  for (let i = 0; i < 2_000; i++)
    // Another card may share expiry date and security code: those are no number.
    for (const { spelling, example } of spell(freshCard()))
      if (spelling !== 'csc') scanner.look('x', 'x', example);
  expect(scanner.hits).toEqual([]);
});

test('the search finds exactly what looking for each pattern by itself finds', () => {
  const letters = fc.constantFrom(...'ab\0').map((char) => char.charCodeAt(0));
  const patterns = fc.uniqueArray(fc.uint8Array({ minLength: 4, maxLength: 9 }), {
    minLength: 1,
    maxLength: 8,
    selector: (bytes) => Buffer.from(bytes).toString('hex'),
  });
  const few = fc.uniqueArray(fc.array(letters, { minLength: 4, maxLength: 6 }), {
    minLength: 1,
    maxLength: 8,
    selector: (bytes) => bytes.join(),
  });
  const text = fc.array(letters, { maxLength: 200 });
  fc.assert(
    fc.property(fc.oneof(patterns, few), text, (some, bytes) => {
      const needles = some.map((one) => Buffer.from(one));
      const hay = Buffer.from([...bytes, ...(needles[0] ?? []), ...bytes]);
      const slow = needles.flatMap((one, i) =>
        [...hay.keys()]
          .filter((at) => hay.subarray(at, at + one.length).equals(one))
          .map((at) => `${i}@${at}`),
      );
      const fast: string[] = [];
      new Finder(needles).search(hay, (i, at) => fast.push(`${i}@${at}`));
      expect(fast.sort()).toEqual(slow.sort());
    }),
    { numRuns: 500 },
  );
});

test('a number cut in two by chunks of any size is found once, at its place', async () => {
  const card = freshCard();
  const whole = Buffer.from(`${'4'.repeat(50)}${card.number}${'x'.repeat(50)}${card.number}`);
  for (let size = 1; size < whole.length; size++) {
    const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
      whole.subarray(i * size, (i + 1) * size),
    );
    const scanner = scannerOf(card);
    await scanner.stream('s', 'file', chunks);
    expect(scanner.hits.map(({ count, where }) => [count, where])).toEqual([[2, 'file at 50']]);
    expect(scanner.read.get('s')).toBe(whole.length);
  }
});

test('files are scanned as they are and unpacked; a damaged archive is scanned up to its end', async () => {
  const card = freshCard();
  const text = Buffer.from(`x ${card.number} y`);
  const packed = gzipSync(Buffer.concat([text, Buffer.from(freshCard().number.repeat(5_000))]));
  const files: Record<string, Buffer> = {
    'a.log': text,
    'b.gz': packed,
    nameless: packed,
    'c.js.br': brotliCompressSync(text),
    'torn.gz': packed.subarray(0, packed.length - 20),
    'no.br': Buffer.from('not brotli at all'),
    'empty.gz': Buffer.alloc(0),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
  const found: string[] = [];
  for (const file of filesUnder(folder).sort()) {
    const scanner = scannerOf(card);
    await scanFile(scanner, 'files', file);
    if (scanner.hits.length > 0) found.push(path.basename(file));
  }
  expect(found).toEqual(['a.log', 'b.gz', 'c.js.br', 'nameless', 'torn.gz']);
});

test('every value of every table is seen: text, JSON inside, bytes, a number', async () => {
  const database = await testDatabase();
  try {
    const cards = CARDS.slice(0, 4);
    const [text, json, bytes, number] = cards.map((card) => card.number);
    await database.sql`create table scratch (note text, more jsonb, raw bytea, amount numeric)`;
    await database.sql`insert into scratch values (${`see ${text}`}, ${JSON.stringify({ a: [`${json}"`] })}::text::jsonb,
      ${Buffer.from(bytes ?? '', 'utf16le')}, ${number ?? ''})`;
    const scanner = scannerOf(...cards);
    const rows = await scanTables(scanner, database.url, ({ name }) => name);
    expect(rows).toBeGreaterThan(0);
    expect(new Set(scanner.hits.map(({ needle }) => needle.of))).toEqual(new Set(['0', '1', '2', '3']));
    expect(scanner.hits.every(({ sink }) => sink === 'scratch')).toBe(true);
  } finally {
    await database.close();
  }
});

test('the memory of another process is seen: what it holds on the heap, in every spelling', async () => {
  const card = freshCard();
  const examples = spell(card).map(({ example }) => example.toString('base64'));
  const script = `const kept = process.argv.slice(1).map((text) => Buffer.from(text, 'base64'));
    setInterval(() => kept.length, 1000); console.log('ready')`;
  // The arguments lie in memory too, but in base64 and inside the kernel's own pages of them.
  const child = spawn(process.execPath, ['-e', script, ...examples], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    const scanner = scannerOf(card, freshCard());
    if (process.platform !== 'linux') return;
    expect(await scanMemory(scanner, 'memory', child.pid ?? 0)).toBe(true);
    expect(spellingsFound(scanner)).toEqual([...SPELLINGS].sort());
    expect(scanner.hits.every(({ needle }) => needle.of === '0')).toBe(true);
  } finally {
    child.kill();
  }
});

test('memory that a process cannot have written is left out, and a process that is gone cannot be read', async () => {
  const maps = [
    '55c2833-55c2836 r--p 00000000 fe:00 260875 /usr/bin/node',
    '7f01000-7f02000 rw-p 00000000 fe:00 260875 /usr/lib/libc.so',
    '7f03000-7f04000 ---p 00000000 00:00 0',
    '7f05000-7f06000 r-xp 00000000 00:00 0',
    '7f07000-7f08000 rw-s 00000000 00:01 1042 /dev/zero (deleted)',
    'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]',
    '7ffc000-7ffd000 r--p 00000000 00:00 0 [vvar]',
  ];
  expect(regionsOf(maps.join('\n')).map(({ from, shared }) => [from.toString(16), shared])).toEqual([
    ['7f01000', null],
    ['7f05000', null],
    ['7f07000', '00:01:1042:/dev/zero (deleted)'],
  ]);
  expect(await scanMemory(scannerOf(freshCard()), 'memory', 4_194_304)).toBe(false);
});

test('a number in the write-ahead log is found wherever the border of a page falls', async () => {
  const database = await testDatabase();
  const cards = Array.from({ length: 600 }, () => freshCard());
  const scanner = scannerOf(...cards);
  try {
    const { sql } = database;
    const [from] = await sql<[{ file: string }]>`select pg_walfile_name(pg_current_wal_lsn()) file`;
    await sql`create table pan_wal (note text not null)`;
    for (const { number } of cards)
      await sql`insert into pan_wal values (${[...number].map((digit) => `%3${digit}`).join('')})`;
    const [to] = await sql<[{ file: string; folder: string }]>`
      select pg_walfile_name(pg_switch_wal()) file, current_setting('data_directory') folder`;
    const wal = mkdtempSync(path.join(folder, 'wal-'));
    for (const file of filesUnder(path.join(to.folder, 'pg_wal'), (one) =>
      isBetween(one, from.file, to.file),
    ))
      copyFileSync(file, path.join(wal, path.basename(file)));
    await scanWal(scanner, 'wal', wal);
    const asItIs = scannerOf(...cards);
    for (const file of filesUnder(wal)) await scanFile(asItIs, 'file', file);
    expect(cardsFound(scanner)).toBe(cards.length);
    expect(cardsFound(asItIs)).toBeLessThan(cards.length);
  } finally {
    await database.close();
  }
});

const isBetween = (file: string, from: string, to: string): boolean =>
  path.basename(file) >= from && path.basename(file) <= to;
const cardsFound = ({ hits }: Scanner): number => new Set(hits.map(({ needle }) => needle.of)).size;
