import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonRows, NotJsonRows } from './json-rows';

function read(pieces: readonly string[], most = 1_000_000): unknown[] {
  const reader = new JsonRows(most);
  const rows = pieces.flatMap((piece) => [...reader.push(piece)]);
  reader.end();
  return rows;
}
const cut = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
};

test('any array is read as JSON.parse reads it, wherever the text is cut and whatever blanks it has', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(fc.array(value), fc.array(fc.nat()), fc.constantFrom(0, 1, '\t'), (rows, places, indent) => {
      const text = JSON.stringify(rows, null, indent);
      expect(read(cut(text, places))).toEqual(JSON.parse(text));
    }),
    { numRuns: 2_000 },
  );
});

test('a text is taken exactly where JSON.parse takes it as an array: nothing is mended', () => {
  const piece = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', 'a', '1', ' ', 'null', '"a"');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat()), (some, places) => {
      const text = `[${some.join('')}]`;
      let wanted: unknown;
      try {
        wanted = JSON.parse(text);
      } catch {
        wanted = null;
      }
      if (Array.isArray(wanted)) expect(read(cut(text, places))).toEqual(wanted);
      else expect(() => read(cut(text, places))).toThrow(NotJsonRows);
    }),
    { numRuns: 5_000 },
  );
});

test.each(['', ' ', '{}', '1', '[1', '[1]]', '[1] 2', '[1,]', '[,1]', '[{]', '[}', '[1}'])(
  '%j is refused',
  (text) => {
    expect(() => read([text])).toThrow(NotJsonRows);
  },
);

test('a row that is too long or too deep is refused before it is complete', () => {
  expect(() => [...new JsonRows(100).push(`["${'x'.repeat(200)}`)]).toThrow(NotJsonRows);
  expect(() => [...new JsonRows(1_000).push(`[${'{"a":'.repeat(9)}`)]).toThrow(NotJsonRows);
  expect(read([`[${'['.repeat(8)}${']'.repeat(8)}]`])).toHaveLength(1);
});

test('a refusal says nothing of what the text holds', () => {
  expect(() => read(['[{"name": secret}]'])).toThrow(/^it is not JSON$/);
});
