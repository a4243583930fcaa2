import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvReader, csvRecord, NotCsv } from './csv';

/** The records of a text that comes in these pieces. */
function read(pieces: readonly string[], most = 1_000_000): string[][] {
  const reader = new CsvReader(most);
  const records = pieces.flatMap((piece) => [...reader.push(piece)]);
  return [...records, ...reader.end()];
}
/** The text cut at these places, wherever they fall. */
const cut = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
};
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const cell = fc.string({ unit: fc.constantFrom('a', 'é', '💶', '"', ',', '\r', '\n', ' ', "'", '=') });
const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });

test('what is written by RFC 4180 is read again, wherever the text is cut and however lines end', () => {
  fc.assert(
    fc.property(
      records,
      fc.array(fc.nat()),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (all, places, end, last) => {
        const text = all.map((one) => one.map(quoted).join(',')).join(end) + (last ? end : '');
        expect(read(cut(text, places))).toEqual(all);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('the examples of RFC 4180, section 2', () => {
  const abc = [
    ['aaa', 'bbb', 'ccc'],
    ['zzz', 'yyy', 'xxx'],
  ];
  expect(read(['aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n'])).toEqual(abc);
  expect(read(['aaa,bbb,ccc\r\nzzz,yyy,xxx'])).toEqual(abc);
  expect(read(['"aaa","bbb","ccc"\r\nzzz,yyy,xxx'])).toEqual(abc);
  expect(read(['"aaa","b\r\nbb","ccc"\r\nzzz,yyy,xxx'])).toEqual([['aaa', 'b\r\nbb', 'ccc'], abc[1]]);
  expect(read(['"aaa","b""bb","ccc"'])).toEqual([['aaa', 'b"bb', 'ccc']]);
  expect(read([' a ,,\n'])).toEqual([[' a ', '', '']]);
  expect(read(['a\n\n\r\nb\n'])).toEqual([['a'], ['b']]);
  expect(read(['""\n'])).toEqual([['']]);
});

test.each(['a"b,c', '"a"b', '"a" ,b', 'a\rb', '"open'])('%j is not CSV, and is not guessed at', (text) => {
  expect(() => read([text])).toThrow(NotCsv);
  expect(() => read([...text])).toThrow(NotCsv);
});

test('a record that does not end is not kept beyond its bound', () => {
  const reader = new CsvReader(1_000);
  const endless = () => {
    for (let i = 0; i < 1_000; i++) for (const _ of reader.push('"x,y"",\n'.slice(i ? 1 : 0)));
  };
  expect(endless).toThrow(NotCsv);
});

const FORMULAS = [
  ...['=1+1', '+44 7700', '-2', '@SUM(A1)', '\tx', '\rx', '\t=1+1', ' =1+1', ';=1+1', '"=1+1', '\uFF1D1+1'],
  ...['=HYPERLINK("http://example.com","x")', "=cmd|' /C calc'!A0"],
];

test.each(FORMULAS)(
  '%j is written so that no spreadsheet runs it, and so that it is still read as text',
  (text) => {
    expect(csvRecord([text])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
    expect(read([csvRecord([text, 'x'])])).toEqual([[`'${text}`, 'x']]);
  },
);

test('every other text is written as it is, numbers as they are, and null as nothing', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      const isFormula = /^[\s"';|]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/;
      const harmless = cells.map((one) => (isFormula.test(one) ? `'${one}` : one));
      expect(read([csvRecord(cells)])).toEqual([harmless]);
    }),
  );
  expect(csvRecord(['a;b', '5 - 3', "O'Hara", '"so"'])).toBe(`"a;b",5 - 3,O'Hara,"""so"""\r\n`);
  expect(csvRecord(['a', 1240, -5, null, 'b c'])).toBe('a,1240,-5,,b c\r\n');
});
