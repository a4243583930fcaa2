// Holds the audit trail of the installation in this folder against its chain: `npm run verify:audit`. docs/operations.md says more.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadProgram } from './lib/bundles.mjs';
import { loadEnv } from './lib/dotenv.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  loadEnv(process.env.ENV_FILE ?? join(ROOT, '.env'));
  const { values } = parseArgs({
    options: {
      root: { type: 'string', multiple: true, default: [] },
      stopped: { type: 'boolean', default: false },
    },
  });
  const { verify } = await loadProgram('verify-audit', 'scripts/verify/audit/main.ts');
  process.exitCode = (await verify({ root: ROOT, roots: values.root, isStopped: values.stopped })) ? 0 : 1;
});
