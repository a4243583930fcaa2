// The authorisation matrix, tried on a real installation: `npm run verify:authz`, its own options behind `--`.
import { loadMatrix, stopAuthz, verifyAuthz } from './lib/authz-check.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runMain } from './lib/say.mjs';

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await stopAuthz();
    process.exit(130);
  });
}

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  if (args.includes('--help')) return console.log((await loadMatrix()).USAGE);
  await ensureBuilt();
  const { passed, failed } = await verifyAuthz(args);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
