// `npm test`: installs what is missing, then every check and test there is. The last line is `N passed, N failed`.
import { setTimeout as sleep } from 'node:timers/promises';
import { stopAuthz, verifyAuthz } from './lib/authz-check.mjs';
import { ensureChromium } from './lib/browser.mjs';
import { runBrowserTests } from './lib/browser-tests.mjs';
import { buildAll } from './lib/build.mjs';
import { checkFormat, checkTypes, runVerifier, runVitest } from './lib/checks.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureLibreOffice } from './lib/libreoffice.mjs';
import { stopProducts } from './lib/product.mjs';
import { stopCommands } from './lib/run.mjs';
import { runMain, seconds } from './lib/say.mjs';
import { runStartDrills } from './lib/start-drills.mjs';
import { runQuickFaults, stopFaultHarness } from './lib/verify-faults.mjs';

/** The longest step takes about half of it; a step that waits for what never comes must not keep all the others from running. */
const STEP_LIMIT_MS = 20 * 60_000;
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const unsteady = [];

/** Runs one step and adds what it counts; a step that breaks counts as one failure. */
async function step(name, work) {
  console.log(`\n── ${name}`);
  const since = performance.now();
  let result;
  try {
    result = await inTime(work);
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, failures: error.message.split('\n') };
  }
  for (const key of Object.keys(total)) total[key] += result[key];
  for (const line of result.failures) failures.push(`${name}: ${line}`);
  for (const line of result.unsteady ?? []) unsteady.push(`${name}: ${line}`);
  const skipped = result.skipped ? `, ${result.skipped} skipped` : '';
  console.log(`── ${name}: ${result.passed} passed, ${result.failed} failed${skipped} (${seconds(since)})`);
  return result.failed === 0;
}

/** Ends whatever a step has started. */
async function stopAll() {
  stopCommands();
  await Promise.all([stopProducts(), stopFaultHarness(), stopAuthz()]);
}

/** A step that takes too long is stopped, and fails. */
async function inTime(work) {
  const ended = new AbortController();
  const tooLong = async () => {
    await sleep(STEP_LIMIT_MS, null, { signal: ended.signal });
    await stopAll();
    throw new Error(`it was stopped after ${STEP_LIMIT_MS / 60_000} minutes`);
  };
  try {
    return await Promise.race([work(), tooLong()]);
  } finally {
    ended.abort();
  }
}

function list(title, lines) {
  if (lines.length > 0) console.log(`\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

async function build() {
  await buildAll();
  return { passed: 1, failed: 0, skipped: 0, failures: [] };
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    console.log('\nStopping…');
    await stopAll();
    process.exit(130);
  });
}

await runMain(async () => {
  const since = performance.now();
  await ensureInstalled();
  // Where they cannot be installed, the step that needs them says so.
  const programs = ensureChromium()
    .then(ensureLibreOffice)
    .catch(() => {});
  await Promise.all([step('Format and lint', checkFormat), step('Types', checkTypes)]);
  await step('Unit, integration, tidy, floors', runVitest);
  if (await step('Build', build)) {
    // Each does one thing after another; the second reads gigabytes without a pause, so it is another process.
    await Promise.all([
      step('Authorisation', () => verifyAuthz(['--quick'])),
      step('Card numbers', () => programs.then(() => runVerifier('verify-pan'))),
    ]);
    await step('Start and stop', runStartDrills);
    await step('Faults', runQuickFaults);
    await step('Browser', () => programs.then(() => runBrowserTests()));
  }
  list('Unsteady, held at the second try', unsteady);
  list('What failed', failures);
  console.log(`\nAll of it took ${seconds(since)}.`);
  console.log(
    `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
  );
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});
