import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';

const library = (name: string) => import(join(import.meta.dirname, name));

test.each([
  ['v18.20.0', false],
  ['v20.19.9', false],
  ['v20.20.0', true],
  ['v22.0.0', true],
  ['v9.11.2', false],
])('Node %s is told whether it will do', async (version, fine) => {
  const { nodeSentence } = await library('node-version.mjs');
  if (fine) expect(nodeSentence(version)).toBeNull();
  else expect(nodeSentence(version)).toMatch(`Counterfoil needs Node 20.20 or newer, this is ${version}`);
});

test('the commands start on a machine where nothing is installed: no package is imported before the install', () => {
  const folders = [import.meta.dirname, join(import.meta.dirname, '..')];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(15);
  const early = files.filter((file) => /^import\b[^;]*from '(?!node:|\.)/m.test(readFileSync(file, 'utf8')));
  expect(early).toEqual([]);
});

test('what must speak on an old Node uses no syntax newer than modules', () => {
  for (const name of ['../start.mjs', 'node-version.mjs']) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    expect(text, name).not.toMatch(/\?\.|\?\?|^\s*await |node:|\bexport \* as/m);
  }
});

test('an .env file is read line by line, and the environment wins over it', async () => {
  const { loadEnv, parseEnv } = await library('dotenv.mjs');
  const text = 'A=1\n# B=2\nexport C = "with # and space" # why\nD=plain # why\nE=\nF=\'single\'\nG=a#b\n';
  expect(parseEnv(text)).toEqual({ A: '1', C: 'with # and space', D: 'plain', E: '', F: 'single', G: 'a#b' });
  const file = join(mkdtempSync(join(tmpdir(), 'counterfoil-env-')), '.env');
  writeFileSync(file, 'CF_ONE=file\nCF_TWO=file\n');
  vi.stubEnv('CF_ONE', 'mine');
  vi.stubEnv('CF_TWO', undefined);
  loadEnv(file);
  expect([process.env.CF_ONE, process.env.CF_TWO]).toEqual(['mine', 'file']);
  loadEnv(join(file, 'missing'));
  vi.unstubAllEnvs();
  rmSync(dirname(file), { recursive: true });
});

test('every source that goes into a bundle changes the build stamp, a test file does not', async () => {
  const { sourceFiles } = await library('stamp.mjs');
  const files: string[] = sourceFiles();
  expect(files).toContain('core/money.ts');
  expect(files).toContain('scripts/launcher/main.ts');
  expect(files).toContain('package-lock.json');
  expect(files.filter((name) => name.includes('.test.') || name.startsWith('e2e/'))).toEqual([]);
});
