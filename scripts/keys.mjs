// Shows and changes the keys of the installation in this folder: `npm run keys -- status`. docs/operations.md says more.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadProgram } from './lib/bundles.mjs';
import { loadEnv } from './lib/dotenv.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  const envFile = process.env.ENV_FILE ?? join(ROOT, '.env');
  loadEnv(envFile);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      write: { type: 'string' },
      prepared: { type: 'boolean', default: false },
      anyway: { type: 'boolean', default: false },
    },
  });
  const [command = 'status', name] = positionals;
  const { run } = await loadProgram('keys', 'scripts/keys/main.ts');
  const write = values.write && resolve(process.env.INIT_CWD ?? '.', values.write);
  await run({
    root: ROOT,
    command,
    name,
    envFile,
    write,
    isPrepared: values.prepared,
    anyway: values.anyway,
  });
});
