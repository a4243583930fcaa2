// The browser tests alone: `npm run e2e`, with Playwright's own arguments behind `--`.
import { runBrowserTests } from './lib/browser-tests.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { stopProducts } from './lib/product.mjs';
import { stopCommands } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    stopCommands();
    await stopProducts();
    process.exit(130);
  });
}

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { passed, failed, skipped } = await runBrowserTests(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
