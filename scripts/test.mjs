// `npm test`: installs what is missing, then every check and test there is. The last line is `N passed, N failed`.
import { runBrowserTests } from './lib/browser-tests.mjs';
import { buildAll } from './lib/build.mjs';
import { checkFormat, checkTypes, runVitest } from './lib/checks.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { stopProducts } from './lib/product.mjs';
import { stopCommands } from './lib/run.mjs';
import { runMain, seconds } from './lib/say.mjs';
import { runStartDrills } from './lib/start-drills.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Runs one step and adds what it counts; a step that breaks counts as one failure. */
async function step(name, work) {
  console.log(`\n── ${name}`);
  const since = performance.now();
  let result;
  try {
    result = await work();
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, failures: error.message.split('\n') };
  }
  for (const key of Object.keys(total)) total[key] += result[key];
  for (const line of result.failures) failures.push(`${name}: ${line}`);
  const skipped = result.skipped ? `, ${result.skipped} skipped` : '';
  console.log(`── ${name}: ${result.passed} passed, ${result.failed} failed${skipped} (${seconds(since)})`);
  return result.failed === 0;
}

async function build() {
  await buildAll();
  return { passed: 1, failed: 0, skipped: 0, failures: [] };
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    console.log('\nStopping…');
    stopCommands();
    await stopProducts();
    process.exit(130);
  });
}

await runMain(async () => {
  const since = performance.now();
  await ensureInstalled();
  await step('Format and lint', checkFormat);
  await step('Types', checkTypes);
  await step('Unit, integration, tidy, floors', runVitest);
  if (await step('Build', build)) {
    await step('Start and stop', runStartDrills);
    await step('Browser', runBrowserTests);
  }
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
  console.log(`\nAll of it took ${seconds(since)}.`);
  console.log(
    `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
  );
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});
