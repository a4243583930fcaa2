// The payer's page in a real browser against its signed baseline: `npm run verify:page`, its own options behind `--`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadProgram } from './lib/bundles.mjs';
import { loadEnv } from './lib/dotenv.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain } from './lib/say.mjs';
import { isBuilt } from './lib/stamp.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  // A page that is named needs nothing of an installation, and is given nothing.
  if (!args.includes('--url')) loadEnv(process.env.ENV_FILE ?? join(ROOT, '.env'));
  await ensureInstalled();
  const page = isBuilt()
    ? await import(pathToFileURL(join(ROOT, 'dist', 'verify-page.mjs')).href)
    : await loadProgram('verify-page', 'scripts/verify/page/main.ts');
  if (args.includes('--help')) return console.log(page.USAGE);
  process.exitCode = await page.main(ROOT, args, console.log);
});
