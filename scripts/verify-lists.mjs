// The plans of every statement of the list of links, at a million of them: `npm run verify:lists`.
import { ensureInstalled } from './lib/install.mjs';
import { runModule } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  const env = { LIST_LINKS: '1000000', ...process.env };
  const args = ['run', 'scripts/bench/admin/list.test.ts'];
  const { code } = await runModule('vitest/vitest.mjs', args, { env, show: true });
  process.exitCode = code === 0 ? 0 : 1;
});
