import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER_BUNDLES, esbuildOptions } from './bundles.mjs';
import { ROOT, Sentence } from './say.mjs';

/** Every script that may run around a payer's card, with its owner and reason. Source: PCI DSS 4.0.1, 6.4.3. */
const MANIFEST = join(ROOT, 'docs', 'scripts.json');

/** As it stands in the page, and as the page's policy names it. */
const measured = (text) => {
  const inlined = text.trim();
  return {
    bytes: Buffer.byteLength(inlined),
    sha256: createHash('sha256').update(inlined).digest('base64'),
  };
};

async function textOf(options) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ ...options, write: false, sourcemap: false });
  return outputFiles[0].text;
}

/** What the sources of now give: each script by its name. */
export async function measureScripts() {
  const found = BROWSER_BUNDLES.map(async (bundle) => [
    bundle.name,
    measured(await textOf(esbuildOptions(bundle))),
  ]);
  const entryPoints = [join(ROOT, 'card/frame/challenge-done.ts')];
  const tsconfig = join(ROOT, 'tsconfig.json');
  const source = await textOf({ entryPoints, tsconfig, bundle: true, format: 'esm', platform: 'node' });
  const page = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
  return Object.fromEntries([
    ...(await Promise.all(found)),
    ['challenge-done', measured(page.CHALLENGE_DONE_SCRIPT)],
  ]);
}

/** What differs between the manifest and the scripts, a sentence each. */
export function driftOf(manifest, scripts) {
  const listed = manifest.map(({ name }) => name);
  const changed = manifest
    .filter(({ name, sha256 }) => scripts[name] && scripts[name].sha256 !== sha256)
    .map(({ name, bytes }) => `${name} has changed (${bytes} bytes before, ${scripts[name].bytes} now)`);
  const gone = listed.filter((name) => !scripts[name]).map((name) => `${name} is listed and not built`);
  const unlisted = Object.keys(scripts).filter((name) => !listed.includes(name));
  return [...changed, ...gone, ...unlisted.map((name) => `${name} is built and not listed`)];
}

/** Refuses a build whose scripts are not those of the manifest. */
export async function checkManifest() {
  const drift = driftOf(JSON.parse(readFileSync(MANIFEST, 'utf8')), await measureScripts());
  if (drift.length === 0) return;
  throw new Sentence(
    `docs/scripts.json does not know these scripts of the payer's page: ${drift.join('; ')}. If that is meant, accept it with "npm run scripts:accept" and commit the file.`,
  );
}

/** Writes size and hash of every listed script; who owns a script and what it is for is written by hand. */
export async function acceptScripts() {
  const scripts = await measureScripts();
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const drift = driftOf(manifest, scripts);
  const now = manifest.map((entry) => ({ ...entry, ...scripts[entry.name] }));
  writeFileSync(MANIFEST, `${JSON.stringify(now, null, 2)}\n`);
  const left = driftOf(now, scripts);
  if (left.length > 0)
    throw new Sentence(`By hand, with owner and reason, in docs/scripts.json: ${left.join('; ')}.`);
  return drift;
}
