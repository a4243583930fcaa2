import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mendPackages } from './mend-packages.mjs';
import { run } from './run.mjs';
import { ROOT, Sentence } from './say.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.counterfoil-installed');
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');

const fingerprint = () =>
  createHash('sha256').update(readFileSync(LOCK)).update(`${process.platform} ${process.arch}`).digest('hex');

/** Throws a sentence when the project's folder cannot be read, or written where something is to be written. */
export function checkFolder(mode = 'read') {
  try {
    accessSync(ROOT, constants.R_OK | constants.X_OK);
    readFileSync(LOCK);
  } catch {
    throw new Sentence(`Counterfoil cannot read its folder ${ROOT}: give this user the right to read it.`);
  }
  if (mode === 'read') return;
  try {
    accessSync(ROOT, constants.W_OK);
  } catch {
    throw new Sentence(
      `Counterfoil cannot write to ${ROOT}, which it must to install and build: give this user the right to, or run "npm ci && npm run build" as its owner.`,
    );
  }
}

/** Whether npm's own record of what is installed agrees with the lock file. */
function agreesWithLock() {
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const found = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' ||
      found[path]?.version === version ||
      (!found[path] && Boolean(optional || devOptional || peer)),
  );
}

function isInstalled() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()) return true;
  return existsSync(INSTALLED) && agreesWithLock() && writeStamp();
}

function writeStamp() {
  try {
    writeFileSync(STAMP, fingerprint());
  } catch {
    // A folder that only its owner may write to: what is installed is right all the same.
  }
  return true;
}

/** npm as it was started, or the one on the PATH. */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

/** Installs the packages of the lock file when they are missing or the lock file has changed. */
export async function ensureInstalled() {
  checkFolder();
  if (isInstalled()) return mendPackages();
  checkFolder('write');
  console.log('Installing packages (about a minute)…');
  const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']);
  if (code !== 0) {
    throw new Sentence(`npm ci failed; what it said:\n${output.trim().split('\n').slice(-15).join('\n')}`);
  }
  mendPackages();
  writeStamp();
}
