// Random walks of payment sessions, with kills and broken lines: `npm run verify:sessions`, its own options behind `--`.

import { ensureBuilt } from './lib/build.mjs';
import { loadProgram } from './lib/bundles.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain } from './lib/say.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  const trial = await loadProgram('verify-sessions', 'scripts/verify/sessions/main.ts');
  if (args.includes('--help')) return console.log(trial.USAGE);
  await ensureBuilt();
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
