import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundles, ensureBuilt } from './build.mjs';
import { loadEnv } from './dotenv.mjs';
import { ensureInstalled } from './install.mjs';
import { stopCommands } from './run.mjs';
import { ROOT, Sentence } from './say.mjs';

const FLAGS = ['--dev', '--reset'];

/**
 * Installs and builds what is missing, then hands over to the launcher in this same process: one process to signal,
 * one to kill. In development the portal builds itself page by page.
 */
export async function start(flags) {
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown) throw new Sentence(`"${unknown}" is not known here; there are ${FLAGS.join(' and ')}.`);
  const dev = flags.includes('--dev');
  process.chdir(ROOT);
  process.on('SIGTERM', interrupted).on('SIGINT', interrupted);
  await ensureInstalled();
  loadEnv(process.env.ENV_FILE ?? join(ROOT, '.env'));
  await (dev ? buildBundles() : ensureBuilt());
  const { launch } = await import(pathToFileURL(join(ROOT, 'dist', 'launcher.mjs')).href);
  const { watchBundles } = await import('./watch.mjs');
  const launched = launch({
    root: ROOT,
    dev,
    reset: flags.includes('--reset'),
    watch: dev ? watchBundles : null,
  });
  // The launcher listens by now. Without a listener in between, a signal that Node has taken but not yet told is lost.
  process.off('SIGTERM', interrupted).off('SIGINT', interrupted);
  await launched;
}

/** Ctrl-C while installing or building: what we run ends with us. */
function interrupted() {
  stopCommands();
  process.exit(130);
}
