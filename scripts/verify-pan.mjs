// `npm run verify:pan`: no card number anywhere it does not belong. docs/pan.md says what is searched.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runPanCheck } from './lib/pan-check.mjs';
import { stopProducts } from './lib/product.mjs';
import { runMain, seconds } from './lib/say.mjs';

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await stopProducts();
    process.exit(130);
  });
}

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const since = performance.now();
  const { passed, failed, skipped, failures } = await runPanCheck();
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
  console.log(`\nIt took ${seconds(since)}.`);
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} not run` : ''}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
