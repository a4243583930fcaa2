import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sourceFiles } from './files';

const FOLDERS = ['core', 'db', 'lib', 'app', 'worker', 'card', 'sandbox', 'scripts', 'e2e'];
const MOST_LINES = 300;
const MOST_COMMENT_LINES = 5;
const files = FOLDERS.flatMap(sourceFiles).map((file) => ({
  file,
  lines: readFileSync(path.join(process.cwd(), file), 'utf8').split('\n'),
}));

/** Places where a line matches, as file:line. */
const where = (test: RegExp, except: RegExp = /^$/) =>
  files
    .filter(({ file }) => !except.test(file))
    .flatMap(({ file, lines }) => lines.flatMap((line, i) => (test.test(line) ? [`${file}:${i + 1}`] : [])));

test(`no file is longer than ${MOST_LINES} lines`, () => {
  expect(files.filter(({ lines }) => lines.length > MOST_LINES + 1).map(({ file }) => file)).toEqual([]);
});

test('nothing is left to do, switched off or forgotten', () => {
  expect(where(/\b(TO[D]O|FIX[M]E|HAC[K])\b/)).toEqual([]);
  expect(where(/\b(test|describe|it)\.(only|skip|todo)\(/)).toEqual([]);
  expect(where(/@ts-(i[g]nore|n[o]check|e[x]pect-error)|biome-i[g]nore-all/)).toEqual([]);
  expect(where(/console\.(log|debug)\(/, /^(scripts|sandbox|card|e2e)\/|\.test\.ts$/)).toEqual([]);
});

test('the environment is read in one place of each program', () => {
  const readers =
    /^(lib\/env|card\/(env|server)|sandbox\/(env|main)|instrumentation|db\/testing\/|scripts\/|e2e\/|db\/server\/)|\.test\.ts$/;
  const found = where(/process\.env\b/, readers).filter(
    (place) => !/^app\/(pay\/_page\/document|_server\/start)\.ts/.test(place),
  );
  expect(found).toEqual([]);
});

test('no test replaces a module: all tests of a process share what they have loaded', () => {
  expect(where(/\bvi\.(do)?[Mm]ock\(/)).toEqual([]);
});

test('comments are short', () => {
  const long = files.flatMap(({ file, lines }) => {
    let run = 0;
    return lines.flatMap((line, i) => {
      run = /^\s*(\/\/|\*|\/\*)/.test(line) ? run + 1 : 0;
      return run === MOST_COMMENT_LINES + 2 ? [`${file}:${i + 1}`] : [];
    });
  });
  expect(long).toEqual([]);
});

test('money is never divided by a hundred, nor kept as a float', () => {
  expect(where(/[mM]inor\s*\/\s*100|\bparseFloat\(|\.toFixed\(2\)/)).toEqual([]);
});

test('spelling of the house: canceled', () => {
  expect(where(/cancell(ed|ing)/i, /tidy\.test\.ts$/)).toEqual([]);
});
