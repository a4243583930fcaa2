import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './say.mjs';

const STAMP = join(ROOT, 'dist', 'build-stamp');
const FOLDERS = [
  'app',
  'card',
  'core',
  'db',
  'lib',
  'public',
  'sandbox',
  'scripts/launcher',
  'scripts/verify',
  'worker',
];
const FILES = [
  'docs/scripts.json',
  'scripts/setup.ts',
  'scripts/lib/bundles.mjs',
  'scripts/lib/manifest.mjs',
];
const ROOT_FILE = /\.(ts|tsx|mjs|json|css)$/;
const LEFT_OUT =
  /(\.test\.tsx?|\.md|\.tsbuildinfo|^next-env\.d\.ts|^(vitest|playwright|drizzle)\.config\.ts)$/;

function filesUnder(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

/** Every file that goes into the build, in a fixed order. */
export function sourceFiles() {
  const atRoot = readdirSync(ROOT).filter((name) => ROOT_FILE.test(name));
  return [...atRoot, ...FILES, ...FOLDERS.flatMap(filesUnder)].filter((name) => !LEFT_OUT.test(name)).sort();
}

/** A hash over the sources of the build. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

export const isBuilt = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceHash();

export const markBuilt = (hash) => writeFileSync(STAMP, hash);

/** From now on what lies in dist/ is no finished build: development rebuilds single bundles there. */
export const unmarkBuilt = () => rmSync(STAMP, { force: true });
