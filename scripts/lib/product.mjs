import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from './say.mjs';

const running = new Set();

/** Below the ports that systems hand to outgoing connections, which would take one before its owner is up; above those that browsers refuse. */
const [FIRST_PORT, LAST_PORT] = [10_100, 20_000];

const listening = () =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(listening()));
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    probe.listen(port, '127.0.0.1', () => resolve(probe));
  });

/** Free ports, each another: a port that is let go before the next is taken may be given twice. */
async function freePorts(count) {
  const probes = await Promise.all(Array.from({ length: count }, listening));
  const ports = probes.map((probe) => probe.address().port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

export const freePort = async () => (await freePorts(1))[0];

/** An installation of its own for a test: a temporary data directory and free ports. */
export async function newInstallation() {
  const dataDir = mkdtempSync(join(tmpdir(), 'counterfoil-'));
  const names = ['PORTAL_PORT', 'CARD_PORT', 'SANDBOX_PORT', 'SANDBOX_SMTP_PORT'];
  const free = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, i) => [name, String(free[i])]));
  return { dataDir, env: { ...ports, DATA_DIR: dataDir } };
}

/** Our own settings must not leak into an installation under test. */
function cleanEnvironment(extra) {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TZ', 'SystemRoot', 'npm_execpath', 'DEBUG'];
  const env = Object.fromEntries(
    kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  return { ...env, ...extra };
}

/** A product that was told to end, or that cannot start, has ended long before. */
const END_MS = 60_000;

/**
 * Starts the product as `npm start` does. Gives {child, output(), ready, ended(), stop(signal)}; `ready` rejects with
 * what was printed when the start fails or takes too long, `ended` and `stop` when it lives on: it is killed then.
 */
export function startProduct({ dataDir, env }, { flags = [], command = null, timeoutMs = 180_000 } = {}) {
  const [program, ...args] = command ?? [process.execPath, join(ROOT, 'scripts', 'start.mjs'), ...flags];
  const child = spawn(program, args, {
    cwd: ROOT,
    env: cleanEnvironment({ ENV_FILE: devNull, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const product = { child, dataDir, output: () => output };
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  running.add(product);
  exited.then(() => running.delete(product));
  product.ended = () => endOf(product, exited);
  product.ready = waitForBanner(product, timeoutMs);
  product.ready.catch(() => {});
  product.stop = (signal = 'SIGTERM') => {
    child.kill(signal);
    return product.ended();
  };
  return product;
}

async function endOf(product, exited) {
  const end = await Promise.race([exited, sleep(END_MS, null, { ref: false })]);
  if (end) return end;
  product.child.kill('SIGKILL');
  throw new Error(`the product lives on after ${END_MS / 1000} s; it said:\n${product.output()}`);
}

async function waitForBanner(product, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (!product.output().includes('Counterfoil is ready')) {
    const { exitCode, signalCode } = product.child;
    if (exitCode !== null || signalCode || performance.now() > deadline) {
      throw new Error(`the product did not start; it said:\n${product.output()}`);
    }
    await sleep(50);
  }
}

/** Ends every product that still runs and waits until it is gone. */
export async function stopProducts() {
  await Promise.all([...running].map((product) => product.stop()));
}

/** first-run.json of an installation. */
export const firstRunPath = ({ dataDir }) => join(dataDir, 'first-run.json');

/** The command lines of the processes that belong to an installation; Linux only, elsewhere none are seen. */
export function leftBehind({ dataDir, env }) {
  if (!existsSync('/proc/self/environ')) return [];
  const cluster = existsSync(join(dataDir, 'pg')) ? [realpathSync(join(dataDir, 'pg'))] : [];
  const marks = [dataDir, ...cluster, `localhost:${env.PORTAL_PORT}`];
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return others.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      const text = command + readFileSync(`/proc/${pid}/environ`, 'utf8');
      return command && marks.some((mark) => text.includes(mark)) ? [`${pid} ${command}`] : [];
    } catch {
      // It ended while we looked, or belongs to another user.
      return [];
    }
  });
}

/** Waits until nothing of an installation runs any more; gives what is left when the time is over. */
export async function waitUntilGone(installation, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = leftBehind(installation);
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(100);
  }
}

/** Removes an installation's data, including a database that had to live elsewhere. */
export async function removeInstallation(installation) {
  const { removeData } = await import(pathToFileURL(join(ROOT, 'dist', 'launcher.mjs')).href);
  await removeData(installation.dataDir);
  rmSync(installation.dataDir, { recursive: true, force: true });
}
