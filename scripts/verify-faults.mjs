// The fault harness: `npm run verify:faults`, with its own options behind `--`. See docs/faults.md.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runMain } from './lib/say.mjs';
import { loadFaultHarness, stopFaultHarness, verifyFaults } from './lib/verify-faults.mjs';

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await stopFaultHarness();
    process.exit(130);
  });
}

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  if (args.includes('--help')) return console.log((await loadFaultHarness()).USAGE);
  await ensureBuilt();
  const { passed, failed, untried } = await verifyFaults(args);
  console.log(`${passed} passed, ${failed} failed${untried ? `, ${untried} not tried` : ''}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
