import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backupBringsItBack } from './data-drill.mjs';
import {
  firstRunPath,
  freePort,
  leftBehind,
  newInstallation,
  removeInstallation,
  startProduct,
  waitUntilGone,
} from './product.mjs';
import { startsInProduction } from './production-drill.mjs';
import { ROOT, seconds } from './say.mjs';
import { finishesWhatIsInFlight, killsWhatDoesNotEnd } from './stop-drills.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const STOP_MS = 30_000;

/** Starts, waits until it is ready, and gives how long that took. */
async function started(installation, options) {
  const since = performance.now();
  const product = startProduct(installation, options);
  await product.ready;
  return { product, ms: performance.now() - since };
}

async function stopped(installation, product, signal) {
  const since = performance.now();
  const { code } = await product.stop(signal);
  assert.equal(code, 0, `the stop gave code ${code}: ${product.output()}`);
  assert.ok(performance.now() - since < STOP_MS, 'the stop took too long');
  assert.deepEqual(leftBehind(installation), [], 'something was left behind');
  assert.equal(existsSync(join(installation.dataDir, 'counterfoil.lock')), false, 'the lock was left behind');
}

/** A start that must fail: code 1 and one sentence, no stack. */
async function refused(installation, options, sentence) {
  const product = startProduct(installation, options);
  const { code } = await product.ended();
  assert.equal(code, 1, product.output());
  assert.match(product.output(), sentence);
  assert.doesNotMatch(product.output(), /^\s+at .*:\d+/m, 'a stack was printed');
}

async function healthy({ env }) {
  for (const name of ['PORTAL_PORT', 'CARD_PORT', 'SANDBOX_PORT']) {
    const answer = await fetch(`http://127.0.0.1:${env[name]}/healthz`);
    assert.equal(answer.status, 200, `${name} does not answer`);
  }
}

/** The environment of a running process of this installation, by a part of its command line. */
function environmentOf(installation, part) {
  const line = leftBehind(installation).find((entry) => entry.includes(part));
  return line ? readFileSync(`/proc/${line.split(' ')[0]}/environ`, 'utf8') : null;
}

async function firstStart(installation) {
  const { product } = await started(installation);
  await healthy(installation);
  const { dataDir } = installation;
  for (const name of ['secrets.json', 'first-run.json']) {
    assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600, `${name} can be read by others`);
  }
  const secrets = readJson(join(dataDir, 'secrets.json'));
  const card = environmentOf(installation, 'card.mjs');
  if (card) {
    assert.doesNotMatch(card, /DATABASE|POSTGRES|NEXTAUTH|LINK_TOKEN|PGPASS/);
    assert.ok(!card.includes(secrets.TICKET_SIGNING_KEY), 'the card process holds a secret of the portal');
  }
  await stopped(installation, product, 'SIGTERM');
}

async function secondStart(installation) {
  const before = readJson(firstRunPath(installation));
  const { product, ms } = await started(installation);
  await refused(installation, {}, new RegExp(`already running .*\\(process ${product.child.pid}\\)`));
  await refused(installation, { flags: ['--reset'] }, /in use by process \d+/);
  assert.equal(readJson(firstRunPath(installation)).owner.password, before.owner.password);
  await stopped(installation, product, 'SIGINT');
  assert.ok(ms < 10_000, `it took ${Math.round(ms)} ms`);
}

async function killed(installation) {
  const before = readJson(firstRunPath(installation));
  const { product } = await started(installation);
  await product.stop('SIGKILL');
  await sleep(2_500);
  const left = leftBehind(installation).filter((line) => !line.includes('postgres'));
  assert.deepEqual(left, [], 'processes outlived the launcher');
  const { product: again, ms } = await started(installation);
  assert.equal(readJson(firstRunPath(installation)).apiKey, before.apiKey);
  await stopped(installation, again, 'SIGTERM');
  assert.ok(ms < 15_000, `the start after kill -9 took ${Math.round(ms)} ms`);
}

async function killedAtOnce(installation) {
  const { product } = await started(installation);
  await product.stop('SIGKILL');
  const { product: again } = await started(installation);
  await healthy(installation);
  await stopped(installation, again, 'SIGTERM');
}

async function npmEnded(installation) {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    const { product } = await started(installation, { command: [...npm, 'start'] });
    await product.stop(signal);
    assert.deepEqual(await waitUntilGone(installation, STOP_MS), [], `left behind after ${signal} to npm`);
  }
}

async function sideBySide(installation) {
  const other = await newInstallation();
  try {
    const { product } = await started(installation);
    const { product: second } = await started(other);
    await Promise.all([healthy(installation), healthy(other)]);
    assert.notEqual(readJson(firstRunPath(installation)).apiKey, readJson(firstRunPath(other)).apiKey);
    await stopped(other, second, 'SIGTERM');
    await healthy(installation);
    await stopped(installation, product, 'SIGTERM');
  } finally {
    await removeInstallation(other);
  }
}

async function stoppedWhileStarting(installation) {
  for (const delay of [150, 700, 1_500]) {
    const product = startProduct(installation);
    await sleep(delay);
    await product.stop('SIGTERM');
    assert.deepEqual(await waitUntilGone(installation, 5_000), [], `left behind after a stop at ${delay} ms`);
  }
}

