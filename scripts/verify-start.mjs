// Drills of starting and stopping on this machine: `node scripts/verify-start.mjs`. A step of `npm test` too.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { stopProducts } from './lib/product.mjs';
import { runMain } from './lib/say.mjs';
import { runStartDrills } from './lib/start-drills.mjs';

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await stopProducts();
    process.exit(130);
  });
}

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { passed, failed } = await runStartDrills();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});
