// The browser tests alone: `npm run e2e`, with Playwright's own arguments behind `--`; `--other-browsers`: in Firefox and WebKit.
import { runBrowserTests } from './lib/browser-tests.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureOtherBrowsers } from './lib/other-browsers.mjs';
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
  const [first, ...rest] = process.argv.slice(2);
  const otherBrowsers = first === '--other-browsers' ? await ensureOtherBrowsers() : null;
  const args = otherBrowsers ? ['--project=other-browsers', ...rest] : process.argv.slice(2);
  const { passed, failed, skipped } = await runBrowserTests(args, { otherBrowsers });
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
