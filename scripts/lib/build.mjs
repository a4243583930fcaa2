import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUNDLES, esbuildOptions } from './bundles.mjs';
import { checkFolder } from './install.mjs';
import { checkManifest } from './manifest.mjs';
import { runModule } from './run.mjs';
import { ROOT, Sentence, seconds } from './say.mjs';
import { isBuilt, markBuilt, sourceHash, unmarkBuilt } from './stamp.mjs';

const LOCK = join(ROOT, 'dist', 'building');

const hasPages = (folder = join(ROOT, 'app')) =>
  existsSync(folder) &&
  readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? hasPages(join(folder, entry.name)) : /^(page|route)\.tsx?$/.test(entry.name),
  );

/** Makes the esbuild bundles in dist/; a bundle whose entry is not there is skipped with a warning. */
export async function buildBundles() {
  const { build } = await import('esbuild');
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  unmarkBuilt();
  await Promise.all(
    BUNDLES.map(async (bundle) => {
      if (!existsSync(join(ROOT, bundle.entry))) {
        console.warn(`No ${bundle.entry}: dist/${bundle.file} is left out.`);
        return rmSync(join(ROOT, 'dist', bundle.file), { force: true });
      }
      await build(esbuildOptions(bundle)).catch((error) => {
        const found = error.errors?.[0];
        const where = found?.location ? `${found.location.file}:${found.location.line}: ` : '';
        throw new Sentence(
          `The bundle ${bundle.name} cannot be built: ${where}${found?.text ?? error.message}`,
        );
      });
    }),
  );
}

/** Runs `next build` with an environment of its own: a build needs none of ours. */
export async function buildPortal() {
  if (!hasPages()) return console.warn('No pages in app/: the portal is left out.');
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const env = { PATH, HOME, TMPDIR, SystemRoot, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { code, output } = await runModule('next/dist/bin/next', ['build'], { env });
  if (code !== 0) throw new Sentence(`next build failed; what it said:\n${output.trim().slice(-4000)}`);
}

function ownerOfLock() {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** Two starts from one folder build one after the other. */
async function withBuildLock(work) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (ownerOfLock() === null) rmSync(LOCK, { force: true });
      else await sleep(300);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** Builds everything and remembers from which sources. */
export async function buildAll({ force = false } = {}) {
  checkFolder('write');
  await withBuildLock(async () => {
    if (!force && isBuilt()) return;
    const since = performance.now();
    console.log('Building (about half a minute)…');
    const hash = sourceHash();
    await buildBundles();
    await checkManifest();
    await buildPortal();
    markBuilt(hash);
    console.log(`Built in ${seconds(since)}.`);
  });
}

/** Builds when the sources have changed since the last build. */
export async function ensureBuilt() {
  if (!isBuilt()) await buildAll();
}
