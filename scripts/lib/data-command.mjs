import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadProgram } from './bundles.mjs';
import { loadEnv } from './dotenv.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, runMain, Sentence } from './say.mjs';

/** A command that takes the name of one file, which counts from where it was called. */
export const runDataCommand = (name, actOf) =>
  runMain(async () => {
    await ensureInstalled();
    loadEnv(process.env.ENV_FILE ?? join(ROOT, '.env'));
    const { positionals } = parseArgs({ allowPositionals: true });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new Sentence(`Say which file: npm run ${name} -- counterfoil.backup`);
    const act = actOf(await loadProgram('backup', 'scripts/backup/main.ts'));
    await act({ root: ROOT, file: resolve(process.env.INIT_CWD ?? '.', file) });
  });