/** A signal that comes while the listener for it is being taken off: Node has taken it, but told nobody yet. */
async function stoppedAtTheHandOver(installation) {
  const signalThenOff = `
    const off = process.off;
    process.off = function (...of) {
      if (of[0] === 'SIGTERM') {
        process.kill(process.pid, 'SIGTERM');
        const until = performance.now() + 100;
        while (performance.now() < until);
      }
      return off.apply(this, of);
    };`;
  const command = [
    process.execPath,
    '--import',
    `data:text/javascript,${encodeURIComponent(signalThenOff)}`,
    join(ROOT, 'scripts/start.mjs'),
  ];
  const product = startProduct(installation, { command });
  await product.ended();
  assert.doesNotMatch(product.output(), /Counterfoil is ready/, 'the signal was lost');
  assert.deepEqual(await waitUntilGone(installation, 5_000), [], 'something was left behind');
}

async function clearSentences(installation) {
  const { env, dataDir } = installation;
  const taken = createServer().listen(Number(env.CARD_PORT), '127.0.0.1');
  await once(taken, 'listening');
  await refused(installation, {}, new RegExp(`Port ${env.CARD_PORT} is taken .*CARD_PORT`));
  await new Promise((resolve) => taken.close(resolve));
  const withEnv = (more) => ({ dataDir, env: { ...env, ...more } });
  const nowhere = `postgres://me:secret@127.0.0.1:${await freePort()}/x`;
  await refused(withEnv({ DATABASE_URL: nowhere }), {}, /^No PostgreSQL answers at .*DATABASE_URL/m);
  await refused(withEnv({ DATABASE_URL: 'mysql://x' }), {}, /DATABASE_URL is not an address/);
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  await refused(withEnv({ DATA_DIR: file }), {}, /cannot use its data directory .*DATA_DIR/);
  await refused(withEnv({ CARD_PORT: 'x' }), {}, /CARD_PORT is "x"/);
  await refused(
    withEnv({ COUNTERFOIL_MODE: 'production' }),
    {},
    /Production needs .*DATABASE_URL.*NEXTAUTH_SECRET/,
  );
  await refused(installation, { flags: ['--nonsense'] }, /"--nonsense" is not known/);
}

async function tooOld(installation) {
  const old = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v18.20.0"})';
  const command = [process.execPath, '--import', old, join(ROOT, 'scripts/start.mjs')];
  await refused(installation, { command }, /needs Node 20\.20 or newer, this is v18\.20\.0/);
}

async function resetAnew(installation) {
  const before = readJson(firstRunPath(installation));
  mkdirSync(join(installation.dataDir, 'mine'), { recursive: true });
  const { product } = await started(installation, { flags: ['--reset'] });
  assert.notEqual(readJson(firstRunPath(installation)).apiKey, before.apiKey);
  assert.ok(existsSync(join(installation.dataDir, 'mine')), 'a file that is not ours was removed');
  await stopped(installation, product, 'SIGTERM');
}

/** In this order, on one installation: each leaves it stopped. Some must be quick, so nothing runs beside them. */
const DRILLS = {
  'a first start is ready, keeps secrets private and stops without a trace': firstStart,
  'a second start takes 10 s at most, and only one runs from a data directory': secondStart,
  'after kill -9 nothing but the database lives on, and a new start recovers': killed,
  'a start right after kill -9 recovers too': killedAtOnce,
  'a stop in the middle of a start leaves nothing': stoppedWhileStarting,
  'a stop as the launcher takes over is not lost': stoppedAtTheHandOver,
};
/** These wait more than they work: those of each list run in turn on its own installation, the lists side by side. */
const PATIENT_DRILLS = [
  {
    'ending npm, however hard, ends everything': npmEnded,
    'processes and a PostgreSQL that do not end are gone within 30 s': killsWhatDoesNotEnd,
    'a too old Node is told so': tooOld,
    'a reset begins anew and touches only what is ours': resetAnew,
  },
  {
    'a stop lets the card process finish a payment, tells its payer and keeps it': finishesWhatIsInFlight,
    'two installations run side by side': sideBySide,
    'what is wrong is said in one clear sentence': clearSentences,
  },
  {
    'a backup brings back a database that is lost, with its books and its audit trail': backupBringsItBack,
    'production starts with a link for its owner, and says why it takes no payment': startsInProduction,
  },
];

async function runInTurn(drills, installation, result) {
  for (const [name, drill] of Object.entries(drills)) {
    const since = performance.now();
    try {
      await drill(installation);
      result.passed++;
      console.log(`  ✓ ${name} (${seconds(since)})`);
    } catch (error) {
      result.failed++;
      result.failures.push(`${name}: ${error.message}`);
      console.log(`  ✗ ${name} (${seconds(since)})\n${error.message}`);
      await waitUntilGone(installation, 3_000);
    }
  }
}

/** Runs every drill; gives counts and the first line of what failed. */
export async function runStartDrills() {
  const installations = await Promise.all(PATIENT_DRILLS.map(newInstallation));
  const result = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    await runInTurn(DRILLS, installations[0], result);
    await Promise.all(PATIENT_DRILLS.map((drills, i) => runInTurn(drills, installations[i], result)));
  } finally {
    await Promise.all(installations.map(removeInstallation));
  }
  return result;
}
