import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';

const manifestModule = () => import(join(import.meta.dirname, 'manifest.mjs'));

const manifest = z
  .array(
    z.strictObject({
      name: z.string(),
      source: z.string().refine((path) => existsSync(path), { error: 'no such source' }),
      where: z.string().min(10),
      owner: z.string().min(5),
      reason: z.string().min(30),
      bytes: z.int().positive(),
      sha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
    }),
  )
  .parse(JSON.parse(readFileSync('docs/scripts.json', 'utf8')));

test('every script around a card is listed with owner and reason, as it is built now', async () => {
  const { driftOf, measureScripts } = await manifestModule();
  expect(driftOf(manifest, await measureScripts())).toEqual([]);
});

test('a script that has changed, is gone or is listed nowhere stops the build, and is named', async () => {
  const { driftOf } = await manifestModule();
  const [first, second, third] = manifest;
  const scripts = {
    [String(first?.name)]: { bytes: 7, sha256: 'another' },
    [String(second?.name)]: second,
    tracker: { bytes: 1, sha256: 'x' },
  };
  expect(driftOf(manifest, scripts)).toEqual([
    `${first?.name} has changed (${first?.bytes} bytes before, 7 now)`,
    `${third?.name} is listed and not built`,
    'tracker is built and not listed',
  ]);
});
