// The trial of the webhook lane: `npm run verify:webhooks`, with its own options behind `--`. See docs/webhooks.md.
import { loadProgram } from './lib/bundles.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain } from './lib/say.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  const trial = await loadProgram('verify-webhooks', 'scripts/verify/webhooks/main.ts');
  if (args.includes('--help')) return console.log(trial.USAGE);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await trial.stop();
      process.exit(130);
    });
  }
  const { passed, failed } = await trial.main(ROOT, args);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
