import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipOf, isGzipTaken, partOf } from './squeeze';

test('whatever the parts are, together they are one gzip file of them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ maxLength: 5_000 }),
      fc.string(),
      (before, own, after) => {
        const bytes = gzipOf(partOf(before), Buffer.from(own), partOf(after));
        expect(gunzipSync(bytes).toString()).toBe(Buffer.from(before + own + after).toString());
      },
    ),
  );
});

test.each([
  ['gzip, deflate, br', true],
  ['br;q=1.0, gzip;q=0.8', true],
  ['gzip', true],
  ['identity', false],
  ['br', false],
  ['gzip;q=0', false],
  ['xgzip2', false],
  [null, false],
])('a browser that takes %j is sent gzip: %s', (header, taken) => {
  expect(isGzipTaken(header)).toBe(taken);
});
