import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLES, esbuildOptions } from './bundles.mjs';
import { ROOT } from './say.mjs';

/**
 * Rebuilds the bundles as their sources change and calls `onRebuilt(process)` for the process that must start anew.
 * Gives a function that ends the watch.
 */
export async function watchBundles(onRebuilt) {
  const { context } = await import('esbuild');
  const watched = BUNDLES.filter((bundle) => bundle.process && existsSync(join(ROOT, bundle.entry)));
  const contexts = await Promise.all(
    watched.map(async (bundle) => {
      const watching = await context({ ...esbuildOptions(bundle), plugins: [reporter(bundle, onRebuilt)] });
      await watching.watch();
      return watching;
    }),
  );
  return () => Promise.all(contexts.map((watching) => watching.dispose()));
}

function reporter(bundle, onRebuilt) {
  let first = true;
  return {
    name: 'report',
    setup(build) {
      build.onEnd(({ errors }) => {
        if (errors.length > 0) {
          const where = errors[0].location ? `${errors[0].location.file}:${errors[0].location.line}: ` : '';
          console.error(`${bundle.name}: ${where}${errors[0].text}`);
        } else if (!first) onRebuilt(bundle.process);
        first = false;
      });
    },
  };
}
