// The benchmarks: `npm run bench`, with their own options behind `--`. See docs/performance.md.
import { ensureBuilt } from './lib/build.mjs';
import { loadProgram } from './lib/bundles.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain } from './lib/say.mjs';

let bench = null;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await bench?.stop();
    process.exit(130);
  });
}

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  bench = await loadProgram('bench', 'scripts/bench/main.ts');
  if (args.includes('--help')) return console.log(bench.USAGE);
  await ensureBuilt();
  const { met, missed } = await bench.main(ROOT, args);
  console.log(`${met} targets met, ${missed} missed`);
});
