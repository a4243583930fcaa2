// Builds the product: the bundles in dist/ and the portal in .next/. Needs no environment.
import { buildAll } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  await buildAll({ force: true });
});
